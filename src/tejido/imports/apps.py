from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "tejido.imports"
    verbose_name = _("Lists that were brought")  # in the filter of a history

    def ready(self) -> None:
        from tejido.imports import policies, sentences  # noqa: F401 - register verbs and sentences
