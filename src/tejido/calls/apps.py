from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "tejido.calls"
    verbose_name = _("Open calls")  # in the filter of a history
