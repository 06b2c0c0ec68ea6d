"""Member networks side by side: only what each shares at this moment, without small groups, and nothing behind it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.alliances import services as alliances
from tejido.alliances.tests.factories import joined, upper_network
from tejido.communities.models import Role
from tejido.communities.tests.factories import CommunityFactory, MembershipFactory, person_with_account
from tejido.directory.tests.factories import PersonFactory
from tejido.gatherings.tests.factories import GatheringFactory, was_at
from tejido.insights.models import Insight, Owed
from tejido.insights.selectors import FAMILIES, choices, side_by_side
from tejido.insights.services import ready_insight
from tejido_analytics.catalogue import DEFINITIONS

pytestmark = pytest.mark.django_db


def network_of(people: int, name: str):
    """A network whose people met twice lately, computed."""
    network = CommunityFactory(name=name)
    members = [
        PersonFactory(given_names=f"{name.split()[-1]}{number}", family_names="Secreta")
        for number in range(people)
    ]
    for one in members:
        MembershipFactory(community=network, person=one, starts_on=date(2021, 1, 1))
    for days in (40, 10):
        starts = timezone.now() - timedelta(days=days)
        was_at(GatheringFactory(community=network, starts_at=starts, title="Taller secreto"), *members)
    ready_insight(network, choices(network)[0], actor=system_account())
    return network


@pytest.fixture
def upper():
    return upper_network()


@pytest.fixture
def eva(upper):
    person = person_with_account("Eva Luz")
    MembershipFactory(community=upper, person=person, role=Role.COORDINATOR)
    return person.user


def read(client, upper, more=""):
    return client.get(reverse("insights:networks", args=[upper.pk]) + more).content.decode()


def test_each_network_shows_what_it_chose_and_why_the_rest_is_missing(client, upper, eva):
    big, small = network_of(8, "Red Grande"), network_of(3, "Red Chica")
    joined(big, upper, "active_members", "newcomers")
    joined(small, upper, "active_members")
    client.force_login(eva)
    text = read(client, upper)
    assert "Red Grande" in text
    assert "rests on 8" in text
    assert "fewer than five people" in text  # three people are not told of
    assert "Not shared." in text
    rows = {row.name: row.cells for row in side_by_side(upper, eva).rows}
    assert rows["Red Grande"]["active_members"].number == 8
    assert rows["Red Chica"]["active_members"].number is None
    assert "newcomers" not in rows["Red Chica"]


def test_what_is_withdrawn_is_gone_at_once_with_its_past(client, upper, eva):
    network = network_of(8, "Red Grande")
    joining = joined(network, upper, "active_members", "newcomers")
    client.force_login(eva)
    title = "Active members"
    assert title in _file(client, upper)
    alliances.choose_shares(joining, ["newcomers"], actor=system_account())
    assert title not in _file(client, upper)
    assert title not in read(client, upper)
    assert [list(row.cells) for row in side_by_side(upper, eva).rows] == [["newcomers"]]
    alliances.end_joining(joining, actor=system_account())
    assert side_by_side(upper, eva).rows == []
    assert "Red Grande" not in read(client, upper)


def _file(client, upper):
    return b"".join(client.get(_address(upper) + "?download=csv")).decode()


def _address(upper):
    return reverse("insights:networks", args=[upper.pk])


def test_nothing_of_a_person_is_on_the_page_and_no_link_leads_inside(client, upper, eva):
    network = network_of(8, "Red Grande")
    joined(network, upper, *DEFINITIONS)
    client.force_login(eva)
    for family in ("", *(f"?family={key}" for key in (one.key for one in FAMILIES))):
        text = read(client, upper, family)
        assert "Secreta" not in text
        assert "Taller secreto" not in text
        assert f"/c/{network.pk}/" not in text
    file = _file(client, upper)
    assert "Secreta" not in file
    assert "Red Grande" in file


CLOSED = [  # what the coordinator of the upper network cannot open of a member network
    "communities:overview",
    "communities:people",
    "communities:history",
    "communities:governance",
    "communities:organisations",
    "communities:settings",
    "communities:messages",
    "gatherings:list",
    "gatherings:month",
    "insights:insight",
    "insights:indicators_csv",
    "insights:ties_csv",
    "insights:attention",
    "insights:networks",
    "reports:reports",
    "consultations:list",
    "instruments:forms",
    "alliances:joinings",
    "alliances:agreements",
    "alliances:totals",
]


@pytest.mark.parametrize("page", CLOSED)
def test_whoever_runs_the_upper_network_opens_nothing_else_of_the_member(client, cast, upper, eva, page):
    joined(cast.network, upper, "active_members")
    client.force_login(eva)
    assert client.get(reverse(page, args=[cast.network.pk])).status_code in {403, 404}
    person = reverse("directory:person", args=[cast.ana.person.pk])
    assert client.get(person).status_code == 404


WHO = [  # who, reads side by side, reads what is shared, chooses it
    ("ana", False, True, False),
    ("rosa", False, True, True),
    ("tomas", False, True, True),
    ("ines", False, True, False),
    ("sole", False, True, False),
    ("ze", False, False, False),
    ("eva", True, False, False),
]


@pytest.mark.parametrize(("who", "side", "reads", "chooses"), WHO)
def test_who_reads_and_who_chooses(client, cast, upper, eva, who, side, reads, chooses):
    joining = joined(cast.network, upper, "active_members")
    address = reverse("insights:shares", args=[joining.pk])
    assert client.get(address).status_code == 302
    client.force_login(eva if who == "eva" else getattr(cast, who))
    assert client.get(_address(upper)).status_code == (200 if side else 404)
    assert client.get(address).status_code == (200 if reads else 404)
    sent = client.post(address, {"indicator": ["retention"]})
    assert sent.status_code == (302 if chooses else 404)
    standing = set(joining.shares.filter(withdrawn_at=None).values_list("indicator", flat=True))
    assert standing == ({"retention"} if chooses else {"active_members"})


def test_a_community_that_is_no_network_of_networks_has_no_such_page(client, cast):
    client.force_login(cast.rosa)
    assert client.get(_address(cast.network)).status_code == 404


def test_what_was_never_computed_is_said_and_owed(client, upper, eva):
    network = CommunityFactory(name="Red Nueva")
    joined(network, upper, "active_members")
    client.force_login(eva)
    assert "has not been computed yet" in read(client, upper)
    assert Owed.objects.filter(community=network).exists()
    assert not Insight.objects.exists()


def test_the_table_costs_the_same_for_any_number(client, upper, eva, django_assert_max_num_queries):
    for number in range(10):
        joined(CommunityFactory(name=f"Red {number}"), upper, "active_members", "retention")
    client.force_login(eva)
    read(client, upper)
    with django_assert_max_num_queries(12):
        read(client, upper)
