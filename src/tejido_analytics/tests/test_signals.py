"""What deserves attention: each signal when it should sound, and its silence when it should not."""

from __future__ import annotations

import dataclasses

from tejido_analytics import reasons
from tejido_analytics.options import Options
from tejido_analytics.panorama import panorama
from tejido_analytics.signals import Signal
from tejido_analytics.tables import Attendance, Invitation, Membership, Person, Tables
from tejido_analytics.tests.samples import YEAR, YEAR_BEFORE, came, crowd, day

OPTIONS = Options(layout=False)


def signals(tables: Tables, code: str) -> list[Signal]:
    found = panorama(tables, YEAR, YEAR_BEFORE, OPTIONS).signals
    return [signal for signal in found if signal.code == code]


def test_somebody_who_came_twice_and_knows_nobody_well_is_isolated() -> None:
    tables = came(
        big=(day(3), "ana " + crowd(20)), large=(day(4), "ana " + crowd(20, "q")), pair=(day(5), "p000 p001")
    )
    found = signals(tables, "isolate")
    assert [signal.subject for signal in found] == ["ana"]
    assert found[0].since == day(4)
    assert found[0].evidence == {"gatherings": 2, "last_attended": day(4)}


def test_two_halls_make_nobody_isolated_because_it_is_not_known_who_met_whom() -> None:
    tables = came(hall=(day(3), crowd(40)), again=(day(4), crowd(40)), pair=(day(5), "eva luz"))
    assert signals(tables, "isolate") == []


def test_somebody_whose_company_withholds_consent_is_not_called_isolated() -> None:
    tables = came(g=(day(3), "ana eva"), h=(day(4), "ana eva"), i=(day(5), "luz zoe"))
    silent = dataclasses.replace(
        tables, people=[Person("eva", consent=False), *map(Person, ("ana", "luz", "zoe"))]
    )
    assert signals(silent, "isolate") == []


DRIFT = came(
    before=(day(5, year=2023), "ana eva"),
    one=(day(3), "ana eva"),
    two=(day(4), "eva"),
    three=(day(5), "eva luz"),
)


def test_active_before_and_absent_from_the_last_two_is_drifting() -> None:
    found = signals(DRIFT, "drifting")
    assert [signal.subject for signal in found] == ["ana"]
    assert found[0].since == day(4)
    assert found[0].evidence == {
        "last_attended": day(3),
        "missed": ["two", "three"],
        "excused": 0,
        "attended_before": 1,
    }


def test_who_was_not_invited_to_them_or_has_left_is_not_drifting() -> None:
    asked = [Invitation("eva", key) for key in ("two", "three")] + [Invitation("luz", "three")]
    assert signals(dataclasses.replace(DRIFT, invitations=asked), "drifting") == []
    left = [Membership("ana", None, day(3, 15)), Membership("eva"), Membership("luz")]
    assert signals(dataclasses.replace(DRIFT, memberships=left), "drifting") == []
    left_later = [Membership("ana", None, day(6)), Membership("eva"), Membership("luz")]
    assert signals(dataclasses.replace(DRIFT, memberships=left_later), "drifting") == []


def test_excuses_are_evidence_not_presence() -> None:
    rows = [*DRIFT.attendance, Attendance("ana", "three", "excused")]
    assert signals(dataclasses.replace(DRIFT, attendance=rows), "drifting")[0].evidence["excused"] == 1


def test_two_districts_that_never_mix_are_signalled_for_the_community() -> None:
    north, south = crowd(8, "n"), crowd(8, "s")
    people = [Person(p, district=p[0], sector="public") for p in f"{north} {south}".split()]
    tables = dataclasses.replace(came(g=(day(12), north), h=(day(12, 2), south)), people=people)
    found = signals(tables, "bridging_below_expected")
    assert [(signal.kind, signal.subject) for signal in found] == [("attribute", "district")]
    assert found[0].evidence["value"] == -1
    assert found[0].evidence["expected"] > 0
    assert found[0].evidence["p"] <= 0.05


def test_a_school_whose_only_member_left_comes_before_one_that_hangs_on_one() -> None:
    tables = dataclasses.replace(
        came(before=(day(5, year=2023), "ana luz"), now=(day(5), "luz")),
        people=[Person("ana", school="s1"), Person("luz", school="s2", consent=False)],
        memberships=[Membership("ana", None, day(1, 31)), Membership("luz")],
    )
    found = panorama(tables, YEAR, YEAR_BEFORE, OPTIONS).signals
    assert [(signal.code, signal.subject) for signal in found] == [
        ("school_lost_only_member", "s1"),
        ("school_on_one_member", "s2"),
    ]
    assert found[0].since == day(5, year=2023)
    assert (found[0].evidence["person"], found[1].evidence["person"]) == ("ana", None)


def test_one_person_between_all_others_is_signalled() -> None:
    star = came(**{f"g{n}": (day(3), f"hub p{n}") for n in range(6)})
    found = signals(star, "betweenness_concentrated")
    assert [(signal.subject, signal.evidence["share"]) for signal in found] == [("hub", 1.0)]
    ring = came(**{f"g{n}": (day(3), f"p{n} p{(n + 1) % 6}") for n in range(6)})
    assert signals(ring, "betweenness_concentrated") == []


def test_an_empty_year_signals_nothing_and_says_why() -> None:
    seen = panorama(came(before=(day(5, year=2023), "ana eva")), YEAR, YEAR_BEFORE, OPTIONS)
    assert seen.signals == ()
    assert seen.indicators["active_members"].because == reasons.NO_GATHERINGS_IN_PERIOD
    assert seen.indicators["active_members"].previous == 2


def led(schools: int, heads: int) -> Tables:
    """So many schools active through a teacher, the first of them also through its head."""
    teachers = [f"t{n}" for n in range(schools)]
    leaders = [f"h{n}" for n in range(heads)]
    people = [
        *(Person(name, school=f"s{at}", role="teacher") for at, name in enumerate(teachers)),
        *(Person(name, school=f"s{at}", role="principal") for at, name in enumerate(leaders)),
    ]
    return dataclasses.replace(came(g=(day(3), " ".join([*teachers, *leaders]))), people=people)


def test_fewer_than_half_of_the_schools_with_a_head_is_said_once() -> None:
    (found,) = signals(led(4, 1), "heads_not_engaged")
    assert (found.subject, found.evidence) == ("heads", {"engaged": 1, "schools": 4})


def test_half_of_the_heads_or_two_schools_alone_are_no_signal() -> None:
    assert signals(led(4, 2), "heads_not_engaged") == []
    assert signals(led(2, 0), "heads_not_engaged") == []
