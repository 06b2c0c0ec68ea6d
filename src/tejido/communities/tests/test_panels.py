"""What this domain adds to pages of the directory."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import RequestFactory

from tejido.communities.panels import communities_of_school, memberships_of_person
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.tests.factories import PostFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def asked_by(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_the_page_of_a_person_tells_where_they_belong_and_belonged(cast, django_assert_max_num_queries):
    person = cast.ana.person
    MembershipFactory(
        community=cast.sister, person=person, starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 1)
    )
    MembershipFactory(community=cast.elsewhere, person=person)
    with django_assert_max_num_queries(1):
        panel = memberships_of_person(asked_by(cast.rosa), person)
    assert panel.index("Nodo Agua") < panel.index("Nodo Energía")
    assert "From 1 January 2019 to 1 January 2020" in panel
    assert "Otra red" not in panel


def test_the_page_of_a_school_tells_the_communities_of_its_people(cast, django_assert_max_num_queries):
    school = SchoolFactory()
    for person in (cast.ana.person, MembershipFactory(community=cast.node).person):
        PostFactory(person=person, school=school)
    gone = MembershipFactory(community=cast.sister, ends_on=date(2024, 1, 1)).person
    PostFactory(person=gone, school=school)
    with django_assert_max_num_queries(1):
        panel = communities_of_school(asked_by(cast.rosa), school)
    assert "Nodo Agua" in panel
    assert "2 people" in panel
    assert "Nodo Energía" not in panel
    assert "Nobody of this school" in communities_of_school(asked_by(cast.ze), school)
