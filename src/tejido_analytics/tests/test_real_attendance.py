"""130 roll calls of a congress and 1 869 workshops on the map: each figure computed a second time by hand."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections import defaultdict

import pytest

from tejido_analytics import reasons
from tejido_analytics.options import Options
from tejido_analytics.panorama import Panorama, panorama
from tejido_analytics.tables import Attendance, Gathering, Invitation, Period, Person, School, Tables
from tejido_analytics.tests import real

pytestmark = pytest.mark.real_data

STATUS = {"PRESENTE": "on_site", "AUSENTE": "absent"}
LATE = Period(dt.date(2021, 9, 16), dt.date(2021, 10, 31))


@pytest.fixture(scope="module")
def calls() -> dict[str, tuple[dt.date, dict[str, str]]]:
    """Roll call -> its day and member -> word."""
    found = {}
    for path in sorted(real.folder("attendance-peru-congress").rglob("asistencias.csv")):
        name = path.parent.name
        # Somebody who died is still on the list: neither invited nor absent.
        words = {
            row["congresista"]: row["asistencia"]
            for row in real.rows(path)
            if row["asistencia"] != "FALLECIDO"
        }
        found[name] = (dt.date.fromisoformat(name[:10]), words)
    return found


@pytest.fixture(scope="module")
def congress(calls: dict[str, tuple[dt.date, dict[str, str]]]) -> Panorama:
    tables = Tables(
        gatherings=[Gathering(name, when, state="held") for name, (when, _words) in calls.items()],
        attendance=[
            Attendance(person, name, STATUS.get(word, "excused"))
            for name, (_when, words) in calls.items()
            for person, word in words.items()
        ],
        invitations=[Invitation(person, name) for name, (_when, words) in calls.items() for person in words],
    )
    return panorama(tables, LATE, options=Options(layout=False))


def present(calls: dict[str, tuple[dt.date, dict[str, str]]], period: Period) -> dict[str, list[str]]:
    been = defaultdict(list)
    for name, (when, words) in calls.items():
        for person, word in words.items():
            if word == "PRESENTE" and when in period:
                been[person].append(name)
    return been


def test_roll_calls_add_up(calls: dict[str, tuple[dt.date, dict[str, str]]], congress: Panorama) -> None:
    within = {name: words for name, (when, words) in calls.items() if when in LATE}
    rate = congress.indicators["attendance_rate"]
    assert rate.denominator == sum(map(len, within.values()))
    assert rate.numerator == sum(list(words.values()).count("PRESENTE") for words in within.values())
    assert congress.indicators["held"].value == 1
    assert congress.indicators["held"].n == len(within)


def test_a_plenary_of_a_hundred_and_thirty_is_a_hall(congress: Panorama) -> None:
    assert congress.indicators["density"].because == reasons.NO_SMALL_GROUPS
    assert (
        congress.indicators["density"].missing[reasons.HALLS]
        == sum(1 for key in congress.encounters.halls)
        > 100
    )
    assert congress.network.ties == 0


def test_who_stays_and_who_is_core_equals_a_count_by_hand(
    calls: dict[str, tuple[dt.date, dict[str, str]]], congress: Panorama
) -> None:
    now, before = present(calls, LATE), present(calls, LATE.previous())
    found = congress.indicators
    assert found["active_members"].value == len(now)
    assert found["retention"].value == pytest.approx(len(now.keys() & before.keys()) / len(before), abs=1e-9)
    asked = defaultdict(int)
    for when, words in calls.values():
        for person in words:
            asked[person] += when in LATE
    core = [person for person in now if asked[person] >= 3 and len(now[person]) * 10 >= asked[person] * 6]
    assert found["core_share"].value == pytest.approx(len(core) / len(now), abs=1e-9)
    assert 0 < len(core) < len(now)


def test_drifting_members_equal_a_count_by_hand(
    calls: dict[str, tuple[dt.date, dict[str, str]]], congress: Panorama
) -> None:
    order = sorted((when, name) for name, (when, _words) in calls.items() if when <= LATE.end)
    drifting = set()
    for person in present(calls, LATE.previous()):
        last_two = [calls[name][1][person] for _when, name in order if person in calls[name][1]][-2:]
        if len(last_two) == 2 and "PRESENTE" not in last_two:
            drifting.add(person)
    assert {signal.subject for signal in congress.signals if signal.code == "drifting"} == drifting
    assert drifting


def test_workshops_on_the_map_have_the_distances_of_another_formula() -> None:
    """Each host is at home where it first held a workshop and goes to all its others."""
    rows = real.rows(real.folder("carpentries-assessment") / "all_workshops.csv")
    assert len(rows) == 1869
    # 65 have no coordinates, or half of them; one has them the wrong way round, off the globe.
    place = {
        row["slug"]: (float(row["latitude"]), float(row["longitude"]))
        for row in rows
        if row["latitude"] and row["longitude"] and abs(float(row["latitude"])) <= 90
    }
    home: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: (row["start_date"], row["slug"])):
        if row["slug"] in place:
            home.setdefault(row["host_name"], row["slug"])
    country = {row["slug"]: row["country"] for row in rows}
    tables = Tables(
        people=[Person(f"host {host}", school=host) for host in {row["host_name"] for row in rows}],
        schools=[
            School(host, lat=place[slug][0], lon=place[slug][1], territory=country[slug])
            for host, slug in home.items()
        ],
        gatherings=[
            Gathering(row["slug"], dt.date.fromisoformat(row["start_date"]), lat=lat, lon=lon)
            for row in rows
            for lat, lon in [(_number(row["latitude"]), _number(row["longitude"]))]
        ],
        attendance=[Attendance(f"host {row['host_name']}", row["slug"]) for row in rows],
        invitations=[Invitation(f"host {row['host_name']}", row["slug"]) for row in rows],
    )
    whole = Period(dt.date(2011, 1, 1), dt.date(2030, 1, 1))
    found = panorama(tables, whole, options=Options(layout=False, suppress=False)).indicators
    km = sorted(
        _km(place[home[row["host_name"]]], place[row["slug"]]) for row in rows if row["slug"] in place
    )
    distance = found["distance"]
    assert distance.n == len(km) == 1869 - 66
    assert distance.missing[reasons.GATHERINGS_WITHOUT_PLACE] == 66
    assert distance.value == pytest.approx(statistics.median(km), abs=1e-6)
    assert distance.detail["p90"] == pytest.approx(
        statistics.quantiles(km, n=10, method="inclusive")[8], rel=1e-9
    )
    assert [cell["denominator"] for cell in distance.detail["bands"]] == [
        sum(low <= one < high for one in km) for low, high in ((0, 5), (5, 20), (20, 50), (50, 1e9))
    ]
    assert found["territories_reached"].value == len({country[slug] for slug in home.values()} - {""})


def _number(text: str) -> float | None:
    return float(text) if text else None


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Vincenty's formula for a sphere, good at every distance."""
    (p, o), (q, m) = (tuple(map(math.radians, point)) for point in (a, b))
    across = math.hypot(
        math.cos(q) * math.sin(m - o),
        math.cos(p) * math.sin(q) - math.sin(p) * math.cos(q) * math.cos(m - o),
    )
    along = math.sin(p) * math.sin(q) + math.cos(p) * math.cos(q) * math.cos(m - o)
    return 6371.0088 * math.atan2(across, along)
