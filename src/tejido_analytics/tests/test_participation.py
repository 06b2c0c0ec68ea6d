"""Who takes part, who stays, who comes once: each number by hand, and every case in which there is none."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido_analytics import participation as part
from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.options import Options
from tejido_analytics.tables import Attendance, Gathering, Invitation, Membership, Period, Person, Tables
from tejido_analytics.tests.samples import YEAR, YEAR_BEFORE, came, crowd, day

STORY = came(
    first=(day(5, year=2022), "luz"),
    before=(day(5, year=2023), "ana eva"),
    one=(day(3), "ana luz"),
    two=(day(4), "ana zoe"),
    three=(day(5), "ana"),
)


def test_a_year_s_story_in_numbers() -> None:
    activity = Activity(STORY)
    assert part.active_members(activity, YEAR).value == 3
    kept = part.retention(activity, YEAR, YEAR_BEFORE)
    assert (kept.value, kept.numerator, kept.denominator) == (0.5, 1, 2)
    assert kept.detail["not_active_any_more"] == ["eva"]
    assert part.newcomers(activity, YEAR).detail["people"] == ["zoe"]
    assert part.returners(activity, YEAR, YEAR_BEFORE).detail["people"] == ["luz"]
    assert part.drop_in_share(activity, YEAR).detail["people"] == ["zoe"]
    assert part.core_share(activity, YEAR).detail["people"] == ["ana"]


def test_coming_once_counts_the_whole_history_and_nothing_after_the_period() -> None:
    later = came(g=(day(5), "ana"), h=(day(5, year=2025), "ana"))
    assert part.drop_in_share(Activity(later), YEAR).value == 1
    assert part.drop_in_share(Activity(later), Period(day(1), day(12, 31, 2025))).value == 0


def test_visitors_are_counted_apart_from_members() -> None:
    tables = dataclasses.replace(
        came(g=(day(5), "ana eva luz")),
        memberships=[Membership("ana", day(1)), Membership("eva", day(1), day(2)), Membership("luz", day(6))],
    )
    found = part.active_members(Activity(tables), Period(day(5), day(5, 31)))
    assert found.value == 1
    assert found.missing[reasons.VISITORS] == 2
    # luz joined in June: within the year she is an active member.
    assert part.active_members(Activity(tables), YEAR).value == 3


@pytest.mark.parametrize(("attended", "core"), [(3, True), (2, False)])
def test_sixty_per_cent_of_five_is_three(attended: int, *, core: bool) -> None:
    meetings = {f"g{n}": (day(n + 1), "eva ana" if n < attended else "eva") for n in range(5)}
    assert ("ana" in part.core_share(Activity(came(**meetings)), YEAR).detail["people"]) is core


def test_only_the_gatherings_somebody_was_invited_to_count_for_being_core() -> None:
    meetings = {f"g{n}": (day(n + 1), "ana eva" if n < 3 else "eva") for n in range(6)}
    tables = came(**meetings)
    asked = [Invitation("ana", f"g{n}") for n in range(3)] + [Invitation("eva", f"g{n}") for n in range(6)]
    found = part.core_share(Activity(dataclasses.replace(tables, invitations=asked)), YEAR)
    assert found.detail["people"] == ["ana", "eva"]
    assert part.core_share(Activity(tables), YEAR).detail["people"] == ["eva"]


def test_nobody_is_core_by_two_gatherings() -> None:
    found = part.core_share(Activity(came(g=(day(5), "ana"), h=(day(6), "ana"))), YEAR)
    assert (found.value, found.because) == (None, reasons.TOO_FEW_GATHERINGS)


def test_a_sheet_that_nobody_filled_in_is_no_absence() -> None:
    tables = came(g=(day(3), "ana"), h=(day(4), "ana"), i=(day(5), "ana"))
    empty_sheet = dataclasses.replace(tables, gatherings=[*tables.gatherings, Gathering("j", day(6))])
    activity = Activity(empty_sheet)
    assert part.core_share(activity, YEAR).value == 1
    assert part.active_members(activity, YEAR).missing[reasons.GATHERINGS_WITHOUT_ATTENDANCE] == 1


def test_a_gathering_to_which_nobody_came_is_an_answer_and_an_empty_sheet_is_not() -> None:
    nobody = Tables(gatherings=[Gathering("g", day(5))], attendance=[Attendance("ana", "g", "absent")])
    assert part.active_members(Activity(nobody), YEAR).value == 0
    assert part.drop_in_share(Activity(nobody), YEAR).because == reasons.NOBODY_ACTIVE
    silent = Tables(gatherings=[Gathering("g", day(5))])
    assert part.active_members(Activity(silent), YEAR).because == reasons.NO_ATTENDANCE
    assert part.active_members(Activity(silent), YEAR_BEFORE).because == reasons.NO_GATHERINGS_IN_PERIOD
    assert part.active_members(Activity(Tables()), YEAR).because == reasons.NO_GATHERINGS


def test_where_the_records_begin_everybody_is_new_and_it_says_so() -> None:
    found = part.newcomers(Activity(came(g=(day(5), "ana eva"))), YEAR)
    assert found.value == 2
    assert found.missing == {reasons.NOTHING_BEFORE: 1}


def test_people_without_consent_count_and_are_not_named() -> None:
    tables = dataclasses.replace(
        STORY, people=[Person("zoe", consent=False), *map(Person, ("ana", "eva", "luz"))]
    )
    activity = Activity(tables)
    assert part.newcomers(activity, YEAR).value == 1
    assert part.newcomers(activity, YEAR).detail["people"] == []


def test_where_consent_was_asked_silence_is_not_consent() -> None:
    asked = dataclasses.replace(STORY, people=[Person("ana"), Person("eva", consent=False)])
    assert Activity(asked).consenting == {"ana"}
    never_asked = dataclasses.replace(STORY, people=[Person("ana")])
    assert "zoe" in Activity(never_asked).consenting


def test_a_person_listed_twice_consents_only_if_both_rows_say_so() -> None:
    rows = [Person("ana", school="s1"), Person("ana", consent=False, district="north")]
    for order in (rows, rows[::-1]):
        merged = Activity(Tables(people=order)).people["ana"]
        assert merged == Person("ana", school="s1", district="north", consent=False)


def test_cohorts_by_hand() -> None:
    found = part.cohort_retention(Activity(STORY), YEAR, YEAR_BEFORE, Options(suppress=False))
    rows = found.detail["rows"]
    assert [row["size"] for row in rows] == [1, 2, 1]
    assert [[cell["count"] for cell in row["cells"]] for row in rows] == [[1, 0, 1], [2, 1], [1]]
    # Of luz, ana and eva, only ana came in the period right after her first.
    assert found.value == pytest.approx(1 / 3)
    assert [start.year for start, _end in found.detail["periods"]] == [2022, 2023, 2024]


def test_small_cohorts_are_hidden_with_another() -> None:
    story = came(a=(day(5, year=2022), crowd(9)), b=(day(5, year=2023), crowd(12)), c=(day(5), crowd(20)))
    rows = part.cohort_retention(Activity(story), YEAR, YEAR_BEFORE).detail["rows"]
    assert [row["size"] for row in rows] == [9, None, None] or [row["size"] for row in rows] == [
        None,
        None,
        8,
    ]
    assert sum(row["because"] == reasons.SUPPRESSED for row in rows) == 1


def test_terms_of_the_community_s_own_make_the_cohorts() -> None:
    terms = (Period(day(2, year=2023), day(6, 30, 2023)), Period(day(8, year=2023), day(12, 15, 2023)))
    story = came(a=(day(3, year=2023), "ana"), b=(day(9, year=2023), "ana"), c=(day(3), "ana"))
    found = part.cohort_retention(Activity(story), YEAR, terms[1], Options(periods=terms, suppress=False))
    assert found.detail["periods"] == [[term.start, term.end] for term in (*terms, YEAR)]
    assert found.value == 1


names = st.sampled_from([f"p{n}" for n in range(8)])
meetings = st.lists(st.tuples(st.integers(0, 1095), st.sets(names, min_size=1)), min_size=1, max_size=8)


@given(meetings)
@settings(max_examples=100, deadline=None)
def test_the_parts_of_a_year_add_up_and_cohorts_hold_everybody(rows: list[tuple[int, set[str]]]) -> None:
    import datetime as dt

    start = day(1, year=2022)
    activity = Activity(
        came(
            **{f"g{n}": (start + dt.timedelta(days=d), " ".join(sorted(p))) for n, (d, p) in enumerate(rows)}
        )
    )
    earlier = YEAR.previous()
    active = part.active_members(activity, YEAR)
    if active.value is None:
        return
    fresh, back = part.newcomers(activity, YEAR), part.returners(activity, YEAR, earlier)
    kept = part.retention(activity, YEAR, earlier).numerator or 0
    assert fresh.value + back.value + kept == active.value
    table = part.cohort_retention(activity, YEAR, earlier, Options(suppress=False)).detail
    until = {p for d, people in rows if start + dt.timedelta(days=d) <= YEAR.end for p in people}
    assert sum(row["size"] for row in table["rows"]) == len(until)
    last_column = sum(row["cells"][-1]["count"] for row in table["rows"])
    assert last_column == active.value
