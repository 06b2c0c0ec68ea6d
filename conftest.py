"""Fixtures for every test: English sentences unless a test asks otherwise, the system, the cast.

Settings of the test runs are in tests/settings.py.
"""

from __future__ import annotations

import pytest
from django.utils import translation


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with a slow test come first: with two workers, nobody is left alone with a long file at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def _in_english():
    """Sentences in tests are the English ones, whatever the language of the machine."""
    with translation.override("en"):
        yield


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
