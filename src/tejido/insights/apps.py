from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    name = "tejido.insights"
    verbose_name = _("Insight")  # in the filter of a history

    def ready(self) -> None:
        from tejido.insights import policies, sentences  # noqa: F401 - register verbs and sentences
