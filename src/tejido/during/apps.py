# during: a gathering while it lasts: quick questions, questions from the room, and the wall that shows them
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DuringConfig(AppConfig):
    name = "tejido.during"
    verbose_name = _("During gatherings")  # in the filter of a history

    def ready(self) -> None:
        from tejido.during import policies, sentences  # noqa: F401 - register verbs and sentences
