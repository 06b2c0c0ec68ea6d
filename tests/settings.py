"""Settings of the test runs: a data folder of their own, whatever the person who runs them has set.

A settings module and not a fixture: pytest-django reads the settings before it looks at any conftest.py.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_DATA = tempfile.mkdtemp(prefix="tejido-test-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
_TOLD_TO_TESTS = {"TEJIDO_REAL_DATA"}  # where other people's data lie; the product does not know it
for _name in {name for name in os.environ if name.startswith("TEJIDO_")} - _TOLD_TO_TESTS:
    del os.environ[_name]
os.environ |= {"TEJIDO_DATA": _DATA, "TEJIDO_LANGUAGE": "en", "TEJIDO_SECRET_KEY": "only for tests"}

from tejido.config.settings import *  # noqa: E402, F403
from tejido.config.settings import CACHES, STATIC_ROOT, STORAGES  # noqa: E402

# Pages name static files without hashes, so that no test needs a collectstatic.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
Path(STATIC_ROOT).mkdir()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real ones are slow on purpose
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
