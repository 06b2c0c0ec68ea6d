"""What stories of the directory start from: the cast, each at work, and a browser for each."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tejido.directory import services
from tejido.directory.models import Post, School
from tejido.directory.tests.factories import PostFactory, SchoolFactory


@pytest.fixture
def browser():
    """browser(user) is a client signed in as that account; browser() is a visitor."""

    def sign_in(user=None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def words(system):
    """The words of consent, the topics and the territories of a new installation."""
    return services.seed_reference(actor=system)


@pytest.fixture
def school(db) -> School:
    return SchoolFactory(name="Escuela Los Álamos")


@pytest.fixture
def ana_at_work(cast, school, system) -> Post:
    """Ana teaches at Los Álamos and can be reached; both are known to the directory."""
    ana = cast.ana.person
    services.set_contacts(ana, [("email", "ana.rojas@example.org"), ("phone", "+56912345678")], actor=system)
    services.set_attribute(ana, "gender", "Mujer diversa", actor=system)
    return PostFactory(person=ana, school=school, starts_on=date(2019, 3, 1))
