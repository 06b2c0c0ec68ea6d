from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "tejido.certificates"
    verbose_name = _("Certificates")  # in the filter of a history

    def ready(self) -> None:
        from tejido.certificates import policies, sentences  # noqa: F401 - register verbs and sentences
        from tejido.certificates.services import letters  # noqa: F401 - registers what it writes to people
