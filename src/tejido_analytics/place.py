"""Place and context: which schools and territories are reached, how far people travel, who is left out.

Counts of schools and territories rest on everybody who was active. What splits people by where or who they are
(rural, distance, equity) rests on those who consent to analytics.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.measure import Measure, with_counts
from tejido_analytics.options import Options
from tejido_analytics.privacy import protect
from tejido_analytics.tables import Period, School

EARTH_KM: Final = 6371.0088
BANDS: Final = ((0.0, 5.0), (5.0, 20.0), (20.0, 50.0), (50.0, float("inf")))


def haversine_km(
    lat_a: ArrayLike, lon_a: ArrayLike, lat_b: ArrayLike, lon_b: ArrayLike
) -> NDArray[np.float64]:
    """Great-circle distance in km between points in degrees WGS84; arrays of one shape, or broadcast.

    d = 2R·asin √(sin²(Δφ/2) + cos φ_a cos φ_b sin²(Δλ/2)), R = 6371.0088 km, the mean radius of the IUGG (Moritz,
    Geodetic Reference System 1980). Within 0.6 % of the ellipsoid (Sinnott, Virtues of the Haversine, 1984).
    lat_a, lon_a, lat_b, lon_b: float or float[n].

    >>> round(float(haversine_km(0, 0, 90, 0)), 2)  # from the equator to the pole
    10007.56
    """
    phi_a, lam_a, phi_b, lam_b = (
        np.radians(np.asarray(degrees, dtype=np.float64)) for degrees in (lat_a, lon_a, lat_b, lon_b)
    )
    half = np.sin((phi_b - phi_a) / 2) ** 2 + np.cos(phi_a) * np.cos(phi_b) * np.sin((lam_b - lam_a) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))), dtype=np.float64)


def place_of(lat: float | None, lon: float | None) -> tuple[float, float] | None:
    """Coordinates that can be true, or None: missing ones, (0, 0) and what lies outside the globe are not known.

    lat, lon: degrees WGS84.

    >>> place_of(0, 0), place_of(4.6, -74.1), place_of(91, 0)
    (None, (4.6, -74.1), None)
    """
    if lat is None or lon is None or (lat == 0 and lon == 0):
        return None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def active_schools(activity: Activity, period: Period) -> dict[str, frozenset[str]]:
    """School -> its members active in the period, by id; consent or not. People without a school are left out.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Person, Tables
    >>> day, everything = dt.date(2024, 5, 2), Options(suppress=False)
    >>> people = [Person("ana", school="s1", sector="public"), Person("eva", school="s2", sector="private")]
    >>> data = Tables(people=people, gatherings=[Gathering("g", day, lat=4.6, lon=-74.1)],
    ...     attendance=[Attendance("ana", "g"), Attendance("eva", "g", "absent")],
    ...     schools=[School("s1", lat=4.6, lon=-74.1, rural=True, territory="t1"), School("s2", lat=4.7, lon=-74.1)])
    >>> active_schools(Activity(data), Period(day, day))
    {'s1': frozenset({'ana'})}
    """
    found: dict[str, set[str]] = defaultdict(set)
    for person in activity.active(period):
        school = activity.school_of(person, period)
        if school:
            found[school].add(person)
    return {school: frozenset(found[school]) for school in sorted(found)}


def schools_of_active(activity: Activity, period: Period) -> tuple[str, dict[str, frozenset[str]]]:
    """`active_schools`, and why there are none ("" where there are): no attendance, nobody active, no school known.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Person, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> data = Tables(people=[Person("ana")], gatherings=[Gathering("g", day)], attendance=[Attendance("ana", "g")])
    >>> because, schools = schools_of_active(Activity(data), Period(day, day))
    >>> because == reasons.NO_SCHOOLS, schools
    (True, {})
    """
    because = activity.why_nothing(period)
    if because:
        return because, {}
    schools = active_schools(activity, period)
    if schools:
        return "", schools
    return (reasons.NO_SCHOOLS if activity.active(period) else reasons.NOBODY_ACTIVE), {}


def schools_reached(activity: Activity, period: Period) -> Measure:
    """Schools with at least one active member (count; n = active members whose school is known).

    detail: `schools` (ids) and, where the tables hold the whole register, `share` of its schools; then numerator and
    denominator are those of the share. None without attendance, or where nobody's school is known.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Person, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> data = Tables(people=[Person("ana", school="s1")], gatherings=[Gathering("g", day)],
    ...               attendance=[Attendance("ana", "g")], schools=[School("s1"), School("s2")],
    ...               schools_are_register=True)
    >>> reached = schools_reached(Activity(data), Period(day, day))
    >>> reached.value, reached.detail["share"]
    (1, 0.5)
    """
    because, reached = schools_of_active(activity, period)
    placed = sum(len(people) for people in reached.values())
    missing = with_counts({reasons.PEOPLE_WITHOUT_SCHOOL: len(activity.active(period)) - placed})
    if because:
        return Measure(None, 0, because, missing=missing)
    register = activity.schools if activity.tables.schools_are_register else {}
    return _reached(set(reached), set(register), placed, missing, "schools")


def territories_reached(activity: Activity, period: Period) -> Measure:
    """Territories with at least one active member, by the territory of their school (count; n = schools reached).

    As `schools_reached`: detail `territories`, `share` of those in the register where the tables hold it.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Person, Tables
    >>> day, everything = dt.date(2024, 5, 2), Options(suppress=False)
    >>> people = [Person("ana", school="s1", sector="public"), Person("eva", school="s2", sector="private")]
    >>> data = Tables(people=people, gatherings=[Gathering("g", day, lat=4.6, lon=-74.1)],
    ...     attendance=[Attendance("ana", "g"), Attendance("eva", "g", "absent")],
    ...     schools=[School("s1", lat=4.6, lon=-74.1, rural=True, territory="t1"), School("s2", lat=4.7, lon=-74.1)])
    >>> territories_reached(Activity(data), Period(day, day)).detail["territories"]
    ['t1']
    """
    because, reached = schools_of_active(activity, period)
    if because:
        return Measure(None, 0, because)
    known = {school: activity.schools[school].territory for school in reached if school in activity.schools}
    found = {territory for territory in known.values() if territory}
    placed = sum(bool(territory) for territory in known.values())
    missing = with_counts({reasons.SCHOOLS_WITHOUT_TERRITORY: len(reached) - placed})
    if not found:
        return Measure(None, 0, reasons.NO_TERRITORIES, missing=missing)
    register = {row.territory for row in activity.schools.values() if row.territory}
    return _reached(
        found, register if activity.tables.schools_are_register else set(), placed, missing, "territories"
    )


def _reached(found: set[str], register: set[str], n: int, missing: Mapping[str, int], what: str) -> Measure:
    detail: dict[str, Any] = {what: sorted(found)}
    if not register:
        return Measure(len(found), n, missing=missing, detail=detail)
    inside = len(found & register)
    detail["share"] = inside / len(register)
    return Measure(len(found), n, "", inside, len(register), missing=missing, detail=detail)


def rural_share(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """Active members in rural schools / active members whose school is known to be rural or not (share 0..1).

    detail: `register_share`, the share of rural schools among the schools of the register (where the tables hold
    it), and `ratio` = share / register_share (1: as in the register; below 1: rural schools are left out).
    n = denominator. Only people who consent. Hidden where either side rests on 1 to 4 people.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Person, Tables
    >>> day, everything = dt.date(2024, 5, 2), Options(suppress=False)
    >>> people = [Person("ana", school="s1", sector="public"), Person("eva", school="s2", sector="private")]
    >>> data = Tables(people=people, gatherings=[Gathering("g", day, lat=4.6, lon=-74.1)],
    ...     attendance=[Attendance("ana", "g"), Attendance("eva", "g", "absent")],
    ...     schools=[School("s1", lat=4.6, lon=-74.1, rural=True, territory="t1"), School("s2", lat=4.7, lon=-74.1)])
    >>> rural_share(Activity(data), Period(day, day), everything).value
    1.0
    """
    options = options or Options()
    because = activity.why_nothing(period)
    if because:
        return Measure(None, 0, because)
    people = activity.active(period) & activity.consenting
    rural: Counter[bool] = Counter()
    for person in people:
        school = activity.schools.get(activity.school_of(person, period))
        if school is not None and school.rural is not None:
            rural[school.rural] += 1
    known = rural[True] + rural[False]
    missing = with_counts(
        {
            reasons.SCHOOLS_WITHOUT_RURAL: len(people) - known,
            reasons.PEOPLE_WITHOUT_CONSENT: len(activity.active(period) - people),
        }
    )
    if not known:
        return Measure(None, 0, reasons.NO_RURAL if people else reasons.NOBODY_ACTIVE, missing=missing)
    if options.suppress and 0 < min(rural[True], rural[False]) < options.smallest_cell:
        return Measure(None, known, reasons.SUPPRESSED, missing=missing)
    value = rural[True] / known
    detail: dict[str, Any] = {"register_share": None, "ratio": None}
    told = [row.rural for row in activity.schools.values() if row.rural is not None]
    if activity.tables.schools_are_register and told:
        detail["register_share"] = sum(told) / len(told)
        detail["ratio"] = value / detail["register_share"] if any(told) else None
    return Measure(value, known, "", rural[True], known, missing=missing, detail=detail)


def distance(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """How far it is from school to venue: median km over attendances on site in the period; n = those attendances.

    detail: `p90` km (linear interpolation), and `bands`, the attendance rate by distance: for each of 0-5, 5-20,
    20-50 and 50+ km (from ≤ d < to) the invitations of consenting members whose distance is known, `denominator`,
    those of them who attended, `numerator`, `value`, and `people`. Gatherings online, or without
    coordinates, have no distance. None where nothing is known of distances, or nobody came on site.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Person, Tables
    >>> day, everything = dt.date(2024, 5, 2), Options(suppress=False)
    >>> people = [Person("ana", school="s1", sector="public"), Person("eva", school="s2", sector="private")]
    >>> data = Tables(people=people, gatherings=[Gathering("g", day, lat=4.6, lon=-74.1)],
    ...     attendance=[Attendance("ana", "g"), Attendance("eva", "g", "absent")],
    ...     schools=[School("s1", lat=4.6, lon=-74.1, rural=True, territory="t1"), School("s2", lat=4.7, lon=-74.1)])
    >>> found = distance(Activity(data), Period(day, day), everything)
    >>> found.value, [(band["key"], band["value"]) for band in found.detail["bands"]]
    (0.0, [('0-5', 1.0), ('5-20', 0.0), ('20-50', None), ('50+', None)])
    """
    options = options or Options()
    because = activity.why_nothing(period)
    if because:
        return Measure(None, 0, because)
    rows, missing = _invited_rows(activity, period)
    if not rows:
        return Measure(None, 0, reasons.NO_COORDINATES, missing=missing)
    km = haversine_km(*np.array([(*row[2], *row[3]) for row in rows]).T)
    _names, who = np.unique([row[0] for row in rows], return_inverse=True)
    on_site = np.array([row[0] in activity.on_site.get(row[1], ()) for row in rows])
    invited = np.array([row[4] for row in rows])
    came = np.array([row[0] in activity.attended[row[1]] for row in rows])
    bands = []
    for low, high in BANDS:
        inside = (km >= low) & (km < high) & invited
        asked = int(inside.sum())
        bands.append(
            {
                "key": f"{low:.0f}-{high:.0f}" if np.isfinite(high) else f"{low:.0f}+",
                "value": int((inside & came).sum()) / asked if asked else None,
                "numerator": int((inside & came).sum()),
                "denominator": asked,
                "people": len(np.unique(who[inside])),
            }
        )
    detail: dict[str, Any] = {
        "bands": protect(bands, suppress=options.suppress, smallest=options.smallest_cell)
    }
    if not on_site.any():
        return Measure(None, 0, reasons.NO_ON_SITE, missing=missing, detail=detail)
    travelled = km[on_site]
    detail |= {"p90": float(np.percentile(travelled, 90)), "mean": float(travelled.mean())}
    return Measure(float(np.median(travelled)), len(travelled), missing=missing, detail=detail)


Row = tuple[str, str, tuple[float, float], tuple[float, float], bool]


def _invited_rows(activity: Activity, period: Period) -> tuple[list[Row], dict[str, int]]:
    """(person, gathering, school's place, venue, invited) of everybody who was invited or came, where both are known."""
    homes: dict[str, tuple[float, float] | None] = {}
    schools: Mapping[str, School] = activity.schools
    rows: list[Row] = []
    without_place = 0
    for key in activity.gatherings_in(period):
        gathering = activity.gatherings[key]
        venue = place_of(gathering.lat, gathering.lon)
        if gathering.modality == "online":
            continue
        if venue is None:
            without_place += 1
            continue
        invited = activity.invited(key)
        for person in sorted((invited | activity.attended[key]) & activity.consenting):
            if person not in homes:
                school = schools.get(activity.school_of(person, period))
                homes[person] = place_of(school.lat, school.lon) if school else None
            home = homes[person]
            if home is not None:
                rows.append((person, key, home, venue, person in invited))
    missing = {
        reasons.GATHERINGS_WITHOUT_PLACE: without_place,
        reasons.SCHOOLS_WITHOUT_PLACE: sum(home is None for home in homes.values()),
    }
    return rows, with_counts(missing)


def equity(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """Active rate of a group / active rate of the rest, for each attribute people consented to: the lowest ratio.

    rate = active members of the group / members in the period of the group; the rest: members whose value of the
    same attribute is known and another. 1: alike; below 1: the group comes less. n = members compared in that row.
    detail: `attributes`: name -> cells with key, people, active, rate, rest_rate, value (the ratio), because; and
    `lowest`, {attribute, key}. A ratio is None where nobody of the rest is active. Groups of fewer than
    `options.smallest_cell` people are hidden with another (so nothing is compared with a small rest either) unless
    `options.suppress` is off, and never make the lowest.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Person, Tables
    >>> day, everything = dt.date(2024, 5, 2), Options(suppress=False)
    >>> people = [Person("ana", school="s1", sector="public"), Person("eva", school="s2", sector="private")]
    >>> data = Tables(people=people, gatherings=[Gathering("g", day, lat=4.6, lon=-74.1)],
    ...     attendance=[Attendance("ana", "g"), Attendance("eva", "g", "absent")],
    ...     schools=[School("s1", lat=4.6, lon=-74.1, rural=True, territory="t1"), School("s2", lat=4.7, lon=-74.1)])
    >>> equity(Activity(data), Period(day, day), everything).detail["lowest"]
    {'attribute': 'sector', 'key': 'private'}
    """
    options = options or Options()
    because = activity.why_nothing(period)
    if because:
        return Measure(None, 0, because)
    members = activity.members_in(period) & activity.consenting & activity.people.keys()
    active = activity.active(period)
    attributes: dict[str, Any] = {}
    for name in _attribute_names(activity, members, options):
        of = {person: _attribute(activity, person, name) for person in members}
        known = {person: value for person, value in of.items() if value}
        cells = equity_cells(Counter(known.values()), Counter(known[one] for one in known.keys() & active))
        if cells:
            attributes[name] = protect(cells, suppress=options.suppress, smallest=options.smallest_cell)
    missing = with_counts({reasons.PEOPLE_WITHOUT_CONSENT: len(activity.members_in(period) - members)})
    return lowest_ratio(attributes, missing)


def lowest_ratio(attributes: Mapping[str, Any], missing: Mapping[str, int]) -> Measure:
    """The Measure of `equity` from its protected cells, attribute -> cells: the group that comes least.

    attributes: name of the attribute -> its cells. missing: as in `Measure`.

    >>> lowest_ratio({}, {}).because
    'no attributes recorded'
    """
    ratios = sorted(
        (cell["value"], name, cell["key"], cell["people"] + cell["rest"])
        for name, cells in attributes.items()
        for cell in cells
        if cell["value"] is not None
    )
    if not attributes:
        return Measure(None, 0, reasons.NO_ATTRIBUTES, missing=missing)
    if not ratios:
        detail = {"attributes": attributes, "lowest": None}
        return Measure(None, 0, reasons.NO_GROUP_TO_COMPARE, missing=missing, detail=detail)
    value, name, key, n = ratios[0]
    lowest = {"attribute": name, "key": key}
    return Measure(value, n, missing=missing, detail={"attributes": attributes, "lowest": lowest})


def _attribute_names(activity: Activity, members: frozenset[str], options: Options) -> list[str]:
    named = {name for person in members for name in activity.people[person].attributes}
    return sorted(named | set(options.equity_attributes))


def _attribute(activity: Activity, person: str, name: str) -> str:
    record = activity.people[person]
    return str(record.attributes.get(name) or getattr(record, name, "") or "")


def equity_cells(sizes: Counter[str], came: Counter[str]) -> list[dict[str, Any]]:
    """One cell for each group: its active rate, that of the rest, and their ratio; none where there is one group only.

    sizes: group -> people; came: group -> those of them who were active.

    >>> [cell["value"] for cell in equity_cells(Counter(north=2, south=2), Counter(north=2, south=1))]
    [2.0, 0.5]
    """
    if len(sizes) < 2:
        return []
    cells = []
    for key in sorted(sizes):
        size, rest = sizes[key], sizes.total() - sizes[key]
        rate, rest_rate = came[key] / size, (came.total() - came[key]) / rest
        cells.append(
            {
                "key": key,
                "people": size,
                "rest": rest,
                "active": came[key],
                "rate": rate,
                "rest_rate": rest_rate,
                "value": rate / rest_rate if rest_rate else None,
            }
        )
    return cells
