from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvitationsConfig(AppConfig):
    name = "tejido.invitations"
    verbose_name = _("Invitations")  # in the filter of a history

    def ready(self) -> None:
        from tejido.invitations import policies, sentences  # noqa: F401 - register verbs and sentences
        from tejido.invitations.services import letters  # noqa: F401 - registers what it writes to people
