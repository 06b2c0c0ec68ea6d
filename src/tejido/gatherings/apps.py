from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GatheringsConfig(AppConfig):
    name = "tejido.gatherings"
    verbose_name = _("Gatherings")  # in the filter of a history

    def ready(self) -> None:
        from tejido.gatherings import policies, sentences  # noqa: F401 - register verbs and sentences
