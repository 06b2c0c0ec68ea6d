"""Many gatherings at once, as an import brings them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tejido.communities.tests.factories import MembershipFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.models import JournalEntry
from tejido.gatherings import services
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.services import AttendanceRow, Presence
from tejido.gatherings.tests.factories import GatheringFactory

pytestmark = pytest.mark.django_db
START = datetime(2024, 3, 1, 20, tzinfo=UTC)


def plans(community, count):
    return [
        (
            community,
            {
                "title": f"Meeting {n}",
                "starts_at": START + timedelta(days=n),
                "ends_at": START + timedelta(days=n, hours=2),
            },
        )
        for n in range(count)
    ]


@pytest.fixture
def year(cast):
    """Twelve gatherings of a node and the twenty people who may have come."""
    people = [MembershipFactory(community=cast.node).person for _n in range(20)]
    return services.plan_gatherings(plans(cast.node, 12), actor=cast.rosa), people


def rows(gatherings, people, status="on_site"):
    return [AttendanceRow(g.pk, p.pk, Presence(status)) for g in gatherings for p in people]


def facts(name):
    return JournalEntry.objects.filter(fact=f"gatherings.{name}")


def test_gatherings_are_planned_together_each_with_its_fact(cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(
        15
    ):  # SQLite takes 999 values at a time, a gathering has 24 without its id
        made = services.plan_gatherings(plans(cast.node, 300), actor=cast.rosa)
    assert [g.title for g in made[:2]] == ["Meeting 0", "Meeting 1"]
    assert Gathering.objects.count() == facts("planned").count() == 300
    assert len({g.uid for g in made}) == 300


@pytest.mark.parametrize(("field", "code"), [("kind", "unknown_kind"), ("modality", "unknown_modality")])
def test_a_kind_that_does_not_exist_is_refused_in_words_and_nothing_is_planned(cast, field, code):
    good, bad = plans(cast.node, 1), plans(cast.node, 1)
    bad[0][1][field] = "picnic"
    with pytest.raises(Refusal) as refused:
        services.plan_gatherings([*good, *bad], actor=cast.rosa)
    assert refused.value.code == code
    assert "picnic" in refused.value.message
    assert "nline" in refused.value.message or "Workshop" in refused.value.message
    assert not Gathering.objects.exists() and not facts("planned").exists()


def test_one_community_too_many_and_nothing_is_planned(cast):
    with pytest.raises(NotAllowed):
        services.plan_gatherings([*plans(cast.node, 2), *plans(cast.elsewhere, 1)], actor=cast.rosa)
    assert not Gathering.objects.exists()


def test_attendance_of_many_gatherings_takes_few_queries(cast, year, django_assert_max_num_queries):
    gatherings, people = year
    with django_assert_max_num_queries(11):
        changed = services.record_attendances(rows(gatherings, people), actor=cast.rosa)
    assert len(changed) == Attendance.objects.count() == 240
    assert facts("attendance_recorded").count() == 12
    assert set(Gathering.objects.values_list("state", flat=True)) == {Gathering.State.HELD}


def test_the_same_list_again_changes_nothing_and_is_no_news(cast, year):
    gatherings, people = year
    services.record_attendances(rows(gatherings, people), actor=cast.rosa)
    assert services.record_attendances(rows(gatherings, people), actor=cast.tomas) == []
    assert facts("attendance_recorded").count() == 12
    assert set(Attendance.objects.values_list("recorded_by", flat=True)) == {cast.rosa.pk}


def test_only_what_differs_is_written_and_told(cast, year):
    gatherings, people = year
    services.record_attendances(rows(gatherings, people), actor=cast.rosa)
    other = [*rows(gatherings[:1], people), AttendanceRow(gatherings[1].pk, people[0].pk, Presence("absent"))]
    changed = services.record_attendances(other, actor=cast.rosa)
    assert [(r.gathering_id, r.person_id) for r in changed] == [(gatherings[1].pk, people[0].pk)]
    told = facts("attendance_recorded").order_by("-id").first()
    assert told.payload["person_ids"] == [people[0].pk]


def test_a_list_taken_back_leaves_the_gatherings_planned(cast, year):
    gatherings, people = year
    services.record_attendances(rows(gatherings, people), actor=cast.rosa)
    back = [AttendanceRow(g.pk, p.pk, None) for g in gatherings for p in people]
    services.record_attendances(back, actor=cast.rosa)
    assert not Attendance.objects.exists()
    assert set(Gathering.objects.values_list("state", flat=True)) == {Gathering.State.PLANNED}


@pytest.mark.parametrize("trouble", ["closed", "cancelled", "ahead", "gone", "status", "somebody else's"])
def test_one_gathering_that_cannot_take_it_and_nothing_is_written(cast, year, trouble):
    gatherings, people = year
    last = gatherings[-1]
    status, code = "on_site", {"closed": "attendance_closed", "ahead": "not_yet"}.get(trouble, trouble)
    if trouble == "closed":
        services.close_attendance(last, actor=cast.rosa)
    if trouble == "cancelled":
        services.cancel_gathering(last, actor=cast.rosa)
    if trouble == "ahead":
        soon = timezone.now() + timedelta(days=9)
        fields = {"starts_at": soon, "ends_at": soon + timedelta(hours=1)}
        services.change_gathering(last, fields, actor=cast.rosa)
    if trouble == "gone":
        services.discard_gatherings([last.pk], actor=cast.rosa)
        code = "no_such_gathering"
    if trouble == "status":
        status, code = "late", "unknown_status"
    if trouble == "somebody else's":
        gatherings = [*gatherings, GatheringFactory(community=cast.elsewhere)]
        code = "gatherings.record_attendance"
    with pytest.raises(Refusal) as refusal:
        services.record_attendances(rows(gatherings, people, status), actor=cast.rosa)
    assert refusal.value.code == code
    assert not Attendance.objects.exists()


def test_an_undone_import_takes_its_gatherings_away_but_not_those_in_use(cast, year):
    gatherings, people = year
    services.record_attendances(rows(gatherings[:2], people), actor=cast.rosa)
    assert services.discard_gatherings([g.pk for g in gatherings], actor=cast.rosa) == 10
    assert set(Gathering.objects.all()) == set(gatherings[:2])
    assert len(facts("discarded").get().payload["gathering_ids"]) == 10
