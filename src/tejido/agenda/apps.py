from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "tejido.agenda"
    verbose_name = _("Agendas")  # in the filter of a history

    def ready(self) -> None:
        from tejido.agenda import policies, sentences  # noqa: F401 - register verbs and sentences
