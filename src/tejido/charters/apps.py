from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChartersConfig(AppConfig):
    name = "tejido.charters"
    verbose_name = _("Charters")  # in the filter of a history

    def ready(self) -> None:
        from tejido.charters import policies, sentences  # noqa: F401 - register verbs and sentences
        from tejido.charters.services import letters  # noqa: F401 - registers what it writes to people
