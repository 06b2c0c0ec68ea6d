from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CheckinConfig(AppConfig):
    name = "tejido.checkin"
    verbose_name = _("Check-in")  # in the filter of a history

    def ready(self) -> None:
        from tejido.checkin import policies, sentences  # noqa: F401 - register verbs and sentences
