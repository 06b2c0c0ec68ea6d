"""How long schools last after a departure: the published table, statsmodels, and stories of schools."""

from __future__ import annotations

import datetime as dt
import random

import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.departures import FollowUp, follow_ups, school_survival
from tejido_analytics.options import Options
from tejido_analytics.panorama import panorama
from tejido_analytics.survival import kaplan_meier
from tejido_analytics.tables import Attendance, Gathering, Membership, Period, Person, Post, Tables

# Weeks in remission of 21 children with leukaemia on 6-mercaptopurine (Freireich et al., Blood 21, 1963, 699-716).
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_WELL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
TIMES, ENDED = RELAPSED + STILL_WELL, [True] * 9 + [False] * 12
# Time, at risk, survival, standard error and log-log interval as Stata's `sts list` prints them; the first three
# columns also in Kleinbaum & Klein, Survival Analysis (2012), table 2.2.
PUBLISHED = [
    (6, 21, 0.8571, 0.0764, 0.6197, 0.9516),
    (7, 17, 0.8067, 0.0869, 0.5631, 0.9228),
    (10, 15, 0.7529, 0.0963, 0.5032, 0.8894),
    (13, 12, 0.6902, 0.1068, 0.4316, 0.8491),
    (16, 11, 0.6275, 0.1141, 0.3675, 0.8049),
    (22, 7, 0.5378, 0.1282, 0.2678, 0.7468),
    (23, 6, 0.4482, 0.1346, 0.1881, 0.6801),
]


def test_freireich_s_remissions_have_their_published_curve() -> None:
    curve = kaplan_meier(TIMES, ENDED)
    found = [(s.time, s.at_risk, s.survival, s.error, s.low, s.high) for s in curve.steps]
    assert len(found) == len(PUBLISHED)
    for ours, theirs in zip(found, PUBLISHED, strict=True):
        assert ours == pytest.approx(theirs, abs=5e-5)
    assert (curve.n, curve.ended, curve.followed) == (21, 9, 35)
    assert (curve.median, curve.median_low, curve.median_high) == (23, 13, None)


def test_the_curve_is_read_between_its_steps_and_not_beyond_what_was_seen() -> None:
    curve = kaplan_meier(TIMES, ENDED)
    assert curve.at(0) == 1
    assert curve.at(9.5) == pytest.approx(0.8067, abs=5e-5)
    assert curve.at(35) == pytest.approx(0.4482, abs=5e-5)
    assert curve.at(36) is None
    assert kaplan_meier([3, 5], [True, True]).at(100) == 0


followed = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=30)


@given(followed)
@settings(max_examples=80, deadline=None)
def test_every_step_equals_statsmodels(rows: list[tuple[int, bool]]) -> None:
    # statsmodels takes no end at time 0: everybody is followed one unit longer there.
    times, ended = [time + 1 for time, _end in rows], [end for _time, end in rows]
    curve = kaplan_meier(times, ended)
    if not any(ended):
        assert curve.steps == ()
        assert curve.median is None
        return
    theirs = sm.SurvfuncRight(times, [int(end) for end in ended])
    assert [step.time for step in curve.steps] == theirs.surv_times.tolist()
    assert [step.at_risk for step in curve.steps] == theirs.n_risk.tolist()
    assert [step.ended for step in curve.steps] == theirs.n_events.tolist()
    assert [step.survival for step in curve.steps] == pytest.approx(theirs.surv_prob.tolist(), abs=1e-12)
    last = curve.steps[-1].survival == 0
    errors = theirs.surv_prob_se.tolist()
    ours = [step.error for step in curve.steps]
    assert ours[: len(ours) - last] == pytest.approx(errors[: len(ours) - last], abs=1e-12)


def test_the_interval_of_the_median_equals_statsmodels() -> None:
    theirs = sm.SurvfuncRight(TIMES, [int(end) for end in ENDED])
    low, high = theirs.quantile_ci(0.5, method="cloglog")
    curve = kaplan_meier(TIMES, ENDED)
    assert curve.median == theirs.quantile(0.5)
    assert curve.median_low == low
    assert curve.median_high is None
    assert high == float("inf")


@given(followed, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_in_which_times_come_changes_nothing(
    rows: list[tuple[int, bool]], rnd: random.Random
) -> None:
    again = rnd.sample(rows, len(rows))
    assert kaplan_meier(*zip(*rows, strict=True)) == kaplan_meier(*zip(*again, strict=True))


def test_times_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="one of each"):
        kaplan_meier([1, 2], [True])
    with pytest.raises(ValueError, match="at least 0"):
        kaplan_meier([-1], [True])
    with pytest.raises(ValueError, match="between 0 and 1"):
        kaplan_meier([1], [True], level=95)


# -- schools ------------------------------------------------------------------------------------------------
MONTHS = [dt.date(2022 + at // 12, at % 12 + 1, 10) for at in range(36)]
LAST = dt.date(2024, 12, 31)
ALL = Period(dt.date(2024, 1, 1), LAST)


def world(came: dict[str, tuple[str, range]], left: dict[str, dt.date]) -> Tables:
    """Monthly gatherings of three years; person -> (school, months at which she came); who left the community when."""
    return Tables(
        people=[Person(person, school=school) for person, (school, _months) in came.items()],
        memberships=[Membership(person, None, left.get(person)) for person in came],
        gatherings=[Gathering(f"g{at}", day) for at, day in enumerate(MONTHS)],
        attendance=[
            Attendance(person, f"g{at}") for person, (_school, months) in came.items() for at in months
        ],
    )


def test_a_school_is_followed_from_the_day_its_first_active_member_leaves() -> None:
    tables = world(
        {
            "ana": ("s1", range(12)),
            "eva": ("s1", range(6, 20)),  # carries on until August 2023, then nobody comes
            "luz": ("s2", range(12)),
            "noa": ("s2", range(36)),  # still there at the end
            "zoe": ("s3", range(36)),  # nobody ever left: not followed
            "pia": ("s4", range(12)),  # the only one of her school
        },
        dict.fromkeys(("ana", "luz", "pia"), dt.date(2022, 12, 31)),
    )
    assert follow_ups(Activity(tables), LAST) == [
        FollowUp("s1", dt.date(2022, 12, 31), (dt.date(2023, 8, 10) - dt.date(2022, 12, 31)).days, True),
        FollowUp("s2", dt.date(2022, 12, 31), (dt.date(2024, 12, 10) - dt.date(2022, 12, 31)).days, False),
        FollowUp("s4", dt.date(2022, 12, 31), 0, True),
    ]
    found = school_survival(Activity(tables), ALL)
    assert (found.value, found.n) == (pytest.approx(1 / 3), 3)
    assert found.detail["ended"] == ["s1", "s4"]
    assert found.detail["at_risk"] == {"0": 3, "90": 2, "180": 2, "365": 1, "730": 0, "1095": 0}
    assert [(step["days"], step["followed"]) for step in found.detail["curve"]] == [(0, 3), (222, 2)]
    assert found.detail["median"] == 222
    assert 0 < found.detail["low"] < 1 / 3 < found.detail["high"] < 1


def test_a_silence_without_gatherings_is_nobody_s_silence() -> None:
    came = {"ana": ("s1", range(6)), "eva": ("s1", range(3, 8))}
    left = {"ana": dt.date(2022, 6, 30)}
    everything = world(came, left)
    paused = Tables(
        people=everything.people,
        memberships=everything.memberships,
        gatherings=[row for row in everything.gatherings if row.date < dt.date(2022, 9, 1)],
        attendance=everything.attendance,
    )
    someone = world({**came, "zoe": ("s2", range(36))}, left)
    assert [one.ended for one in follow_ups(Activity(someone), LAST)] == [True]
    assert [one.ended for one in follow_ups(Activity(paused), LAST)] == [False]
    once = Options(silence_gatherings=40)
    assert [one.ended for one in follow_ups(Activity(someone), LAST, once)] == [False]


def test_a_return_after_a_long_silence_does_not_undo_it() -> None:
    tables = world(
        {
            "ana": ("s1", range(6)),
            "eva": ("s1", range(24, 36)),
            "zoe": ("s2", range(36)),
        },
        {"ana": dt.date(2022, 6, 30)},
    )
    assert follow_ups(Activity(tables), LAST) == [FollowUp("s1", dt.date(2022, 6, 30), 0, True)]


def test_the_one_who_left_and_came_back_does_not_keep_the_school() -> None:
    tables = world({"ana": ("s1", range(36)), "zoe": ("s2", range(36))}, {"ana": dt.date(2022, 6, 30)})
    again = [*tables.memberships, Membership("ana", dt.date(2022, 9, 1))]
    back = Tables(
        people=tables.people, memberships=again, gatherings=tables.gatherings, attendance=tables.attendance
    )
    assert follow_ups(Activity(back), LAST) == [FollowUp("s1", dt.date(2022, 6, 30), 0, True)]


@pytest.mark.parametrize(("needed", "ended"), [(5, True), (6, False)])
def test_a_silence_takes_exactly_as_many_gatherings_as_are_asked_for(needed: int, ended: bool) -> None:
    """Eva comes last in July 2022; from August to December there are five gatherings."""
    tables = world(
        {"ana": ("s1", range(6)), "eva": ("s1", range(7)), "zoe": ("s2", range(12))},
        {"ana": dt.date(2022, 6, 30)},
    )
    until, options = dt.date(2022, 12, 31), Options(silence_days=90, silence_gatherings=needed)
    assert [one.ended for one in follow_ups(Activity(tables), until, options)] == [ended]


def test_who_had_stopped_coming_long_before_leaving_is_no_departure_of_an_active_member() -> None:
    tables = world({"ana": ("s1", range(3)), "zoe": ("s1", range(36))}, {"ana": dt.date(2023, 6, 30)})
    assert school_survival(Activity(tables), ALL).because == reasons.NO_MEMBER_LEFT


def test_a_post_that_goes_on_in_another_row_is_no_departure_and_a_move_to_another_school_is() -> None:
    tables = world({"ana": ("", range(24)), "eva": ("", range(36))}, {})
    posts = [
        Post("ana", "s1", None, dt.date(2022, 6, 30)),
        Post("ana", "s1", dt.date(2022, 7, 1), dt.date(2022, 12, 31)),
        Post("ana", "s2", dt.date(2023, 1, 1)),
        Post("eva", "s1"),
    ]
    moved = Tables(
        people=tables.people, posts=posts, gatherings=tables.gatherings, attendance=tables.attendance
    )
    found = follow_ups(Activity(moved), LAST)
    assert [(one.school, one.left, one.ended) for one in found] == [("s1", dt.date(2022, 12, 31), False)]


def test_where_nothing_can_be_said_the_reason_is_given() -> None:
    assert school_survival(Activity(Tables()), ALL).because == reasons.NO_GATHERINGS
    nobody = Tables(gatherings=[Gathering("g", MONTHS[0])], attendance=[Attendance("ana", "g")])
    assert school_survival(Activity(nobody), ALL).because == reasons.NO_MEMBERSHIPS
    late = world({"ana": ("s1", range(34)), "eva": ("s1", range(36))}, {"ana": dt.date(2024, 10, 31)})
    found = school_survival(Activity(late), ALL)
    assert (found.because, found.n) == (reasons.SHORT_FOLLOW_UP, 1)
    assert found.detail["at_risk"]["0"] == 1


def test_the_panorama_holds_the_share_and_names_schools_not_people() -> None:
    tables = world(
        {
            "ana": ("s1", range(12)),
            "eva": ("s1", range(36)),
            "luz": ("s2", range(12)),
            "noa": ("s3", range(36)),
        },
        dict.fromkeys(("ana", "luz"), dt.date(2022, 12, 31)),
    )
    found = panorama(tables, ALL, options=Options(layout=False)).indicators["school_survival"]
    assert (found.value, found.n, found.family, found.unit) == (0.5, 2, "leadership", "share")
    assert not {"ana", "eva", "luz", "noa"} & set(map(str, found.detail["ended"]))
