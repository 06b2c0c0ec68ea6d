"""New faces at the door: written down by the team, seen and joined by the coordination afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tejido.communities.models import Membership, Role
from tejido.communities.tests.factories import MembershipFactory, person_with_account
from tejido.directory.models import Person
from tejido.directory.services import add_guest, add_person, merge_people
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.errors import NotAllowed
from tejido.foundation.policies import can
from tejido.gatherings import selectors, services
from tejido.gatherings.models import Attendance
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.gatherings.values import NewFace

pytestmark = pytest.mark.django_db
LUZ = NewFace("Luz", "Paz")


@pytest.fixture
def gathering(cast):
    return GatheringFactory(
        community=cast.node, title="Meeting of March", starts_at=datetime(2024, 3, 1, 20, tzinfo=UTC)
    )


WHO = [  # who, writes down a new face, adds people to the directory, sees guests, makes members, merges
    ("ana", False, False, False, False, False),
    ("rosa", True, True, True, True, True),
    ("tomas", True, True, True, True, True),
    ("ines", True, False, True, False, False),
    ("sole", False, False, False, False, False),
    ("ze", False, False, False, False, False),
]


@pytest.mark.parametrize(("who", "writes", "adds", "sees", "joins", "merges"), WHO)
def test_who_may_what_with_a_new_face(cast, client, gathering, who, writes, adds, sees, joins, merges):
    actor = getattr(cast, who)
    assert bool(can(actor, "directory.add_guest", None)) is writes
    assert bool(can(actor, "directory.add_person", None)) is adds
    before = Person.objects.count()
    if writes:
        luz = services.welcome(gathering, LUZ, "on_site", actor=actor)
        assert can(actor, "directory.see_person", luz)
    else:
        with pytest.raises(NotAllowed):
            services.welcome(gathering, LUZ, "on_site", actor=actor)
        with pytest.raises(NotAllowed):
            add_guest("Luz", actor=actor)
        assert Person.objects.count() == before
        luz = services.welcome(gathering, LUZ, "on_site", actor=cast.rosa)
    assert bool(can(actor, "directory.merge_people", luz)) is merges
    client.force_login(actor)
    answer = client.get(reverse("gatherings:guests", args=[cast.node.pk]))
    assert answer.status_code == (200 if sees else 404 if who == "ze" else 403)
    assert ("Luz Paz" in answer.text) is sees
    assert ("Make Luz Paz a member" in answer.text) is joins
    assert ("It is somebody else who is here" in answer.text) is merges


def test_a_facilitator_writes_down_a_name_and_nothing_more(cast, client, gathering):
    client.force_login(cast.ines)
    page = reverse("gatherings:add_somebody", args=[gathering.pk])
    text = client.get(page, {"q": "Luz"}).text
    assert "Add and mark" in text and "Joins the community as a member" not in text
    client.post(page, {"given_names": "Luz", "family_names": "Paz", "status": "on_site"})
    luz = Person.objects.get(search_name="luz paz")
    assert Attendance.objects.get(person=luz).recorded_by == cast.ines
    sent = {"given_names": "Sol", "family_names": "Vera", "status": "on_site", "joins": "on"}
    client.post(page, sent)
    assert not Person.objects.filter(given_names="Sol").exists(), "members are made by whoever runs it"
    with pytest.raises(NotAllowed):
        add_person({"given_names": "Sol"}, actor=cast.ines)
    assert not can(cast.ines, "directory.edit_person", luz)
    elsewhere = GatheringFactory(community=cast.elsewhere)
    with pytest.raises(NotAllowed):
        services.welcome(elsewhere, NewFace("Ian"), "on_site", actor=cast.ines)


def test_the_coordinator_sees_who_wrote_whom_down_and_makes_them_members(cast, client, gathering):
    luz = services.welcome(gathering, LUZ, "on_site", actor=cast.ines)
    client.force_login(cast.rosa)
    people = client.get(reverse("communities:people", args=[cast.network.pk])).text
    page = reverse("gatherings:guests", args=[cast.network.pk])
    assert "1 guest who came without being a member" in people and page in people
    text = client.get(page).text
    assert "Came once: Meeting of March" in text
    assert f"Written down by {cast.ines.person.name}." in text
    client.post(reverse("communities:add", args=[cast.node.pk]), {"person": luz.pk, "role": "member"})
    assert Membership.objects.filter(person=luz, community=cast.node).exists()
    assert "Nobody is a guest" in client.get(page).text
    assert (
        "without being a member" not in client.get(reverse("communities:people", args=[cast.network.pk])).text
    )


def test_somebody_of_the_same_name_is_proposed_and_merging_leaves_one(cast, client, gathering):
    """Beto accompanies the node alone, so he could not know that Luz belongs to the sister node."""
    beto = MembershipFactory(
        community=cast.node, person=person_with_account("Beto Gil"), role=Role.FACILITATOR
    ).person
    known = PersonFactory(given_names="Luz", family_names="Paz")
    MembershipFactory(community=cast.sister, person=known)
    stranger = PersonFactory(given_names="Luz", family_names="Paz")
    MembershipFactory(community=cast.elsewhere, person=stranger)
    luz = services.welcome(gathering, LUZ, "on_site", actor=beto.user)

    client.force_login(cast.rosa)
    text = client.get(reverse("gatherings:guests", args=[cast.network.pk])).text
    compare = reverse("directory:merge_people", args=[known.pk, luz.pk])
    assert compare in text
    assert reverse("directory:merge_people", args=[stranger.pk, luz.pk]) not in text, (
        "hers to see are her people"
    )
    assert client.get(compare).status_code == 200
    merge_people(known, luz, {}, actor=cast.rosa)
    assert Attendance.objects.get(gathering=gathering).person == known
    assert not selectors.guests_of(cast.network).exists()


def test_members_of_the_network_who_come_to_a_node_are_no_guests(cast, gathering):
    of_the_network = MembershipFactory(community=cast.network).person
    absent = PersonFactory()
    for person, status in ((of_the_network, "on_site"), (absent, "absent")):
        Attendance.objects.create(gathering=gathering, person=person, status=status, recorded_by=cast.rosa)
    assert not selectors.guests_of(cast.node).exists()


def test_the_page_costs_the_same_for_one_guest_and_for_fifty(
    cast, client, gathering, django_assert_max_num_queries
):
    for number in range(51):
        services.welcome(gathering, NewFace(f"Guest {number}"), "on_site", actor=cast.ines)
    client.force_login(cast.rosa)
    with django_assert_max_num_queries(12):
        text = client.get(reverse("gatherings:guests", args=[cast.node.pk])).text
    assert text.count("Came once") == 50 and "Page 1 of 2" in text
