"""What this domain adds to other pages, and the command that begins an installation."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.communities.panels import communities_of_school, memberships_of_person
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import ContactPoint, Person
from tejido.directory.tests.factories import PersonFactory, PostFactory, SchoolFactory
from tejido.foundation.policies import can

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


def steward(*words: str) -> str:
    out = StringIO()
    call_command("steward", *words, stdout=out)
    return out.getvalue()


def test_the_first_steward_of_an_installation(db):
    said = steward("Rosa@Example.org", "--name", "Rosa Díaz Soto", "--language", "es")
    assert "Rosa Díaz Soto" in said
    user = User.objects.get(email="rosa@example.org")
    assert (user.person.given_names, user.person.family_names) == ("Rosa", "Díaz Soto")
    assert can(user, "communities.found", None)
    steward("rosa@example.org")
    assert Person.objects.filter(user=user).count() == User.objects.filter(is_system=False).count() == 1


def test_a_person_who_is_in_the_directory_already_becomes_the_steward(db):
    system_account()
    known = PersonFactory()
    ContactPoint.objects.create(person=known, kind="email", value="rosa@example.org")
    steward("rosa@example.org")
    known.refresh_from_db()
    assert known.user.is_superuser


def test_a_shared_email_makes_nobody_of_those_who_share_it_a_steward(db):
    system_account()
    for _n in range(2):
        ContactPoint.objects.create(person=PersonFactory(), kind="email", value="escuela@example.org")
    steward("escuela@example.org")
    assert Person.objects.get(user__email="escuela@example.org").contacts.count() == 1
    assert Person.objects.count() == 3


def test_what_is_no_email_is_refused_in_one_sentence(db):
    with pytest.raises(CommandError, match="is not an e-mail address") as refused:
        steward("rosa")
    assert refused.value.returncode == 2
    assert not User.objects.filter(is_system=False).exists()
