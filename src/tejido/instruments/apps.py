from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstrumentsConfig(AppConfig):
    name = "tejido.instruments"
    verbose_name = _("Instruments")  # in the filter of a history

    def ready(self) -> None:
        from tejido.instruments import policies, sentences  # noqa: F401 - register verbs and sentences
        from tejido.instruments.services import letters  # noqa: F401 - registers what it writes to people
