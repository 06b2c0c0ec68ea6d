from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    name = "tejido.consultations"
    verbose_name = _("Consultations")  # in the filter of a history

    def ready(self) -> None:
        from tejido.consultations import policies, sentences  # noqa: F401 - register verbs and sentences
        from tejido.consultations.services import letters  # noqa: F401 - registers what it writes to people
