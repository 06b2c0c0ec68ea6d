# improvement: cycles of plan, do, study, act, and what was learnt from each
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImprovementConfig(AppConfig):
    name = "tejido.improvement"
    verbose_name = _("Improvement cycles")  # in the filter of a history

    def ready(self) -> None:
        from tejido.improvement import policies, sentences  # noqa: F401 - register verbs and sentences
