from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    name = "tejido.messages"
    label = "letters"  # django.contrib.messages, the notes on pages, has the other name
    verbose_name = _("Messages")  # in the filter of a history

    def ready(self) -> None:
        from tejido.messages import policies, sentences  # noqa: F401 - register verbs and sentences
