from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolLeadersConfig(AppConfig):
    name = "tejido.school_leaders"
    verbose_name = _("School leaders")  # in the filter of a history
