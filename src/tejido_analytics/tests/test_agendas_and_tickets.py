"""Time, voices, partners, exit tickets, shared leadership: counted by hand, at their edges, and where nothing is known."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.agendas import partners, time_mix_in, voices
from tejido_analytics.charts import control_chart
from tejido_analytics.options import Options
from tejido_analytics.panorama import panorama
from tejido_analytics.sharing import leadership_spread, member_led
from tejido_analytics.signals import Signal
from tejido_analytics.tables import (
    Attendance,
    Contribution,
    Gathering,
    Lead,
    Membership,
    Person,
    Segment,
    Tables,
    Ticket,
)
from tejido_analytics.tests.samples import YEAR, YEAR_BEFORE, came, crowd, day
from tejido_analytics.tickets import exit_response, usefulness

COORDINATION = Options(suppress=False, layout=False)
MARCH, APRIL, MAY = (Gathering(key, day(month)) for key, month in (("march", 3), ("april", 4), ("may", 5)))


def seen(**tables: object) -> Activity:
    return Activity(Tables(**tables))  # type: ignore[arg-type]


def led(number: int, gathering: str, *leaders: str, **other: object) -> Segment:
    return Segment(f"{gathering}-{number}", gathering, "discussion", 20, leaders=leaders, **other)  # type: ignore[arg-type]


# Time ------------------------------------------------------------------------------------------------


def test_measured_minutes_count_and_planned_ones_where_nobody_measured() -> None:
    mix = time_mix_in(
        seen(
            gatherings=[MARCH, APRIL, MAY],
            segments=[
                Segment("1", "march", "presentation", 60, actual=90),
                Segment("2", "march", "hands_on", 60, actual=30),
                Segment("3", "april", "discussion", 60),
            ],
        ),
        YEAR,
    )
    assert (mix.numerator, mix.denominator, mix.value) == (90, 180, 0.5)
    assert mix.missing == {reasons.GATHERINGS_WITHOUT_AGENDA: 1}
    assert [(cell["key"], cell["value"], cell["measured"]) for cell in mix.detail["by_gathering"]] == [
        ("march", 0.25, True),
        ("april", 1.0, False),
    ]
    assert mix.detail["by_gathering"][0]["warnings"] == ["much_presentation", "little_active"]


def test_what_is_cancelled_still_to_come_or_of_another_period_is_no_time() -> None:
    rows = [Segment(one, one, "discussion", 20) for one in ("held", "off", "later", "before")]
    tables = {
        "gatherings": [
            Gathering("held", day(3)),
            Gathering("off", day(3), state="cancelled"),
            Gathering("later", day(11), state="planned"),
            Gathering("before", day(3, year=2023)),
        ],
        "segments": rows,
    }
    assert time_mix_in(seen(**tables), YEAR, Options(as_of=day(6))).n == 20
    assert time_mix_in(seen(**tables), YEAR).n == 40


def test_without_an_agenda_each_number_says_why() -> None:
    nothing, empty = seen(), seen(gatherings=[MARCH])
    for measure in (time_mix_in, voices, partners, leadership_spread, member_led):
        assert measure(nothing, YEAR).because == reasons.NO_GATHERINGS
    assert time_mix_in(empty, YEAR).because == reasons.NO_TIMES
    assert voices(empty, YEAR).because == reasons.NO_TIMES
    assert partners(empty, YEAR).because == reasons.NO_CONTRIBUTIONS
    assert leadership_spread(empty, YEAR).because == member_led(empty, YEAR).because == reasons.NOBODY_LED
    silent = seen(gatherings=[MARCH], segments=[led(1, "march")])
    assert voices(silent, YEAR).because == reasons.NO_VOICES
    assert voices(silent, YEAR).missing == {reasons.SEGMENTS_WITHOUT_LEADER: 1}


# Voices and partners -----------------------------------------------------------------------------------

OURS = [Membership("ana"), Membership("eva", end=day(3, 31)), Membership("fac", outside=True)]


def test_a_voice_counts_once_and_a_member_is_one_on_the_day_of_leading() -> None:
    heard = voices(
        seen(
            gatherings=[MARCH, APRIL],
            memberships=OURS,
            segments=[
                led(1, "march", "ana", "fac"),
                led(2, "march", "ana"),
                led(3, "april", "eva", guest="Dra. Paz  Soto"),
                led(4, "april", guest="dra. paz soto"),
            ],
        ),
        YEAR,
    )
    assert (heard.value, heard.n) == (4, 4)
    assert (heard.numerator, heard.detail["team"], heard.detail["guests"]) == (1, 2, 1)
    assert heard.detail["share"] == 0.25
    assert [(one["people"], one["members"]) for one in heard.detail["by_gathering"]] == [(2, 1), (2, 0)]


def test_partners_are_counted_once_however_often_they_help() -> None:
    helped = partners(
        seen(
            gatherings=[MARCH, APRIL, Gathering("off", day(4), state="cancelled")],
            segments=[led(1, "march", organisation="museum")],
            contributions=[
                Contribution("museum", "april", kind="venue"),
                Contribution("museum", "april", kind="venue"),
                Contribution("bank", date=day(5), kind="money"),
                Contribution("old", date=day(5, year=2022)),
                Contribution("never", "off"),
                Contribution("undated"),
            ],
        ),
        YEAR,
    )
    assert (helped.value, helped.n) == (2, 3)
    assert helped.detail["organisations"] == [
        {
            "organisation": "museum",
            "times": 2,
            "kinds": ["segment", "venue"],
            "gatherings": ["march", "april"],
        },
        {"organisation": "bank", "times": 1, "kinds": ["money"], "gatherings": []},
    ]


def test_agendas_that_name_no_organisation_are_nought_and_not_unknown() -> None:
    assert partners(seen(gatherings=[MARCH], segments=[led(1, "march", "ana")]), YEAR).value == 0


# Shared leadership -----------------------------------------------------------------------------------


def test_the_spread_is_ginis_over_members_who_came_or_led() -> None:
    """Four members who led 3, 1, 0 and 0: G = Σ(2i - n - 1)x / (nΣx) = (1·1 + 3·3) / 16 = 0.625."""
    spread = leadership_spread(
        seen(
            gatherings=[MARCH],
            attendance=[Attendance(one, "march") for one in ("ana", "eva", "luz", "zoe")],
            segments=[*(led(at, "march", "ana") for at in range(3)), led(3, "march", "eva")],
        ),
        YEAR,
    )
    assert spread.value == pytest.approx(0.625)
    assert spread.n == 4
    assert (spread.detail["led"], spread.detail["top_share"], spread.detail["leaders"]) == (4, 0.75, 2)
    assert [one["person"] for one in spread.detail["people"]] == ["ana", "eva"]


def test_who_leads_together_shares_it_and_nodes_count_like_segments() -> None:
    tables = {
        "gatherings": [MARCH],
        "memberships": [*OURS, Membership("luz")],
        "attendance": [Attendance(one, "march") for one in ("ana", "luz", "fac")],
        "segments": [led(1, "march", "ana", "fac"), led(2, "march", "fac")],
        "leads": [
            Lead("ana", "node", "north", start=day(2)),
            Lead("luz", "node", "north", start=day(6)),
            Lead("ana", "node", "south", end=day(5, year=2022)),
        ],
    }
    spread = leadership_spread(seen(**tables), YEAR)
    assert {one["person"]: one["led"] for one in spread.detail["people"]} == {"ana": 1.0, "luz": 0.5}
    assert spread.n == 2  # who accompanies from outside is no member
    ours = member_led(seen(**tables), YEAR)
    assert (ours.numerator, ours.denominator) == (1.5, 3)
    assert {one["key"]: one["value"] for one in ours.detail["by_kind"]} == {"segment": 0.25, "node": 1.0}


def test_what_a_guest_or_an_organisation_led_was_not_led_by_members() -> None:
    ours = member_led(
        seen(
            gatherings=[MARCH, MAY],
            segments=[
                led(1, "march", "ana"),
                led(2, "march", "ana", guest="Paz"),
                led(3, "march", organisation="museum"),
                led(4, "may", "ana", organisation="museum"),  # the museum brought material; Ana led
                led(5, "may"),  # nobody noted who
            ],
        ),
        YEAR,
    )
    assert ours.value == pytest.approx(2.5 / 4)
    assert ours.missing == {reasons.SEGMENTS_WITHOUT_LEADER: 1}
    assert [(one["key"], one["value"]) for one in ours.detail["by_month"]] == [(day(3), 0.5), (day(5), 1.0)]


def test_who_withholds_consent_counts_and_is_not_named_as_leading() -> None:
    tables = came(march=(day(3), crowd(6)))
    rows = [led(at, "march", "p000") for at in range(8)]
    people = [Person(f"p00{at}", consent=at > 0) for at in range(6)]
    told = panorama(dataclasses.replace(tables, segments=rows, people=people), YEAR, options=COORDINATION)
    spread = told.indicators["leadership_spread"]
    assert (spread.detail["top_share"], spread.detail["people"]) == (1.0, [])
    assert not [one for one in told.signals if one.code == "leading_concentrated"]


# Exit tickets -----------------------------------------------------------------------------------------


def test_answers_are_divided_by_all_who_were_there_where_a_ticket_was_given() -> None:
    tables = came(march=(day(3), crowd(8)), april=(day(4), crowd(4)), may=(day(5), crowd(9)))
    found = exit_response(
        Activity(
            dataclasses.replace(
                tables,
                tickets=[Ticket("1", "march", 6), Ticket("2", "march", 2), Ticket("3", "april", 7)],
            )
        ),
        YEAR,
        COORDINATION,
    )
    assert (found.numerator, found.denominator) == (6 + 4, 12)
    assert found.missing == {reasons.GATHERINGS_WITHOUT_TICKET: 1, reasons.MORE_ANSWERS: 3}


def test_small_gatherings_are_hidden_from_who_does_not_run_the_community() -> None:
    tables = came(march=(day(3), crowd(8)), april=(day(4), crowd(4)), may=(day(5), crowd(9)))
    tables = dataclasses.replace(tables, tickets=[Ticket(key, key, 3) for key in ("march", "april", "may")])
    cells = exit_response(Activity(tables), YEAR).detail["by_gathering"]
    assert [cell["value"] is None for cell in cells] == [
        True,
        True,
        False,
    ]  # another one goes with the small one
    assert [cell["because"] for cell in cells[:2]] == [reasons.SUPPRESSED_WITH_ANOTHER, reasons.SUPPRESSED]


def test_without_a_ticket_or_without_ratings_it_says_so() -> None:
    met = Activity(came(march=(day(3), crowd(8))))
    assert exit_response(met, YEAR).because == usefulness(met, YEAR).because == reasons.NO_TICKETS
    plain = Activity(dataclasses.replace(met.tables, tickets=[Ticket("1", "march", 6)]))
    assert usefulness(plain, YEAR).because == reasons.NO_RATINGS
    unseen = seen(gatherings=[MARCH], tickets=[Ticket("1", "march", 6, {"a": {4: 6}})])
    assert exit_response(unseen, YEAR).because == reasons.NO_ATTENDANCE_IN_PERIOD
    assert usefulness(unseen, YEAR).value == 4


def test_every_answered_item_counts_once_in_the_mean_and_in_the_distribution() -> None:
    ticket = Ticket("1", "march", 6, {"useful": {5: 4, 4: 2}, "voice": {1: 1, 3: 5, 4.5: 0}})
    found = usefulness(seen(gatherings=[MARCH], tickets=[ticket]), YEAR, COORDINATION)
    assert found.value == pytest.approx((5 * 4 + 4 * 2 + 1 + 3 * 5) / 12)
    assert found.n == 6
    assert [(one["key"], one["count"]) for one in found.detail["distribution"]] == [
        ("1", 1), ("2", 0), ("3", 5), ("4", 2), ("5", 4),
    ]  # fmt: skip


def rated(*means: float, people: int = 10, year: int = 2024) -> Tables:
    """A gathering for each mean, a week apart, at which everybody gave the whole numbers around it."""
    gatherings = [Gathering(f"g{at:02}", day(1, 1 + 2 * at, year)) for at in range(len(means))]
    tickets = []
    for at, mean in enumerate(means):
        low = int(mean)
        high = round((mean - low) * people)
        tickets.append(
            Ticket(f"t{at:02}", f"g{at:02}", people, {"useful": {low: people - high, low + 1: high}})
        )
    return Tables(gatherings=gatherings, tickets=tickets)


# Eight readings, their mean 4.0 and moving ranges .4 .3 .2 .3 .4 .2 .4 (mean 2.2/7): limits 4 ± 3·(2.2/7)/1.128.
STEADY = (4.2, 3.8, 4.1, 3.9, 4.2, 3.8, 4.0, 4.0)


def test_the_chart_is_an_individuals_chart_of_the_means() -> None:
    found = usefulness(Activity(rated(*STEADY)), YEAR)
    chart = found.detail["chart"]
    ranges = [abs(later - one) for one, later in itertools.pairwise(STEADY)]
    width = 3 * (sum(ranges) / 7) / 1.128
    assert chart["centre"] == pytest.approx(4.0)
    assert (chart["lower"], chart["upper"]) == (pytest.approx(4 - width), pytest.approx(4 + width))
    assert (chart["signals"], chart["code"]) == ([], "no_signal")


def test_a_gathering_far_below_the_others_is_a_signal_and_asks_for_attention() -> None:
    tables = rated(*STEADY, 2.0)
    found = usefulness(Activity(tables), YEAR)
    assert {(one["rule"], one["side"]) for one in found.detail["chart"]["signals"]} >= {
        ("outside_limits", "below")
    }
    (signal,) = falling(tables)
    assert signal.evidence["gathering"] == "g08"
    assert signal.evidence["mean"] == pytest.approx(2.0)
    assert falling(rated(*STEADY, 2.0, 4.1)) == []  # the next one was as useful as ever
    assert falling(rated(*STEADY)) == []
    assert falling(rated(4.0, 4.1, 4.0, 1.0)) == []  # too few to tell from chance
    assert falling(rated(*STEADY, 2.0, people=4)) == []  # too few answers to be told to the team
    assert falling(rated(*STEADY, 2.0, year=2023)) == []  # of another year


def falling(tables: Tables) -> list[Signal]:
    found = panorama(tables, YEAR, YEAR_BEFORE, COORDINATION).signals
    return [signal for signal in found if signal.code == "usefulness_falls"]


def test_readings_of_fewer_than_five_are_in_no_chart_that_others_see() -> None:
    tables = rated(*STEADY)
    small = dataclasses.replace(tables.tickets[2], answers=3)
    tables = dataclasses.replace(tables, tickets=[small, *tables.tickets[:2], *tables.tickets[3:]])
    hidden = usefulness(Activity(tables), YEAR).detail["points"]
    assert [one["value"] is None for one in hidden].count(
        True
    ) == 2  # and one more, so that it cannot be worked out
    assert all(one["value"] for one in usefulness(Activity(tables), YEAR, COORDINATION).detail["points"])
    lonely = rated(4.5, people=4)
    assert usefulness(Activity(lonely), YEAR).because == reasons.SUPPRESSED
    assert usefulness(Activity(lonely), YEAR, COORDINATION).value == pytest.approx(4.5)


def test_limits_end_where_the_scale_ends() -> None:
    chart = usefulness(Activity(rated(1.2, 4.9, 1.1, 4.8, 1.0, 4.9)), YEAR).detail["chart"]
    raw = control_chart("xmr", np.array([1.2, 4.9, 1.1, 4.8, 1.0, 4.9]))
    assert raw.upper[0] > 5
    assert raw.lower[0] < 1
    assert (chart["lower"], chart["upper"]) == (1, 5)


# Signals ----------------------------------------------------------------------------------------------


def test_an_agenda_of_talk_alone_is_said_before_the_gathering_not_after() -> None:
    rows = [Segment("1", "g", "presentation", 61), Segment("2", "g", "discussion", 59)]

    def talk(when: object, state: str, *, minutes: float = 61) -> list[str]:
        tables = Tables(
            gatherings=[Gathering("g", when, state=state)],  # type: ignore[arg-type]
            segments=[dataclasses.replace(rows[0], minutes=minutes), rows[1]],
        )
        found = panorama(tables, YEAR, YEAR_BEFORE, Options(as_of=day(6), layout=False)).signals
        return [one.subject for one in found if one.code == "presentation_above_half"]

    assert talk(day(6, 20), "planned") == ["g"]
    assert talk(day(6, 20), "planned", minutes=59) == []
    assert talk(day(6, 20), "cancelled") == talk(day(6), "held") == talk(day(5, 20), "planned") == []
    assert talk(day(9), "planned") == []  # further than anybody plans in detail


def concentrated(*amounts: int, others: int = 0) -> list[Signal]:
    names = [f"p{at:03}" for at in range(len(amounts) + others)]
    rows = [
        led(at * 100 + number, "march", name)
        for at, (name, amount) in enumerate(zip(names, amounts, strict=False))
        for number in range(amount)
    ]
    tables = dataclasses.replace(came(march=(day(3), " ".join(names))), segments=rows)
    found = panorama(tables, YEAR, YEAR_BEFORE, COORDINATION).signals
    return [one for one in found if one.code == "leading_concentrated"]


def test_more_than_a_quarter_with_one_person_is_said_and_a_quarter_is_not() -> None:
    (signal,) = concentrated(3, 2, 2, 2, others=2)
    assert (signal.subject, signal.evidence["led"], signal.evidence["of"]) == ("p000", 3, 9)
    assert concentrated(2, 2, 2, 2, others=2) == []
    assert concentrated(4, 3, others=5) == []  # seven things are too few to tell
    assert concentrated(6, 2, 2) == []  # of three people one always has much
