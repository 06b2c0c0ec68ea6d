from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvitationsConfig(AppConfig):
    name = "tejido.invitations"
    verbose_name = _("Invitations")  # in the filter of a history
