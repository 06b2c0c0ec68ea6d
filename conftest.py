"""Fixtures for every test: a data folder of its own, English pages unless a test asks otherwise."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Before Django reads its settings: tests never touch the data of the person who runs them.
os.environ["TEJIDO_DATA"] = tempfile.mkdtemp(prefix="tejido-test-")
os.environ["TEJIDO_LANGUAGE"] = "en"
os.environ.setdefault("TEJIDO_SECRET_KEY", "only for tests")
os.environ.pop("TEJIDO_DEMONSTRATION", None)

import pytest
from django.utils import translation

ROOT = Path(__file__).resolve().parent


@pytest.fixture(autouse=True)
def _in_english():
    """Sentences in tests are the English ones, whatever the language of the machine."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Pages name static files without hashes, so that no test needs a collectstatic."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def system(db):
    """The account under which the system itself acts."""
    from tejido.accounts.services import system_account

    return system_account()


@pytest.fixture
def cast(db):
    """The fixed cast in one network with a node and a sister node. See tejido.communities.tests.factories.Cast."""
    from tejido.communities.tests.factories import make_cast

    return make_cast()
