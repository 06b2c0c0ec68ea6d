from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_counted():
    """What an earlier test sent counts against nobody."""
    cache.clear()
