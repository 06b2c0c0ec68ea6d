from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlliancesConfig(AppConfig):
    name = "tejido.alliances"
    verbose_name = _("Alliances")  # in the filter of a history

    def ready(self) -> None:
        from tejido.alliances import policies, sentences  # noqa: F401 - register verbs and sentences
        from tejido.alliances.services import letters  # noqa: F401 - registers what it writes to people
