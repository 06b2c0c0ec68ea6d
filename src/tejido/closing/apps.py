# closing: what a gathering leaves: minutes, decisions, commitments, sent to the members
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClosingConfig(AppConfig):
    name = "tejido.closing"
    verbose_name = _("Closings")  # in the filter of a history

    def ready(self) -> None:
        from tejido.closing import policies, sentences  # noqa: F401 - register verbs and sentences
        from tejido.closing.services import letters  # noqa: F401 - registers what it writes to people
