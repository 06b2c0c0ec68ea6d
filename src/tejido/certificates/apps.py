from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "tejido.certificates"
    verbose_name = _("Certificates")  # in the filter of a history
