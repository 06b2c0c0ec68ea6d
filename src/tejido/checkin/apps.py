from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CheckinConfig(AppConfig):
    name = "tejido.checkin"
    verbose_name = _("Check-in")  # in the filter of a history
