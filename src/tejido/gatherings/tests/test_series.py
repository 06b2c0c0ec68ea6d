"""One more like the last, a whole term at once, and the series they belong to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.communities.tests.factories import CommunityFactory, MembershipFactory
from tejido.directory.tests.factories import OrganisationFactory, SchoolFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.models import JournalEntry
from tejido.gatherings import selectors, services
from tejido.gatherings.kinds import USUAL
from tejido.gatherings.models import Gathering, Series
from tejido.gatherings.repeating import days_written, every_month, every_weeks
from tejido.gatherings.tests.factories import GatheringFactory, was_at

pytestmark = pytest.mark.django_db
TEAM = ("rosa", "tomas", "ines")
OTHERS = ("ana", "sole", "ze")
TERM = {
    "way": "weeks", "first": "2026-03-03", "until": "2026-05-31", "weeks": "2", "starts": "15:00", "ends": "17:00",
    "days": "", "skip": "",
}  # fmt: skip


def address(name, *args):
    return reverse(f"gatherings:{name}", args=args)


@pytest.fixture
def rosa(client, cast):
    client.force_login(cast.rosa)
    return client


def hours(day: str) -> tuple[datetime, datetime]:
    start = datetime.fromisoformat(f"{day}T20:00+00:00")
    return start, start + timedelta(hours=2)


def test_one_more_like_another_keeps_everything_but_what_is_said(cast):
    series = services.make_series(cast.node, "Workshops 2026", actor=cast.rosa)
    school = SchoolFactory()
    source = GatheringFactory(
        community=cast.node,
        series=series,
        school=school,
        modality="hybrid",
        online_link="https://example.org/room",
    )
    services.invite(source, [cast.ana.person], actor=cast.rosa)
    was_at(source, cast.ana.person)
    starts, ends = hours("2026-03-03")
    made = services.clone_gathering(
        source, cast.node, {"starts_at": starts, "ends_at": ends}, actor=cast.rosa
    )
    assert (made.series, made.school, made.modality, made.online_link) == (
        series, school, "hybrid", "https://example.org/room",
    )  # fmt: skip
    assert list(selectors.invited_to(made)) == [cast.ana.person]
    assert not made.attendances.exists()
    assert made.uid != source.uid
    entry = JournalEntry.objects.latest("pk")
    assert (entry.fact, entry.payload) == (
        "gatherings.cloned",
        {"community_id": cast.node.pk, "source_id": source.pk, "gathering_ids": [made.pk]},
    )


def test_one_more_in_another_community_leaves_list_and_series_behind(cast):
    series = services.make_series(cast.network, "Assemblies", actor=cast.rosa)
    source = GatheringFactory(community=cast.network, series=series)
    services.invite(source, [cast.ana.person], actor=cast.rosa)
    starts, ends = hours("2026-03-03")
    made = services.clone_gathering(
        source, cast.node, {"starts_at": starts, "ends_at": ends}, actor=cast.rosa
    )
    assert (made.series, made.everyone_invited) == (None, True)


def test_the_page_for_one_more_carries_the_series(rosa, cast):
    series = services.make_series(cast.node, "Workshops 2026", actor=cast.rosa)
    source = GatheringFactory(community=cast.node, series=series)
    form = rosa.get(address("plan", cast.node.pk), {"like": source.pk}).context["form"]
    assert form.initial["series"] == series.pk
    said = {key: value if value is not None else "" for key, value in form.initial.items()}
    rosa.post(address("plan", cast.node.pk), {**said, "day": "2026-03-03", "like": source.pk})
    made = Gathering.objects.exclude(pk=source.pk).get()
    assert made.series == series
    assert JournalEntry.objects.latest("pk").fact == "gatherings.cloned"


def test_a_series_of_elsewhere_is_refused(cast):
    series = services.make_series(cast.network, "Assemblies", actor=cast.rosa)
    gathering = GatheringFactory(community=cast.node)
    with pytest.raises(Refusal, match="another community"):
        services.change_gathering(gathering, {"series": series}, actor=cast.rosa)


@pytest.mark.parametrize("kind", Gathering.Kind.values)
def test_left_empty_the_end_is_as_usual_for_the_kind(rosa, cast, kind):
    school = SchoolFactory()
    said = {
        "title": "T",
        "kind": kind,
        "modality": "on_site",
        "day": "2026-03-03",
        "starts": "09:00",
        "ends": "",
        "place": f"school:{school.pk}",
        "address": "Calle 5",
    }
    assert rosa.post(address("plan", cast.node.pk), said).status_code == 302
    made = Gathering.objects.get()
    assert made.ends_at - made.starts_at == USUAL[kind].length


ASKS_WHO = "An itinerant chair is received by a host."
ASKS_WHERE = "This takes place with a host"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, ASKS_WHO),
        ({"address": "Calle 5"}, ASKS_WHO),  # where it is does not say who receives it
        ({"search": "Nobody of that name", "place": ""}, ASKS_WHO),
        ({"modality": "hybrid"}, ASKS_WHO),
        ({"kind": "visit"}, ASKS_WHERE),
        ({"modality": "online"}, ""),
        ({"kind": "visit", "address": "Calle 5"}, ""),
        ({"place": "organisation"}, ""),
    ],
)
def test_who_is_received_by_a_host_says_by_which(rosa, cast, more, says):
    said = {
        "title": "T",
        "kind": "itinerant_chair",
        "modality": "on_site",
        "day": "2026-03-03",
        "starts": "09:00",
        "ends": "",
        "place": "",
        "address": "",
    } | more
    if said["place"]:
        said["place"] = f"organisation:{OrganisationFactory().pk}"
    answer = rosa.post(address("plan", cast.node.pk), said)
    assert answer.status_code == (422 if says else 302)
    assert says in answer.text


def test_no_deed_makes_an_itinerant_chair_without_a_host(cast):
    """Planned, changed into one, planned like one that came in with a list: refused. Its title can be corrected."""
    when = {
        "starts_at": datetime(2026, 2, 17, 20, tzinfo=UTC),
        "ends_at": datetime(2026, 2, 17, 22, tzinfo=UTC),
    }
    chair = {**when, "title": "Cátedra", "kind": "itinerant_chair", "modality": "on_site"}
    workshop = services.plan_gathering(cast.node, {**chair, "kind": "workshop"}, actor=cast.rosa)
    (old,) = services.plan_gatherings([(cast.node, chair)], actor=cast.rosa)
    for deed in (
        lambda: services.plan_gathering(cast.node, chair, actor=cast.rosa),
        lambda: services.change_gathering(workshop, {"kind": "itinerant_chair"}, actor=cast.rosa),
        lambda: services.clone_gathering(old, cast.node, when, actor=cast.rosa),
        lambda: services.plan_like(old, [(when["starts_at"], when["ends_at"])], actor=cast.rosa),
    ):
        with pytest.raises(Refusal) as refusal:
            deed()
        assert refusal.value.code == "host_missing"
    assert services.change_gathering(old, {"title": "Cátedra 2"}, actor=cast.rosa).title == "Cátedra 2"
    host = OrganisationFactory()
    received = services.change_gathering(old, {"organisation": host}, actor=cast.rosa)
    assert services.clone_gathering(received, cast.node, when, actor=cast.rosa).organisation == host


def test_the_page_of_a_gathering_leads_to_its_series(rosa, cast):
    gathering = GatheringFactory(
        community=cast.node, series=services.make_series(cast.node, "Círculos", actor=cast.rosa)
    )
    page = rosa.get(reverse("gatherings:gathering", args=[gathering.pk])).text
    assert f'href="{reverse("gatherings:one_series", args=[gathering.series_id])}"' in page


def test_a_term_is_shown_before_it_is_planned_and_taken_back_in_one_tap(rosa, cast):
    source = GatheringFactory(
        community=cast.node, title="Círculo", starts_at=datetime(2026, 2, 17, 20, tzinfo=UTC)
    )
    GatheringFactory(community=cast.node, title="Feria", starts_at=datetime(2026, 3, 17, 14, tzinfo=UTC))
    shown = rosa.get(address("repeat", source.pk), {**TERM, "skip": "2026-03-30 – 2026-04-05"})
    days = shown.context["days"]
    assert [one.day.isoformat() for one in days] == [
        "2026-03-03", "2026-03-17", "2026-04-14", "2026-04-28", "2026-05-12", "2026-05-26",
    ]  # fmt: skip
    assert [one.ticked for one in days] == [True, False, True, True, True, True]
    assert "That day already: Feria" in shown.text
    assert Gathering.objects.count() == 2, "showing plans nothing"
    sent = {"starts": "15:00", "ends": "17:00", "day": [one.day.isoformat() for one in days if one.ticked]}
    done = rosa.post(address("repeat", source.pk), {**sent, "new_series": "Círculos 2026"}, follow=True)
    assert "5 gatherings are planned." in done.text
    series = Series.objects.get()
    assert series.gatherings.count() == 6, "the one that they are like is the first of them"
    made = selectors.last_of(series)
    assert made.starts_at == datetime(2026, 5, 26, 20, tzinfo=UTC), "15:00 where the clocks show Bogotá"
    entry = JournalEntry.objects.filter(fact="gatherings.cloned").get()
    undo = address("take_back", cast.node.pk, entry.pk)
    assert f'action="{undo}"' in done.text
    was_at(made, cast.ana.person)
    rosa.post(undo)
    assert set(series.gatherings.all()) == {source, made}, "what people attended meanwhile stays"


def test_two_hundred_are_planned_in_as_many_queries_as_two(cast, django_assert_max_num_queries):
    source = GatheringFactory(community=cast.node)
    services.invite(
        source, [MembershipFactory(community=cast.node).person for _n in range(3)], actor=cast.rosa
    )
    first = date(2026, 1, 5)
    days = [(first + timedelta(days=number)).isoformat() for number in range(200)]
    with django_assert_max_num_queries(20):
        made, _entry = services.plan_like(source, [hours(day) for day in days], actor=cast.rosa)
    assert len(made) == 200
    assert made[-1].invitations.count() == 3
    with pytest.raises(Refusal, match="At most 200"):
        services.plan_like(source, [hours(days[0])] * 201, actor=cast.rosa)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"day": []}, "Tick the days"),
        ({"day": ["2026-03-03"], "ends": "15:00"}, "ends after it starts"),
        ({"day": ["2026-03-03"], "new_series": "Taken"}, "of that name already"),
    ],
)
def test_what_cannot_be_planned_goes_back_to_the_days_with_a_word(rosa, cast, said, words):
    services.make_series(cast.node, "taken", actor=cast.rosa)
    source = GatheringFactory(community=cast.node)
    sent = {"starts": "15:00", "ends": "17:00", "asked": "way=weeks&first=2026-03-03", **said}
    answer = rosa.post(address("repeat", source.pk), sent, follow=True)
    assert words in answer.text
    assert answer.redirect_chain[0][0].endswith("?way=weeks&first=2026-03-03")
    assert Gathering.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"skip": "next holiday"}, "“next holiday” is no day"),
        ({"until": ""}, "needed"),
        ({"until": "2026-01-01"}, "comes after"),
        ({"way": "days"}, "needed"),
    ],
)
def test_days_that_cannot_be_read_are_said(rosa, cast, wrong, words):
    source = GatheringFactory(community=cast.node)
    answer = rosa.get(address("repeat", source.pk), {**TERM, **wrong})
    assert words in answer.text
    assert answer.context["days"] is None


def test_an_hour_that_the_clocks_skip_cannot_be_ticked(client, cast):
    community = CommunityFactory(time_zone="America/Santiago")
    MembershipFactory(community=community, person=cast.rosa.person, role="coordinator")
    source = GatheringFactory(community=community)
    client.force_login(cast.rosa)
    asked = {**TERM, "way": "days", "days": "2025-09-07\n2025-09-08", "starts": "00:30", "ends": "02:00"}
    days = client.get(address("repeat", source.pk), asked).context["days"]
    assert [one.possible for one in days] == [False, True]
    client.post(address("repeat", source.pk), {"starts": "00:30", "ends": "02:00", "day": ["2025-09-07"]})
    assert Gathering.objects.count() == 1


def test_days_of_each_way():
    assert [day.day for day in every_weeks(date(2026, 3, 2), date(2026, 3, 20), 1)] == [2, 9, 16]
    assert len(every_weeks(date(2026, 1, 1), date(2046, 1, 1), 1)) == 200
    assert every_month(date(2026, 11, 9), date(2027, 1, 31)) == [
        date(2026, 11, 9),
        date(2026, 12, 14),
        date(2027, 1, 11),
    ]
    with pytest.raises(ValueError, match="2026-03-05 – 2026-03-01"):
        days_written("2026-03-05 – 2026-03-01", date.fromisoformat)


def test_a_series_is_begun_renamed_ended_and_goes_on(rosa, cast):
    rosa.post(address("series", cast.node.pk), {"name": "Workshops"})
    series = Series.objects.get()
    assert (
        "There is a series of that name already"
        in rosa.post(address("series", cast.node.pk), {"name": "workshops"}).text
    )
    rosa.post(address("one_series", series.pk), {"name": "Workshops 2026"})
    ended = rosa.post(address("end_series", series.pk), follow=True)
    assert f'action="{address("open_series", series.pk)}"' in ended.text
    series.refresh_from_db()
    assert series.name == "Workshops 2026"
    assert series.ended_on
    assert series not in selectors.open_series(cast.node)
    source = GatheringFactory(community=cast.node, series=series)
    made = services.clone_gathering(
        source,
        cast.node,
        {"starts_at": hours("2026-03-03")[0], "ends_at": hours("2026-03-03")[1]},
        actor=cast.rosa,
    )
    assert made.series is None, "one that is ended takes no more"
    rosa.post(address("open_series", series.pk))
    series.refresh_from_db()
    assert series.ended_on is None


def test_a_series_shows_what_is_in_it_and_the_last_to_go_on_from(rosa, cast, django_assert_max_num_queries):
    series = services.make_series(cast.node, "Workshops", actor=cast.rosa)
    now = timezone.now()
    rows = [
        GatheringFactory(
            community=cast.node, series=series, title=f"W{n}", starts_at=now + timedelta(days=n - 30)
        )
        for n in range(50)
    ]
    services.cancel_gathering(rows[-1], actor=cast.rosa)
    with django_assert_max_num_queries(9):
        page = rosa.get(address("one_series", series.pk))
    assert page.context["last"] == rows[-2]
    with django_assert_max_num_queries(9):
        listed = rosa.get(address("series", cast.node.pk))
    (row,) = listed.context["rows"]
    assert (row.planned, row.held) == (49, 0)
    with django_assert_max_num_queries(10):
        rosa.get(address("repeat", rows[0].pk), TERM)


def test_members_read_series_and_the_team_keeps_them(client, cast):
    series = services.make_series(cast.node, "Workshops", actor=cast.rosa)
    gathering = GatheringFactory(community=cast.node, series=series)
    seen = {"ana": True, "rosa": True, "tomas": True, "ines": True, "sole": True, "ze": False}
    for name, args in (("series", [cast.node.pk]), ("one_series", [series.pk])):
        for who, opens in seen.items():
            client.force_login(getattr(cast, who))
            assert client.get(address(name, *args)).status_code == (200 if opens else 404), (name, who)
    for who in seen:
        client.force_login(getattr(cast, who))
        repeats = client.get(address("repeat", gathering.pk)).status_code
        assert repeats == (200 if who in TEAM else 404 if who == "ze" else 403), who
    for who in OTHERS:
        client.force_login(getattr(cast, who))
        client.post(address("series", cast.node.pk), {"name": "Mine"})
        client.post(address("one_series", series.pk), {"name": "Mine"})
        client.post(address("end_series", series.pk))
        client.post(
            address("repeat", gathering.pk), {"starts": "15:00", "ends": "17:00", "day": ["2026-03-03"]}
        )
        with pytest.raises(NotAllowed):
            services.plan_like(gathering, [hours("2026-03-03")], actor=getattr(cast, who))
    series.refresh_from_db()
    assert (series.name, series.ended_on, Series.objects.count()) == ("Workshops", None, 1)
    assert Gathering.objects.count() == 1


def test_what_was_planned_is_taken_back_by_the_team_and_only_that(client, cast):
    source = GatheringFactory(community=cast.node)
    _made, entry = services.plan_like(source, [hours("2026-03-03")], actor=cast.rosa)
    undo = address("take_back", cast.node.pk, entry.pk)
    for who in OTHERS:
        client.force_login(getattr(cast, who))
        assert client.post(undo).status_code in {403, 404}, who
    client.force_login(cast.rosa)
    other = JournalEntry.objects.exclude(fact="gatherings.cloned").first()
    if other is not None:
        assert client.post(address("take_back", cast.node.pk, other.pk)).status_code == 404
    assert client.post(address("take_back", cast.sister.pk, entry.pk)).status_code == 404
    assert Gathering.objects.count() == 2
    client.post(undo)
    assert list(Gathering.objects.all()) == [source]
