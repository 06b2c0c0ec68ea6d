from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolLeadersConfig(AppConfig):
    name = "tejido.school_leaders"
    verbose_name = _("School leaders")  # in the filter of a history

    def ready(self) -> None:
        from tejido.school_leaders import policies, sentences  # noqa: F401 - register verbs and sentences
        from tejido.school_leaders.services import letters  # noqa: F401 - registers what it writes to people
