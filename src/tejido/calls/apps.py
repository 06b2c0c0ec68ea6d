from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "tejido.calls"
    verbose_name = _("Open calls")  # in the filter of a history

    def ready(self) -> None:
        from tejido.calls import policies, sentences  # noqa: F401 - register verbs and sentences
        from tejido.calls.services import letters  # noqa: F401 - registers what it writes to people
