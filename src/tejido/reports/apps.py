from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "tejido.reports"
    verbose_name = _("Reports")  # in the filter of a history

    def ready(self) -> None:
        from tejido.reports import policies, sentences  # noqa: F401 - register the verbs and the words
