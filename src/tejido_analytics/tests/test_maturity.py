"""Four levels of working together: what reaches each, what is missing, and what does not count."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido_analytics.activity import Activity
from tejido_analytics.maturity import (
    ADVICE,
    ADVICE_BOTH_WAYS,
    AGREEMENT,
    EXCHANGE,
    EXCHANGES,
    GATHERING,
    IN_FORCE,
    JOINT_WORK,
    KINDS,
    LEVELS,
    PERIODS,
    SHARED_GATHERINGS,
    WORK_DONE,
    Act,
    Thresholds,
    acts_of_schools,
    maturity,
    maturity_of_pairs,
)
from tejido_analytics.tables import Attendance, Gathering, Period, Person, Tables, Tie

TODAY = dt.date(2024, 12, 31)
NOW, BEFORE = dt.date(2024, 5, 1), dt.date(2023, 5, 1)
BOTH = ("s1", "s2")


def year(day: dt.date) -> list[Act]:
    """All that collaboration takes, done on one day."""
    return [
        Act(GATHERING, BOTH, day),
        Act(EXCHANGE, BOTH, day),
        Act(ADVICE, BOTH, day),
        Act(JOINT_WORK, BOTH, day),
    ]


ALL = [*year(BEFORE), *year(NOW), Act(ADVICE, BOTH[::-1], NOW), Act(AGREEMENT, BOTH, BEFORE)]

LADDER = [
    ([], "none", [SHARED_GATHERINGS]),
    (year(NOW)[:1], "association", [EXCHANGES]),
    (year(NOW)[:2], "association", [EXCHANGES]),
    (year(NOW)[:3], "cooperation", [WORK_DONE]),
    (year(NOW), "collaboration", [PERIODS, ADVICE_BOTH_WAYS, IN_FORCE]),
    ([*year(NOW), *year(BEFORE)], "collaboration", [ADVICE_BOTH_WAYS, IN_FORCE]),
    (ALL[:-1], "collaboration", [IN_FORCE]),
    (ALL, "collegiality", []),
]


@pytest.mark.parametrize(("acts", "level", "missing"), LADDER)
def test_each_level_asks_for_one_thing_more_and_says_which(
    acts: list[Act], level: str, missing: list[str]
) -> None:
    for judged in (maturity(acts, TODAY), maturity(acts, TODAY, parties=BOTH)):
        assert (judged.name, [one.code for one in judged.missing]) == (level, missing)
        assert judged.level == LEVELS.index(level)


def test_what_is_missing_says_how_much_of_it() -> None:
    judged = maturity(year(NOW)[:2], TODAY)
    (condition,) = judged.missing
    assert (condition.found, condition.needed, condition.holds) == (1, 2, False)


def test_a_higher_deed_without_the_lower_ones_raises_nobody() -> None:
    assert maturity([Act(JOINT_WORK, BOTH, NOW), Act(AGREEMENT, BOTH, NOW)], TODAY).level == 0
    assert maturity([Act(GATHERING, BOTH, NOW), Act(JOINT_WORK, BOTH, NOW)], TODAY).level == 1


NOT_COUNTED = [
    ("work that is not finished", Act(JOINT_WORK, BOTH, None), 2),
    ("work finished long ago", Act(JOINT_WORK, BOTH, dt.date(2023, 12, 1)), 2),
    ("work of the day after", Act(JOINT_WORK, BOTH, dt.date(2025, 1, 1)), 2),
    ("work of today", Act(JOINT_WORK, BOTH, TODAY), 3),
    ("work on the first day of the window", Act(JOINT_WORK, BOTH, dt.date(2024, 1, 2)), 3),
    ("work on the day before it", Act(JOINT_WORK, BOTH, dt.date(2024, 1, 1)), 2),
]


@pytest.mark.parametrize(("what", "act", "level"), NOT_COUNTED)
def test_only_what_was_finished_within_twelve_months_counts(what: str, act: Act, level: int) -> None:
    assert maturity([*year(NOW)[:3], act], TODAY).level == level, what


AGREEMENTS = [
    (Act(AGREEMENT, BOTH, None), True),
    (Act(AGREEMENT, BOTH, BEFORE, TODAY), True),
    (Act(AGREEMENT, BOTH, BEFORE, dt.date(2024, 12, 30)), False),
    (Act(AGREEMENT, BOTH, dt.date(2025, 1, 1)), False),
]


@pytest.mark.parametrize(("agreement", "holds"), AGREEMENTS)
def test_an_agreement_counts_while_it_is_in_force(agreement: Act, holds: bool) -> None:
    assert (maturity([*ALL[:-1], agreement], TODAY).level == 4) is holds


def test_periods_may_be_the_community_s_own_and_thresholds_are_settings() -> None:
    terms = (Period(dt.date(2024, 2, 1), dt.date(2024, 6, 30)), Period(dt.date(2024, 8, 1), TODAY))
    same_year = [
        *year(NOW),
        *year(dt.date(2024, 9, 1)),
        Act(ADVICE, BOTH[::-1], NOW),
        Act(AGREEMENT, BOTH, NOW),
    ]
    assert maturity(same_year, TODAY).level == 3
    assert maturity(same_year, TODAY, Thresholds(own_periods=terms)).level == 4
    assert maturity(same_year, TODAY, Thresholds(periods=1)).level == 4
    assert maturity(same_year, TODAY, Thresholds(exchanges=6)).level == 1
    with pytest.raises(ValueError, match="at least 1"):
        Thresholds(exchanges=0)


def test_pairs_are_judged_by_what_the_two_did_and_a_community_by_what_any_did() -> None:
    acts = [
        *year(NOW),
        Act(GATHERING, ("s1", "s2", "s3"), NOW),
        Act(ADVICE, ("s3", "s1", "s2"), NOW),
        Act(ADVICE, ("s1", "s3"), NOW),
    ]
    assert [(one.parties, one.name) for one in maturity_of_pairs(acts, TODAY)] == [
        (("s1", "s2"), "collaboration"),
        (("s1", "s3"), "cooperation"),
        (("s2", "s3"), "association"),
    ]
    whole = maturity(acts, TODAY)
    assert whole.level == 3
    assert next(one for one in whole.evidence if one.code == ADVICE_BOTH_WAYS).found == 1


def test_advice_of_one_to_two_others_is_no_advice_between_those_two() -> None:
    pairs = {one.parties for one in maturity_of_pairs([Act(ADVICE, ("s3", "s1", "s2"), NOW)], TODAY)}
    assert pairs == {("s1", "s3"), ("s2", "s3")}


def test_attendance_and_advice_of_people_become_acts_of_their_schools() -> None:
    people = [
        Person("ana", school="s1"),
        Person("eva", school="s2"),
        Person("luz", school="s1"),
        Person("noa"),
    ]
    silent = Person("zoe", school="s3", consent=False)
    tables = Tables(
        people=[*people, silent],
        gatherings=[Gathering("g1", NOW), Gathering("g2", NOW), Gathering("g3", dt.date(2025, 2, 1))],
        attendance=[
            *(Attendance(one, "g1") for one in ("ana", "eva", "noa", "zoe")),
            *(Attendance(one, "g2") for one in ("ana", "luz")),
            *(Attendance(one, "g3") for one in ("ana", "eva")),
        ],
        ties=[
            Tie("ana", "eva", "advice", date=NOW),
            Tie("ana", "luz", "advice", date=NOW),
            Tie("zoe", "eva", "advice", date=NOW),
            Tie("eva", "ana", "advice"),
            Tie("eva", "ana", "worked", date=NOW),
        ],
    )
    assert acts_of_schools(Activity(tables), TODAY) == [
        Act(GATHERING, ("s1", "s2", "s3"), NOW),
        Act(ADVICE, ("s2", "s1"), NOW),  # Ana asked, so Eva's school gave
    ]


def test_a_year_of_cooperation_is_no_period_of_collaboration() -> None:
    """This year all of it, the year before no joint work, the year before that nothing but joint work."""
    acts = [*year(NOW), *year(BEFORE)[:3], Act(JOINT_WORK, BOTH, dt.date(2022, 5, 1))]
    periods = next(one for one in maturity(acts, TODAY).evidence if one.code == PERIODS)
    assert (periods.found, periods.needed) == (1, 2)


def test_acts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        Act("party", BOTH, NOW)
    with pytest.raises(ValueError, match="two different parties"):
        Act(GATHERING, ("s1", "s1"), NOW)


parties = st.lists(st.sampled_from(["s1", "s2", "s3", "s4"]), min_size=2, max_size=4, unique=True).map(tuple)
records = st.lists(
    st.builds(Act, st.sampled_from(KINDS), parties, st.dates(dt.date(2022, 1, 1), dt.date(2025, 3, 1))),
    max_size=30,
)


@given(records, st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_order_changes_nothing_more_acts_never_lower_and_no_pair_passes_its_community(
    acts: list[Act], rnd: random.Random
) -> None:
    whole, pairs = maturity(acts, TODAY), maturity_of_pairs(acts, TODAY)
    again = rnd.sample(acts, len(acts))
    assert (maturity(again, TODAY), maturity_of_pairs(again, TODAY)) == (whole, pairs)
    assert maturity([*acts, Act(EXCHANGE, BOTH, NOW)], TODAY).level >= whole.level
    assert all(one.level <= whole.level for one in pairs)
    assert (whole.missing == ()) == (whole.level == 4)


@given(records)
@settings(max_examples=40, deadline=None)
def test_other_names_for_the_same_parties_change_no_level(acts: list[Act]) -> None:
    other = {"s1": "w", "s2": "v", "s3": "u", "s4": "t"}
    renamed = [Act(act.kind, tuple(other[one] for one in act.parties), act.day, act.until) for act in acts]
    assert maturity(renamed, TODAY).evidence == maturity(acts, TODAY).evidence
    assert {frozenset(one.parties): one.level for one in maturity_of_pairs(renamed, TODAY)} == {
        frozenset(other[party] for party in one.parties): one.level for one in maturity_of_pairs(acts, TODAY)
    }
