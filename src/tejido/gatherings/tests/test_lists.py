"""The list and the month."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.communities.models import CommunityPeriod
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.tests.factories import SchoolFactory
from tejido.gatherings import services
from tejido.gatherings.selectors import gatherings_of
from tejido.gatherings.tests.factories import GatheringFactory, was_at
from tejido.gatherings.views.lists import parse_month

pytestmark = pytest.mark.django_db


def listing(client, community, **query):
    return client.get(reverse("gatherings:list", args=[community.pk]), query)


def month(client, community, which):
    return client.get(reverse("gatherings:month", args=[community.pk]), {"month": which})


def titles(answer):
    return [row.title for row in answer.context["table"].page.object_list]


@pytest.fixture
def rosa(client, cast):
    client.force_login(cast.rosa)
    return client


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("rosa", 200), ("sole", 200), ("ze", 404)])
def test_who_opens_the_list_and_the_month(client, cast, who, status):
    client.force_login(getattr(cast, who))
    assert listing(client, cast.node).status_code == status
    assert month(client, cast.node, "2025-03").status_code == status


def test_whoever_is_not_signed_in_is_asked_to(client, cast):
    assert listing(client, cast.node).status_code == 302


def test_the_coming_stand_on_top_soonest_first_then_the_past_newest_first(cast):
    now = timezone.now()
    for title, days in (("last year", -365), ("last week", -7), ("next year", 365), ("tomorrow", 1)):
        GatheringFactory(community=cast.node, title=title, starts_at=now + timedelta(days=days))
    GatheringFactory(community=cast.node, title="now", starts_at=now - timedelta(minutes=5))
    assert [g.title for g in gatherings_of(cast.rosa, cast.network)] == [
        "now",
        "tomorrow",
        "next year",
        "last week",
        "last year",
    ]


def test_a_member_of_a_node_finds_her_own_and_the_networks_but_not_the_sisters(client, cast):
    for community in (cast.network, cast.node, cast.sister):
        GatheringFactory(community=community, title=community.name)
    client.force_login(cast.ana)
    assert set(titles(listing(client, cast.network))) == {"Red Tejer", "Nodo Agua"}
    assert "Nodo Energía" not in listing(client, cast.network).text


def test_the_address_filters(rosa, cast):
    school = SchoolFactory(name="Escuela El Alba")
    GatheringFactory(community=cast.node, title="Taller", kind="workshop", school=school)
    GatheringFactory(
        community=cast.sister,
        title="Cátedra",
        kind="itinerant_chair",
        modality="online",
        starts_at=datetime(2024, 5, 1, 12, tzinfo=UTC),
    )
    GatheringFactory(
        community=cast.node, title="Encuentro futuro", starts_at=timezone.now() + timedelta(days=9)
    )
    called_off = GatheringFactory(community=cast.node, title="Suspendido")
    services.cancel_gathering(called_off, actor=cast.rosa)
    period = CommunityPeriod.objects.create(
        community=cast.network, name="2024-1", starts_on=date(2024, 1, 1), ends_on=date(2024, 6, 30)
    )
    found = {
        "kind": ("itinerant_chair", ["Cátedra"]),
        "modality": ("online", ["Cátedra"]),
        "node": (cast.sister.pk, ["Cátedra"]),
        "period": (f"p{period.pk}", ["Cátedra"]),
        "q": ("alba", ["Taller"]),
        "state": ("cancelled", ["Suspendido"]),
    }
    for key, (value, expected) in found.items():
        assert titles(listing(rosa, cast.network, **{key: value})) == expected, key
    assert titles(listing(rosa, cast.network, period="2024")) == ["Cátedra"]
    assert titles(listing(rosa, cast.network, state="coming")) == ["Encuentro futuro"]
    assert set(titles(listing(rosa, cast.network, state="unnoted"))) == {"Taller", "Cátedra"}
    assert len(titles(listing(rosa, cast.network, period="p99999", kind="no such"))) == 4, (
        "nonsense is ignored"
    )


def test_the_file_has_exactly_what_is_shown_with_times_of_the_community(rosa, cast):
    starts = datetime(2025, 3, 2, 1, tzinfo=UTC)  # eight in the evening of the day before in Bogotá
    gathering = GatheringFactory(community=cast.node, title="=cmd|' /C calc'!A0", starts_at=starts)
    was_at(gathering, cast.ana.person)
    GatheringFactory(community=cast.sister, title="Another")
    answer = listing(rosa, cast.network, node=cast.node.pk, download="csv")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row["Gathering"] for row in rows] == ["'=cmd|' /C calc'!A0"]
    assert (rows[0]["Day"], rows[0]["From"], rows[0]["Time zone"]) == (
        "2025-03-01",
        "20:00:00",
        "America/Bogota",
    )
    assert [rows[0]["Came"], rows[0]["Invited"], rows[0]["Community"]] == ["1", "1", "Nodo Agua"]
    assert listing(rosa, cast.network, download="xlsx").getvalue()[:2] == b"PK"


def test_the_list_says_how_many_came_of_how_many(rosa, cast):
    gathering = GatheringFactory(community=cast.node)
    MembershipFactory(community=cast.node)
    services.tap(gathering, cast.ana.person.pk, "on_site", actor=cast.rosa)
    GatheringFactory(community=cast.node, title="Soon", starts_at=timezone.now() + timedelta(days=1))
    text = listing(rosa, cast.network).text
    assert "1 of 2" in text
    assert "2 invited" in text


def test_180_gatherings_stand_on_one_light_page(rosa, cast, django_assert_max_num_queries):
    people = [MembershipFactory(community=cast.node).person for _n in range(10)]
    for number in range(180):
        starts = datetime(2024, 1, 1, 14, tzinfo=UTC) + timedelta(days=number)
        gathering = GatheringFactory(community=cast.node, title=f"Encuentro {number}", starts_at=starts)
        if number % 9 == 0:
            was_at(gathering, *people)
    with django_assert_max_num_queries(12):
        answer = listing(rosa, cast.network)
    assert len(titles(answer)) == 180
    assert len(gzip.compress(answer.content)) < 20_000


def test_an_empty_list_teaches(client, cast):
    client.force_login(cast.rosa)
    assert "Plan the first gathering" in listing(client, cast.network).text
    client.force_login(cast.ana)
    assert "Plan the first gathering" not in listing(client, cast.network).text


def test_the_month_puts_each_gathering_on_its_days(rosa, cast, django_assert_max_num_queries):
    evening = datetime(2025, 3, 2, 1, tzinfo=UTC)
    GatheringFactory(community=cast.node, title="Evening", starts_at=evening)
    GatheringFactory(
        community=cast.sister,
        title="Camp",
        starts_at=datetime(2025, 3, 30, 14, tzinfo=UTC),
        ends_at=datetime(2025, 4, 1, 20, tzinfo=UTC),
    )
    with django_assert_max_num_queries(12):
        answer = month(rosa, cast.network, "2025-03")
    shown = {
        day.day: [g.title for g in day.gatherings]
        for week in answer.context["weeks"]
        for day in week.days
        if day.gatherings
    }
    assert shown == {
        date(2025, 3, 1): ["Evening"],
        date(2025, 3, 30): ["Camp"],
        date(2025, 3, 31): ["Camp"],
        date(2025, 4, 1): ["Camp"],
    }
    assert 'href="?month=2025-02"' in answer.text
    assert 'href="?month=2025-04"' in answer.text
    april = month(rosa, cast.network, "2025-04")
    assert [g.title for week in april.context["weeks"] for d in week.days for g in d.gatherings].count(
        "Camp"
    ) >= 1


@pytest.mark.parametrize("asked", ["", "2025", "2025-13", "soon", "0000-01", "9999-12"])
def test_a_month_that_is_none_is_this_one(asked):
    assert parse_month(asked, date(2026, 11, 22)) == date(2026, 11, 1)
