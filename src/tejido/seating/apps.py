from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SeatingConfig(AppConfig):
    name = "tejido.seating"
    verbose_name = _("Seating")  # in the filter of a history

    def ready(self) -> None:
        from tejido.seating import policies, sentences  # noqa: F401 - register verbs and sentences
