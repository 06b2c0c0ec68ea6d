"""Schools, territories, distances, equity; leaders, depth, and what happens when the only member leaves."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido_analytics import leadership, place, reasons, skills
from tejido_analytics.activity import Activity
from tejido_analytics.options import Options
from tejido_analytics.tables import (
    Attendance,
    Gathering,
    Membership,
    Person,
    Post,
    School,
    Tables,
)
from tejido_analytics.tests.samples import YEAR, YEAR_BEFORE, came, crowd, day

OPEN = Options(suppress=False)
SCHOOLS = [
    School("s1", lat=4.60, lon=-74.10, rural=False, territory="bogota"),
    School("s2", lat=4.70, lon=-74.10, rural=True, territory="suba"),
    School("s3", lat=5.30, lon=-74.10, rural=True, territory="ubate"),
    School("s4", rural=None),
]
STAFF = [Person("ana", school="s1"), Person("eva", school="s1"), Person("luz", school="s2"), Person("zoe")]


def visits(**changes: object) -> Tables:
    tables = dataclasses.replace(
        came(g=(day(5), "ana eva luz zoe")), people=STAFF, schools=SCHOOLS, schools_are_register=True
    )
    return dataclasses.replace(tables, **changes)  # type: ignore[arg-type]


def test_schools_and_territories_reached_with_their_share_of_the_register() -> None:
    activity = Activity(visits())
    schools = place.schools_reached(activity, YEAR)
    assert (schools.value, schools.numerator, schools.denominator) == (2, 2, 4)
    assert schools.missing == {reasons.PEOPLE_WITHOUT_SCHOOL: 1}
    territories = place.territories_reached(activity, YEAR)
    assert (territories.value, territories.detail["share"]) == (2, pytest.approx(2 / 3))


def test_without_a_register_there_is_a_count_and_no_share() -> None:
    found = place.schools_reached(Activity(visits(schools_are_register=False)), YEAR)
    assert found.value == 2
    assert found.denominator is None
    assert "share" not in found.detail


def test_rural_share_beside_that_of_the_register() -> None:
    found = place.rural_share(Activity(visits()), YEAR, OPEN)
    assert (found.value, found.n) == (pytest.approx(1 / 3), 3)
    assert found.detail["register_share"] == pytest.approx(2 / 3)
    assert found.detail["ratio"] == pytest.approx(0.5)
    assert place.rural_share(Activity(visits()), YEAR).because == reasons.SUPPRESSED


degrees = st.tuples(st.floats(-89, 89), st.floats(-180, 180))


@given(degrees, degrees)
def test_haversine_equals_the_angle_between_two_directions(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    def direction(point: tuple[float, float]) -> tuple[float, float, float]:
        lat, lon = map(math.radians, point)
        return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)

    x, y = direction(a), direction(b)
    cross = math.dist(
        (0, 0, 0), (x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0])
    )
    angle = math.atan2(cross, sum(p * q for p, q in zip(x, y, strict=True)))
    # Near the other side of the globe asin loses half the digits: a metre there.
    far = 1e-3 if angle > 3.1 else 1e-6
    assert float(place.haversine_km(*a, *b)) == pytest.approx(6371.0088 * angle, abs=far)


def test_distance_is_travelled_on_site_and_the_rate_falls_with_it() -> None:
    tables = visits(
        gatherings=[
            Gathering("g", day(5), lat=4.60, lon=-74.10),
            Gathering("h", day(6), modality="online"),
            Gathering("i", day(7)),
        ],
        people=[*STAFF, Person("mar", school="s3"), Person("sol", school="s4")],
        attendance=[
            Attendance("ana", "g"),
            Attendance("luz", "g"),
            Attendance("eva", "g", "online"),
            Attendance("mar", "g", "absent"),
            Attendance("ana", "h", "online"),
            Attendance("ana", "i"),
        ],
    )
    found = place.distance(Activity(tables), YEAR, OPEN)
    per_degree = 6371.0088 * math.pi / 180
    assert found.n == 2
    assert found.value == pytest.approx(0.05 * per_degree)
    assert found.detail["p90"] == pytest.approx(0.09 * per_degree)
    bands = {cell["key"]: (cell["numerator"], cell["denominator"]) for cell in found.detail["bands"]}
    assert bands == {"0-5": (2, 2), "5-20": (1, 1), "20-50": (0, 0), "50+": (0, 1)}
    assert found.missing == {reasons.GATHERINGS_WITHOUT_PLACE: 1, reasons.SCHOOLS_WITHOUT_PLACE: 2}


def test_nought_nought_is_not_a_place() -> None:
    tables = visits(gatherings=[Gathering("g", day(5), lat=0.0, lon=0.0)])
    assert place.distance(Activity(tables), YEAR).because == reasons.NO_COORDINATES


def test_equity_compares_each_group_with_the_rest() -> None:
    women = [Person(f"w{n}", attributes={"gender": "woman"}) for n in range(10)]
    men = [Person(f"m{n}", attributes={"gender": "man"}) for n in range(10)]
    tables = dataclasses.replace(
        came(g=(day(5), " ".join([f"w{n}" for n in range(8)] + [f"m{n}" for n in range(4)]))),
        people=women + men,
    )
    found = place.equity(Activity(tables), YEAR)
    assert found.value == pytest.approx(0.5)
    assert found.detail["lowest"] == {"attribute": "gender", "key": "man"}
    cells = {cell["key"]: cell["value"] for cell in found.detail["attributes"]["gender"]}
    assert cells == {"man": pytest.approx(0.5), "woman": pytest.approx(2.0)}


def test_small_groups_and_those_against_a_small_rest_are_hidden() -> None:
    people = [Person(f"a{n}", sector="public") for n in range(9)] + [
        Person(f"b{n}", sector="private") for n in range(3)
    ]
    tables = dataclasses.replace(came(g=(day(5), "a0 a1 b0")), people=people)
    found = place.equity(Activity(tables), YEAR)
    assert found.because == reasons.NO_GROUP_TO_COMPARE
    assert all(cell["value"] is None for cell in found.detail["attributes"]["sector"])
    assert place.equity(Activity(tables), YEAR, OPEN).value == pytest.approx((2 / 9) / (1 / 3))


def test_leaders_depth_and_schools_that_hang_on_one() -> None:
    people = [
        Person("ana", school="s1", role="Principal"),
        Person("eva", school="s1", role="teacher"),
        Person("luz", school="s2", leader=False),
        Person("zoe", school="s3", leader=True),
    ]
    activity = Activity(visits(people=people))
    led = leadership.leaders_engaged(activity, YEAR)
    assert (led.numerator, led.denominator) == (2, 3)
    assert led.detail["without"] == ["s2"]
    deep = leadership.depth(activity, YEAR)
    assert deep.value == pytest.approx(1 / 3)
    assert deep.detail["on_one_member"] == ["s2", "s3"]
    assert deep.detail["members_per_school"] == {1: 2, 2: 1}


def test_where_no_role_is_known_nobody_is_said_to_lack_leaders() -> None:
    assert leadership.leaders_engaged(Activity(visits()), YEAR).because == reasons.NO_LEADERS_KNOWN


def two_years(**changes: object) -> Tables:
    """luz alone carried s2 in 2023 and left; mar carries it on. ana carried s1 and left, nobody followed."""
    tables = dataclasses.replace(
        came(before=(day(5, year=2023), "ana luz zoe pia"), now=(day(5), "mar zoe pia")),
        people=[
            Person("ana", school="s1"),
            Person("luz", school="s2"),
            Person("mar", school="s2"),
            Person("zoe", school="s3"),
            Person("pia", school="s3"),
        ],
        memberships=[
            Membership("ana", None, day(12, 1, 2023)),
            Membership("luz", None, day(2)),
            *map(Membership, ("mar", "zoe", "pia")),
        ],
    )
    return dataclasses.replace(tables, **changes)  # type: ignore[arg-type]


def test_a_school_survives_when_somebody_else_carries_on() -> None:
    activity = Activity(two_years())
    assert leadership.school_retention(activity, YEAR, YEAR_BEFORE).value == pytest.approx(2 / 3)
    found = leadership.survives_departure(activity, YEAR, YEAR_BEFORE)
    assert (found.value, found.n) == (0.5, 2)
    assert found.detail == {"survived": ["s2"], "ended": ["s1"]}


def test_whoever_leaves_within_the_year_does_not_carry_the_school_on_alone() -> None:
    tables = two_years()
    early = [*tables.gatherings, Gathering("early", day(1, 20))]
    came_once_more = [*tables.attendance, Attendance("luz", "early")]
    without_mar = [row for row in came_once_more if row.person != "mar"]
    activity = Activity(dataclasses.replace(tables, gatherings=early, attendance=without_mar))
    assert leadership.survives_departure(activity, YEAR, YEAR_BEFORE).detail["ended"] == ["s1", "s2"]


def test_absence_alone_is_not_departure() -> None:
    assert leadership.survives_departure(Activity(two_years(memberships=[])), YEAR, YEAR_BEFORE).because == (
        reasons.NO_MEMBERSHIPS
    )


def test_a_teacher_who_moves_to_another_school_has_left_the_first() -> None:
    posts = [
        Post("luz", "s2", None, day(1, 31)),
        Post("luz", "s1", day(2), None),
        *(
            Post(person, school)
            for person, school in (("ana", "s1"), ("mar", "s2"), ("zoe", "s3"), ("pia", "s3"))
        ),
    ]
    tables = two_years(memberships=[], posts=posts)
    activity = Activity(tables)
    assert activity.school_of("luz", YEAR_BEFORE) == "s2"
    assert activity.school_of("luz", YEAR) == "s1"
    found = leadership.survives_departure(activity, YEAR, YEAR_BEFORE)
    assert found.detail == {"survived": ["s2"], "ended": []}


def test_wanted_skills_somebody_near_can_share() -> None:
    people = [
        Person("ana", school="s1", wants=("Robotics", "drama")),
        Person("eva", school="s2", offers=("robotics",)),
        Person("luz", school="s3", offers=("drama",)),
        Person("zoe", consent=False, offers=("chess",), wants=("chess",)),
        Person("mar", wants=("chess",)),
    ]
    activity = Activity(visits(people=people))
    whole = skills.skills_cover(activity, YEAR)
    assert (whole.numerator, whole.denominator) == (2, 3)
    assert whole.detail["gaps"] == [{"skill": "chess", "wishes": 1, "uncovered": 1, "nobody": True}]
    near = skills.skills_cover(activity, YEAR, Options(reach_km=20))
    assert [gap["skill"] for gap in near.detail["gaps"]] == ["chess", "drama"]
    assert [gap["nobody"] for gap in near.detail["gaps"]] == [True, False]


def test_schools_active_counts_people_without_consent_but_equity_and_rural_do_not() -> None:
    people = [Person(name, school="s2", sector="public", consent=False) for name in crowd(6).split()]
    tables = visits(people=people, attendance=[Attendance(person.id, "g") for person in people])
    activity = Activity(tables)
    assert place.schools_reached(activity, YEAR).value == 1
    assert place.rural_share(activity, YEAR).value is None
    assert place.equity(activity, YEAR).because == reasons.NO_ATTRIBUTES
