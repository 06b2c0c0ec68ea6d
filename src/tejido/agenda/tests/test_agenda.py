"""An agenda is written on a phone, kept while it runs, and read by everybody who comes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tejido.agenda import selectors, services
from tejido.agenda.models import Segment
from tejido.agenda.tests import factories as make
from tejido.agenda.usual import USUAL
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person
from tejido.directory.tests.factories import OrganisationFactory
from tejido.foundation import journal
from tejido.foundation.errors import Refusal
from tejido.foundation.models import JournalEntry
from tejido.gatherings.services import plan_like
from tejido.gatherings.tests.factories import GatheringFactory

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"agenda:{name}", args=args)


def titles(gathering):
    return [row.title for row in selectors.segments_of(gathering)]


@pytest.fixture
def rosa(client, cast):
    client.force_login(cast.rosa)
    return client


SAID = {"title": "World Café", "kind": "discussion", "minutes": "60", "save": "1"}


def test_a_part_is_added_with_who_leads_it_and_members_read_it(rosa, cast):
    gathering = GatheringFactory(community=cast.node)
    museum = OrganisationFactory(name="Museo del Agua")
    found = rosa.post(address("add", gathering.pk), {**SAID, "search": "museo", "find": "1"})
    assert found.status_code == 200
    assert f'value="organisation:{museum.pk}"' in found.text
    assert not Segment.objects.exists(), "searching does not save"
    led_by = [f"person:{cast.ana.person.pk}", f"organisation:{museum.pk}"]
    rosa.post(address("add", gathering.pk), {**SAID, "search": "ana", "led_by": led_by, "guest": "Ms. Rain"})
    row = selectors.segments_of(gathering)[0]
    assert [one.person for one in row.leadings.all()] == [cast.ana.person]
    assert (row.organisation, row.guest, row.position) == (museum, "Ms. Rain", 1)
    rosa.force_login(cast.ana)
    page = rosa.get(reverse("gatherings:gathering", args=[gathering.pk])).text
    assert "World Café" in page
    assert "Museo del Agua" in page
    assert address("add", gathering.pk) not in rosa.get(address("agenda", gathering.pk)).text


def test_whoever_is_not_known_to_the_writer_leads_nothing(cast):
    gathering = GatheringFactory(community=cast.node)
    fields = {"kind": "discussion", "title": "Talk", "minutes": 20, "leaders": [cast.ze.person.pk]}
    with pytest.raises(Refusal, match="directory"):
        services.add_segment(gathering, fields, actor=cast.rosa)
    assert not Segment.objects.exists()


def test_parts_change_places_and_close_the_gap_of_one_that_goes(rosa, cast):
    gathering = GatheringFactory(community=cast.node)
    welcome, kit, cafe = make.agenda(gathering)
    rosa.post(address("move", gathering.pk, cafe.pk), {"to": "up"})
    assert titles(gathering) == ["Welcome", "World Café", "With the kit"]
    rosa.post(address("move", gathering.pk, welcome.pk), {"to": "up"})
    assert titles(gathering) == ["Welcome", "World Café", "With the kit"], "the first stays the first"
    rosa.post(address("remove", gathering.pk, welcome.pk))
    assert [(row.title, row.position) for row in selectors.segments_of(gathering)] == [
        ("World Café", 1),
        ("With the kit", 2),
    ]
    assert not Segment.objects.filter(pk=welcome.pk).exists()
    assert kit.gathering_id == gathering.pk


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"minutes": "0"}, "greater"), ({"title": ""}, "required"), ({"kind": "nap"}, "valid choice")],
)
def test_what_cannot_be_comes_back_with_a_word(rosa, cast, wrong, words):
    gathering = GatheringFactory(community=cast.node)
    answer = rosa.post(address("add", gathering.pk), {**SAID, **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert not Segment.objects.exists()


def test_the_time_is_drawn_and_too_much_talk_is_said_to_the_team_only(rosa, cast):
    gathering = GatheringFactory(community=cast.node)
    make.part(gathering, "presentation", "Speech", 80)
    make.part(gathering, "discussion", "Questions", 60)
    page = rosa.get(address("agenda", gathering.pk)).text
    assert "More than half of the time somebody presents" in page
    assert "The agenda is 20 minutes longer than the gathering (140 of 120)." in page
    assert "<svg" in page
    rosa.force_login(cast.ana)
    assert "More than half" not in rosa.get(address("agenda", gathering.pk)).text


def test_the_time_of_a_running_agenda_is_kept_tap_by_tap(cast):
    gathering = make.begun(cast.node)
    welcome, kit, cafe = make.agenda(gathering)
    start = gathering.starts_at
    services.begin_segment(welcome, actor=cast.rosa, now=start)
    services.begin_segment(kit, actor=cast.rosa, now=start + timedelta(minutes=25))
    rows = selectors.shown(gathering, selectors.segments_of(gathering))
    clock = selectors.clock_of(rows, start + timedelta(minutes=35))
    assert (clock.now.segment, clock.next.segment) == (kit, cafe)
    assert (clock.passed, clock.remains, clock.late) == (10, 35, 10)
    assert selectors.clock_of(rows, start + timedelta(minutes=80)).late == 20, (
        "over its time adds to the delay"
    )
    services.end_segment(kit, actor=cast.rosa, now=start + timedelta(minutes=65))
    measured = selectors.minutes_in([gathering.pk])[gathering.pk]
    assert measured == {
        "planned": {"social": 15, "hands_on": 45, "discussion": 60},
        "actual": {"social": 25, "hands_on": 40},
    }


def test_a_slip_of_the_finger_goes_back_tap_by_tap(cast):
    gathering = make.begun(cast.node)
    welcome, kit, _cafe = make.agenda(gathering)
    services.begin_segment(welcome, actor=cast.rosa, now=gathering.starts_at)
    services.begin_segment(kit, actor=cast.rosa, now=gathering.starts_at + timedelta(minutes=3))
    assert services.take_back(gathering, actor=cast.rosa)
    welcome.refresh_from_db()
    kit.refresh_from_db()
    assert welcome.runs
    assert kit.started_at is None
    assert services.take_back(gathering, actor=cast.rosa)
    assert not services.take_back(gathering, actor=cast.rosa)
    assert not gathering.segments.exclude(started_at=None).exists()


def test_a_tap_that_arrives_twice_is_done_once(rosa, cast):
    gathering = make.begun(cast.node)
    welcome, _kit, _cafe = make.agenda(gathering)
    tap = {"segment": welcome.pk, "act": str(uuid4())}
    rosa.post(address("begin", gathering.pk), tap)
    rosa.post(address("begin", gathering.pk), tap)
    assert JournalEntry.objects.filter(fact="agenda.segment_begun").count() == 1
    back = {"act": str(uuid4())}
    rosa.post(address("begin", gathering.pk), {"segment": _kit.pk})
    rosa.post(address("back", gathering.pk), back)
    rosa.post(address("back", gathering.pk), back)
    welcome.refresh_from_db()
    assert welcome.runs, "sent twice, it went back once"


def test_two_helpers_tap_next_on_the_same_page_and_one_part_begins(cast):
    gathering = make.begun(cast.node)
    welcome, kit, _cafe = make.agenda(gathering)
    services.begin_segment(welcome, actor=cast.rosa)
    first = services.begin_segment(kit, actor=cast.rosa)
    second = services.begin_segment(kit, actor=cast.ines)
    assert first.started_at == second.started_at
    assert not services.end_segment(welcome, actor=cast.ines), "what is over is not ended again"


def test_the_clock_does_not_run_days_before_and_nothing_begins_twice(client, cast):
    ahead = GatheringFactory(community=cast.node, starts_at=timezone.now() + timedelta(days=2))
    with pytest.raises(Refusal, match="twelve hours"):
        services.begin_segment(make.part(ahead), actor=cast.rosa)
    client.force_login(cast.rosa)
    page = client.get(reverse("agenda:run", args=[ahead.pk])).text
    assert "twelve hours" in page
    assert reverse("agenda:begin", args=[ahead.pk]) not in page  # no button that would be refused
    gathering = make.begun(cast.node)
    only = make.part(gathering)
    services.begin_segment(only, actor=cast.rosa)
    services.end_segment(only, actor=cast.rosa)
    with pytest.raises(Refusal, match="over"):
        services.begin_segment(only, actor=cast.rosa)


def test_the_running_page_says_what_is_now_and_asks_again_by_itself(rosa, cast):
    gathering = make.begun(cast.node)
    welcome, kit, _cafe = make.agenda(gathering)
    assert "It has not begun" in rosa.get(address("run", gathering.pk)).text
    rosa.post(address("begin", gathering.pk), {"segment": welcome.pk})
    page = rosa.get(address("run", gathering.pk), headers={"hx-request": "true"}).text
    assert "<html" not in page
    assert "15 minutes left of 15" in page
    assert kit.title in page
    assert 'hx-trigger="every 20s"' in page


def test_minutes_written_down_afterwards_overrule_the_clock(rosa, cast):
    gathering = make.begun(cast.node)
    row = make.part(gathering)
    services.begin_segment(row, actor=cast.rosa)
    services.end_segment(row, actor=cast.rosa)
    rosa.post(address("change", gathering.pk, row.pk), {**SAID, "took": "33"})
    row.refresh_from_db()
    assert row.actual_minutes == 33


def test_gatherings_planned_like_another_begin_with_its_agenda_but_not_with_its_clock(cast):
    source = make.begun(cast.node)
    row = make.part(source, leaders=[cast.ana.person.pk])
    services.begin_segment(row, actor=cast.rosa)
    others = [GatheringFactory(community=cast.node) for _n in range(2)]
    services.carry_over(source.pk, [other.pk for other in others])
    services.carry_over(source.pk, [other.pk for other in others])
    for other in others:
        (copy,) = selectors.segments_of(other)
        assert (copy.title, copy.started_at) == (row.title, None)
        assert [one.person for one in copy.leadings.all()] == [cast.ana.person]


def test_who_led_what_is_told_to_the_indicators(cast, django_assert_num_queries):
    gathering = make.begun(cast.node)
    museum = OrganisationFactory()
    make.part(gathering, leaders=[cast.ana.person.pk], organisation=museum, guest="Ms. Rain")
    with django_assert_num_queries(2):
        (led,) = selectors.led_in([gathering.pk])
    assert (led.person_ids, led.organisation_id, led.guest) == ((cast.ana.person.pk,), museum.pk, "Ms. Rain")


def test_the_database_holds_what_is_always_true(cast):
    gathering = make.begun(cast.node)
    now = timezone.now()
    for wrong in (
        {"minutes": 0},
        {"took": 0},
        {"ended_at": now},
        {"started_at": now, "ended_at": now - timedelta(minutes=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Segment.objects.create(
                **{"gathering": gathering, "position": 1, "title": "T", "minutes": 5, **wrong}
            )
    Segment.objects.create(gathering=gathering, position=1, title="T", minutes=5, started_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Segment.objects.create(gathering=gathering, position=2, title="U", minutes=5, started_at=now)
    with pytest.raises(ValidationError):
        make.part(gathering, minutes=601)


def test_an_agenda_costs_the_same_with_sixty_parts(rosa, cast, django_assert_max_num_queries):
    gathering = make.begun(cast.node)
    people = [MembershipFactory(community=cast.node).person.pk for _n in range(5)]
    for number in range(services.MOST_SEGMENTS):
        make.part(gathering, title=f"Part {number}", leaders=people)
    with pytest.raises(Refusal, match="60"):
        make.part(gathering)
    for name in ("agenda", "run"):
        with django_assert_max_num_queries(9):
            assert "Part 59" in rosa.get(address(name, gathering.pk)).text
    with django_assert_max_num_queries(8):
        rosa.get(reverse("gatherings:gathering", args=[gathering.pk]))
    with django_assert_max_num_queries(12):
        rosa.get(address("change", gathering.pk, gathering.segments.first().pk))
    assert Person.objects.filter(segments_led__gathering=gathering).distinct().count() == 5


@pytest.mark.parametrize("kind", list(USUAL))
def test_an_agenda_begins_as_usual_for_its_kind_within_the_thresholds(rosa, cast, kind):
    gathering = GatheringFactory(community=cast.node, kind=kind)
    rosa.post(address("as_usual", gathering.pk))
    rows = selectors.segments_of(gathering)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert sum(row.minutes for row in rows) == 120
    assert selectors.mix_of(rows).detail["warnings"] == []
    again = rosa.post(address("as_usual", gathering.pk), follow=True)
    assert "There is an agenda already" in again.text
    assert gathering.segments.count() == len(rows)


def test_where_nothing_is_usual_it_says_so(rosa, cast):
    gathering = GatheringFactory(community=cast.node, kind="other")
    assert "Nothing is usual" in rosa.post(address("as_usual", gathering.pk), follow=True).text
    assert not gathering.segments.exists()


def test_the_panel_tells_the_same_in_one_question(cast, django_assert_num_queries):
    gathering = make.begun(cast.node)
    museum, beto = OrganisationFactory(), MembershipFactory(community=cast.node).person
    make.part(
        gathering, title="A", leaders=[cast.ana.person.pk, beto.pk], organisation=museum, guest="Ms. Rain"
    )
    make.part(gathering, title="B")
    make.part(gathering, title="C", leaders=[beto.pk])
    whole = selectors.shown(gathering, selectors.segments_of(gathering))
    with django_assert_num_queries(1):
        brief = selectors.in_one_question(gathering)
    assert brief == whole


def test_a_whole_term_begins_with_the_agenda_of_the_one_it_is_like(cast):
    source = GatheringFactory(community=cast.node)
    make.agenda(source)
    times = [(source.starts_at + timedelta(weeks=n), source.ends_at + timedelta(weeks=n)) for n in (2, 4, 6)]
    made, _entry = plan_like(source, times, actor=cast.rosa)
    journal.pay_all()
    assert [titles(gathering) for gathering in made] == [["Welcome", "With the kit", "World Café"]] * 3
