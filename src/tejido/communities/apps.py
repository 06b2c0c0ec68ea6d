from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "tejido.communities"
    verbose_name = _("Communities")  # in the filter of a history

    def ready(self) -> None:
        from tejido.communities import policies, sentences  # noqa: F401 - register verbs and sentences
        from tejido.communities.sentences import roles  # noqa: F401 - what is told of terms, pauses and seats
        from tejido.communities.services import messages, reminding  # noqa: F401 - registers what it writes to people
