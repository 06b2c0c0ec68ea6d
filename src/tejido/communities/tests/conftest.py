"""What the tests of this domain's pages share."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person
from tejido.directory.tests.factories import PersonFactory


@pytest.fixture
def visit(client):
    """visit(user, "people", pk, q="…") -> the answer; with data: posted."""

    def go(user, name, *args, data=None, **query):
        client.force_login(user)
        url = reverse(f"communities:{name}", args=args)
        return client.get(url, query) if data is None else client.post(url, data, query_params=query)

    return go


@pytest.fixture
def beto(cast) -> Person:
    """Beto Paz belongs to the sister node."""
    beto = PersonFactory(given_names="Beto", family_names="Paz", search_name="beto paz")
    MembershipFactory(community=cast.sister, person=beto, starts_on=date(2023, 4, 1))
    return beto
