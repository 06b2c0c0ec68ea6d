from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClosingConfig(AppConfig):
    name = "tejido.closing"
    verbose_name = _("Closings")  # in the filter of a history
