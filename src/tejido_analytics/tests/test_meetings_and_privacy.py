"""Were they held, did people come, and what is hidden when groups are small."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido_analytics import meetings, reasons
from tejido_analytics.activity import Activity
from tejido_analytics.options import Options
from tejido_analytics.privacy import hide_small, protect
from tejido_analytics.tables import Attendance, Gathering, Invitation, Membership, Tables
from tejido_analytics.tests.samples import YEAR, came, crowd, day


def test_held_of_all_that_were_planned_and_due() -> None:
    states = ["held", "held", "cancelled", "planned", ""]
    tables = Tables(gatherings=[Gathering(f"g{n}", day(n + 1), state=s) for n, s in enumerate(states)])
    activity = Activity(tables)
    assert meetings.held(activity, YEAR).value == 0.5
    assert meetings.held(activity, YEAR).missing == {reasons.GATHERINGS_WITHOUT_STATE: 1}
    assert meetings.held(activity, YEAR, as_of=day(3, 15)).value == pytest.approx(2 / 3)
    unknown = Tables(gatherings=[Gathering("g", day(5))])
    assert meetings.held(Activity(unknown), YEAR).because == reasons.NO_STATES


def test_the_rate_counts_invited_members_and_tells_who_came_unasked() -> None:
    tables = dataclasses.replace(
        came(g=(day(5), "ana eva luz")),
        memberships=[Membership(name) for name in ("ana", "eva", "zoe", "mar")],
        invitations=[Invitation(name, "g") for name in ("ana", "zoe", "luz")],
    )
    rate = meetings.attendance_rate(Activity(tables), YEAR)
    # luz was asked without being a member, eva came without being asked.
    assert (rate.numerator, rate.denominator) == (1, 2)
    assert rate.missing[reasons.NOT_INVITED] == 2


def test_where_nothing_says_who_was_invited_it_is_the_members_of_that_day_or_everybody() -> None:
    tables = came(g=(day(5), "ana eva"), h=(day(6), "ana"))
    assert meetings.attendance_rate(Activity(tables), YEAR).value == 0.75
    joined = dataclasses.replace(
        tables, memberships=[Membership("ana"), Membership("eva", day(1), day(5, 20))]
    )
    assert meetings.attendance_rate(Activity(joined), YEAR).value == 1


def test_by_kind_and_modality_with_the_small_kind_hidden() -> None:
    tables = Tables(
        gatherings=[
            Gathering("g", day(5), kind="assembly", modality="on_site"),
            Gathering("h", day(6), kind="node", modality="on_site"),
            Gathering("i", day(7), kind="workshop", modality="online"),
        ],
        attendance=[
            Attendance(p, "g", "on_site" if n < 6 else "absent") for n, p in enumerate(crowd(12).split())
        ],
        invitations=[Invitation(p, "g") for p in crowd(12).split()]
        + [Invitation(p, "h") for p in crowd(8).split()]
        + [Invitation(p, "i") for p in crowd(3).split()],
    )
    rows = [*tables.attendance, *(Attendance(p, key) for key in "hi" for p in crowd(3).split())]
    activity = Activity(dataclasses.replace(tables, attendance=rows))
    cells = meetings.attendance_rate(activity, YEAR).detail["by_kind"]
    assert [(cell["key"], cell["because"]) for cell in cells] == [
        ("assembly", ""),
        ("node", reasons.SUPPRESSED_WITH_ANOTHER),
        ("workshop", reasons.SUPPRESSED),
    ]
    assert cells[0]["value"] == 0.5
    assert cells[2]["value"] is None
    seen_by_coordinators = meetings.attendance_rate(activity, YEAR, Options(suppress=False)).detail["by_kind"]
    assert [cell["value"] for cell in seen_by_coordinators] == [0.5, 3 / 8, 1.0]


@given(st.lists(st.integers(0, 30), max_size=12), st.booleans())
def test_no_small_cell_can_be_worked_out(sizes: list[int], known: bool) -> None:
    hidden = hide_small(sizes, total_known=known)
    assert all(at in hidden for at, size in enumerate(sizes) if 0 < size < 5)
    assert not any(sizes[at] == 0 for at in hidden)
    held = [sizes[at] for at in hidden]
    shown_people = [size for at, size in enumerate(sizes) if size and at not in hidden]
    if held and known and shown_people:
        # What the total leaves over is at least five people in at least two cells.
        assert len(held) >= 2
        assert sum(held) >= 5
    if not any(0 < size < 5 for size in sizes):
        assert hidden == {}


def test_a_hidden_cell_keeps_its_name_and_loses_its_numbers() -> None:
    shown = protect([{"key": "a", "people": 2, "value": 1.0}], suppress=True)
    assert shown == [{"key": "a", "people": None, "value": None, "because": reasons.SUPPRESSED}]
