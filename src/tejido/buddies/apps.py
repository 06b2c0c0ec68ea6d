from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BuddiesConfig(AppConfig):
    name = "tejido.buddies"
    verbose_name = _("Skills and buddies")  # in the filter of a history

    def ready(self) -> None:
        from tejido.buddies import policies, sentences  # noqa: F401 - register verbs and sentences
        from tejido.buddies.services import letters  # noqa: F401 - registers what it writes to people
