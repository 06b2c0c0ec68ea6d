"""What is stored of a community and period: the library's own numbers, read in a fixed number of queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test.utils import CaptureQueriesContext

from tejido.accounts.services import system_account
from tejido.communities.services import define_periods
from tejido.directory.models import Purpose
from tejido.directory.services import set_attribute
from tejido.directory.tests.factories import SchoolFactory, TerritoryFactory, consents
from tejido.foundation.errors import NotAllowed
from tejido.gatherings.models import Attendance
from tejido.gatherings.services import invite, record_tables
from tejido.gatherings.tests.factories import GatheringFactory, was_at
from tejido.insights import periods, services
from tejido.insights.models import IndicatorValue, Insight, Position
from tejido.insights.policies import Eyes
from tejido.insights.selectors import tables_for, values_of
from tejido.insights.tests.factories import insight, met, teacher, teachers
from tejido_analytics.catalogue import DEFINITIONS
from tejido_analytics.options import Options
from tejido_analytics.panorama import panorama
from tejido_analytics.tables import Period

pytestmark = pytest.mark.django_db
EVERYTHING = Eyes(ties=True, team=True, small_groups=True)


def test_the_stored_numbers_are_those_of_the_library_on_the_same_rows(cast):
    people = teachers(cast.node, 8)
    met(cast.node, people[:5], ago=500)
    met(cast.node, people[1:7], ago=200)
    met(cast.node, people[2:], ago=20)

    stored = insight(cast.node)

    period = Period(stored.starts_on, stored.ends_on)
    for is_uncut in (True, False):
        seen = panorama(
            tables_for(cast.node),
            period,
            period.previous(),
            Options(as_of=cast.node.today, suppress=not is_uncut),
        )
        values = values_of(stored, Eyes(small_groups=is_uncut))
        assert values.keys() == DEFINITIONS.keys()
        for name, one in seen.indicators.items():
            kept = values[name]
            assert (kept.value, kept.because, kept.n) == (one.value, one.because, one.n), name
            assert (kept.previous, kept.missing) == (one.previous, dict(one.missing)), name
    assert values_of(stored, EVERYTHING)["active_members"].value == 7
    assert values_of(stored, EVERYTHING)["retention"].value == pytest.approx(4 / 5)


def test_reading_the_rows_costs_the_same_for_few_and_for_many(cast, django_assert_max_num_queries):
    def rows(number):
        people = teachers(cast.node, number)
        for ago in range(10, 10 + number):
            met(cast.node, people, ago=ago)
        with django_assert_max_num_queries(20) as counted:
            tables_for(cast.network)
        return len(counted)

    assert rows(2) == rows(9)


def test_people_without_consent_count_but_are_in_no_tie_and_no_list(cast):
    open_ones = teachers(cast.node, 4)
    silent = teacher(cast.node, consent=False)
    refusing = teacher(cast.node)
    consents(refusing, Purpose.ANALYTICS, given=False)
    met(cast.node, [*open_ones, silent, refusing], ago=10)

    stored = insight(cast.node)

    values = values_of(stored, EVERYTHING)
    assert values["active_members"].value == 6
    assert values["density"].n == 4
    shown = {row[0] for row in stored.network.people}
    assert shown == {person.pk for person in open_ones}
    hidden = {str(silent.pk), str(refusing.pk)}
    for value in values.values():
        assert not hidden & set(value.detail.get("people", [])), value.indicator


def test_a_person_brings_attributes_and_skills_only_with_consent(cast):
    open_one, silent = teacher(cast.node), teacher(cast.node, consent=False)
    for person in (open_one, silent):
        set_attribute(person, "origin", "rural", actor=system_account())
    read = {person.id: person for person in tables_for(cast.node).people}
    assert read[str(open_one.pk)].attributes == {"origin": "rural"}
    assert read[str(silent.pk)].attributes == {}


def test_the_invited_of_a_nodes_gathering_are_the_nodes_members_not_the_networks(cast):
    ours, theirs = teachers(cast.node, 3), teachers(cast.sister, 5)
    met(cast.node, ours, ago=10)
    assert theirs
    values = values_of(insight(cast.network), EVERYTHING)
    # Ana is a member of the node too, and did not come.
    assert (values["attendance_rate"].numerator, values["attendance_rate"].denominator) == (3, 4)


def test_a_gathering_by_invitation_counts_the_invited(cast):
    people = teachers(cast.node, 4)
    gathering = met(cast.node, people[:2], ago=10)
    invite(gathering, people[:3], actor=system_account())
    values = values_of(insight(cast.node), EVERYTHING)
    assert (values["attendance_rate"].numerator, values["attendance_rate"].denominator) == (2, 3)


def test_tables_make_ties_and_a_seat_without_attendance_makes_none(cast):
    people = teachers(cast.node, 4)
    gathering = met(cast.node, people[:3], ago=10)
    a, b, c, absent = (person.pk for person in people)
    record_tables(gathering, 1, [[a, b], [c, absent]], actor=system_account())
    stored = insight(cast.node)
    ids = [row[0] for row in stored.network.people]
    assert [{ids[x], ids[y]} for x, y, *_rest in stored.network.ties] == [{a, b}]
    assert stored.network.ties[0][5] == [gathering.pk]


def test_days_are_those_of_the_communitys_time_zone(cast):
    from datetime import UTC, datetime, timedelta

    late = datetime(2025, 1, 1, 2, tzinfo=UTC)  # still New Year's Eve in Bogotá
    gathering = GatheringFactory(community=cast.node, starts_at=late, ends_at=late + timedelta(hours=1))
    read = {row.id: row for row in tables_for(cast.node).gatherings}
    assert read[str(gathering.pk)].date == date(2024, 12, 31)


def test_the_register_of_the_territory_is_one_only_where_more_is_known_than_the_members_schools(cast):
    commune = TerritoryFactory()
    cast.node.territory = commune
    cast.node.save()
    own = SchoolFactory(territory=commune, register="cl-rbd", code="1")
    teacher(cast.node, school=own)
    assert not tables_for(cast.node).schools_are_register
    SchoolFactory(territory=commune, register="cl-rbd", code="2")
    assert tables_for(cast.node).schools_are_register


def test_an_insight_is_replaced_by_the_next_one_and_positions_are_kept(cast):
    people = teachers(cast.node, 6)
    met(cast.node, people, ago=30)
    first = insight(cast.node)
    places = {row[0]: row[1:3] for row in first.network.people}
    met(cast.node, people[:3], ago=5)

    second = insight(cast.node)

    assert list(Insight.objects.filter(community=cast.node)) == [second]
    assert Position.objects.filter(community=cast.node).count() == 6
    moved = {row[0]: row[1:3] for row in second.network.people}
    assert moved.keys() == places.keys()
    for person, (x, y) in places.items():
        assert abs(moved[person][0] - x) < 0.35 and abs(moved[person][1] - y) < 0.35


def test_p_minus_one_of_an_own_period_is_the_own_period_before(cast):
    terms = [("I", date(2024, 1, 1), date(2024, 5, 31)), ("II", date(2024, 7, 1), date(2024, 12, 31))]
    define_periods(cast.node, terms, actor=cast.rosa)
    stored = services.compute_insight(
        cast.node, Period(date(2024, 7, 1), date(2024, 12, 31)), actor=cast.rosa
    )
    assert (stored.previous_starts_on, stored.previous_ends_on) == (date(2024, 1, 1), date(2024, 5, 31))


def test_only_so_many_loose_insights_are_kept_but_all_of_own_periods(cast):
    from tejido.insights.services.computing import KEPT

    define_periods(cast.node, [("I", date(2020, 1, 1), date(2020, 5, 31))], actor=cast.rosa)
    services.compute_insight(cast.node, Period(date(2020, 1, 1), date(2020, 5, 31)), actor=cast.rosa)
    for day in range(1, KEPT + 4):
        services.compute_insight(cast.node, Period(date(2023, 1, day), date(2023, 6, 1)), actor=cast.rosa)
    kept = Insight.objects.filter(community=cast.node)
    assert kept.count() == KEPT + 1
    assert kept.filter(starts_on=date(2020, 1, 1)).exists()
    assert not kept.filter(starts_on=date(2023, 1, 1)).exists()


def test_an_empty_community_says_why_there_is_nothing(cast):
    values = values_of(insight(cast.elsewhere), EVERYTHING)
    assert all(value.value is None and value.because for value in values.values())


def test_who_does_not_see_a_community_computes_nothing_of_it(cast):
    with pytest.raises(NotAllowed):
        services.compute_last_twelve_months(cast.node, actor=cast.ze)
    assert not Insight.objects.exists()


def test_absence_alone_is_no_attendance(cast):
    people = teachers(cast.node, 3)
    gathering = met(cast.node, people[:2], ago=10)
    was_at(gathering, people[2], status=Attendance.Status.EXCUSED)
    assert values_of(insight(cast.node), EVERYTHING)["active_members"].value == 2


def test_the_database_keeps_a_value_or_a_reason_never_both(cast):
    stored = insight(cast.node)
    value = IndicatorValue.objects.filter(insight=stored).first()
    value.value, value.because = 1.0, "something"
    with pytest.raises(ValidationError):
        value.full_clean()


def test_last_twelve_months_is_the_default_choice(cast):
    stored = insight(cast.node)
    today = cast.node.today
    assert stored.is_rolling
    assert (stored.starts_on, stored.ends_on) == (
        periods.last_twelve_months(today).start,
        periods.last_twelve_months(today).end,
    )


def test_computing_takes_few_queries_whatever_the_size(cast):
    from django.db import connection

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as counted:
            insight(cast.node)
        return len(counted)

    met(cast.node, teachers(cast.node, 3), ago=10)
    insight(cast.node)
    few = queries()
    for ago in range(20, 30):
        met(cast.node, teachers(cast.node, 4), ago=ago)
    insight(cast.node)
    assert queries() <= few + 2
