from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BuddiesConfig(AppConfig):
    name = "tejido.buddies"
    verbose_name = _("Skills and buddies")  # in the filter of a history
