import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tejido.web.chunked import WithLength

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tejido.config.settings")
if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Only the server keeps a pool: commands run one thing after another and want to fail at once.
    settings.DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
application = WithLength(get_wsgi_application())
