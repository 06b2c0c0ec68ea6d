"""The demonstration as a world that several files walk through, each in its own planting."""

from __future__ import annotations

from functools import cache

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from tests.stories.crawling import MOST_QUERIES, crawl, signed_in

from tejido.accounts.services import system_account
from tejido.demo import avanzando_juntas
from tejido.foundation.journal import pay_all
from tejido.insights.services import recompute_owed


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The demonstration, planted once for this module and rolled back at its end."""
    with django_db_blocker.unblock(), override_settings(TEJIDO_DEMONSTRATION=True), transaction.atomic():
        call_command("seed-reference", verbosity=0)
        call_command("seed-activities", verbosity=0)
        network = avanzando_juntas.plant(lambda step: None)
        pay_all()
        recompute_owed(actor=system_account())
        yield network
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def walk(world):
    """walk("rosa", "en"): every page that she reaches, crawled once."""
    crawled = cache(lambda key, language: list(crawl(signed_in(key, language), budget=MOST_QUERIES)))
    return lambda key, language="es": crawled(key, language)
