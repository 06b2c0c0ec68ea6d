"""Which schools and territories are reached, how far people travel, who is left out, what carries a school: as sums.

The definitions are those of `tejido_analytics.place` and `tejido_analytics.leadership`; numbers of people, schools and
kilometres are the same. Lists of schools are not made.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from tejido_analytics import reasons
from tejido_analytics.measure import Measure, share, with_counts
from tejido_analytics.place import EARTH_KM, equity_cells, lowest_ratio
from tejido_analytics.privacy import protect
from tejido_analytics.wide.engine import count_of, real, rows
from tejido_analytics.wide.given import ATTRIBUTE
from tejido_analytics.wide.roll import Roll, one
from tejido_analytics.wide.turnout import asked_by_name, gatherings_of, open_to, running

_FIELDS: Final = ("school", "district", "sector", "subject", "role")


def place(roll: Roll) -> dict[str, Measure]:
    """id -> Measure of schools_reached, territories_reached, rural_share, distance and equity."""
    if roll.why_nothing:
        ids = ("schools_reached", "territories_reached", "rural_share", "distance", "equity")
        return {name: Measure(None, 0, roll.why_nothing) for name in ids}
    return {
        **_reached(roll),
        "rural_share": _rural_share(roll),
        "distance": _distance(roll),
        "equity": _equity(roll),
    }


def _reached(roll: Roll) -> dict[str, Measure]:
    schools, register = roll.schools, roll.wide.schools
    now = schools.filter(schools.people > 0)
    known = now.left_join(register, now.school == register.id)
    sums = one(
        known.aggregate(
            schools=known.count().cast("int64"),
            placed=known.people.sum().fill_null(0).cast("int64"),
            listed=count_of(known.id.notnull()),
            with_territory=count_of(known.territory.fill_null("") != ""),
            territories=known.territory.nullif("").nunique().cast("int64"),
        ),
        roll,
    )
    active = roll.numbers["active"]
    missing = with_counts({reasons.PEOPLE_WITHOUT_SCHOOL: active - sums["placed"]})
    if not sums["schools"]:
        because = reasons.NO_SCHOOLS if active else reasons.NOBODY_ACTIVE
        return {
            "schools_reached": Measure(None, 0, because, missing=missing),
            "territories_reached": Measure(None, 0, because),
        }
    whole = {"schools": 0, "territories": 0}
    if roll.wide.given.schools_are_register:
        territories = register.territory.nullif("").nunique().cast("int64")
        whole = one(register.aggregate(schools=register.count().cast("int64"), territories=territories), roll)
    without = with_counts({reasons.SCHOOLS_WITHOUT_TERRITORY: sums["schools"] - sums["with_territory"]})
    reached = _of_register(sums["schools"], sums["placed"], sums["listed"], whole["schools"])
    counted = (sums["territories"], sums["with_territory"], sums["territories"], whole["territories"])
    return {
        "schools_reached": _with_missing(reached, missing),
        "territories_reached": _with_missing(_of_register(*counted), without)
        if sums["territories"]
        else Measure(None, 0, reasons.NO_TERRITORIES, missing=without),
    }


def _of_register(found: int, n: int, inside: int, register: int) -> Measure:
    if not register:
        return Measure(found, n)
    return Measure(found, n, "", inside, register, detail={"share": inside / register})


def _with_missing(measure: Measure, missing: dict[str, int]) -> Measure:
    return Measure(
        measure.value,
        measure.n,
        "",
        measure.numerator,
        measure.denominator,
        missing=missing,
        detail=measure.detail,
    )


def _rural_share(roll: Roll) -> Measure:
    options, register = roll.options, roll.wide.schools
    people = roll.people.filter(roll.people.active & roll.people.consent).select(at="school_now")
    told = people.left_join(register, people["at"] == register.id)
    sums = one(
        told.aggregate(
            people=told.count().cast("int64"), rural=count_of(told.rural), urban=count_of(~told.rural)
        ),
        roll,
    )
    known, rural = sums["rural"] + sums["urban"], sums["rural"]
    missing = with_counts(
        {
            reasons.SCHOOLS_WITHOUT_RURAL: sums["people"] - known,
            reasons.PEOPLE_WITHOUT_CONSENT: roll.numbers["active"] - sums["people"],
        }
    )
    if not known:
        because = reasons.NO_RURAL if sums["people"] else reasons.NOBODY_ACTIVE
        return Measure(None, 0, because, missing=missing)
    if options.suppress and 0 < min(rural, known - rural) < options.smallest_cell:
        return Measure(None, known, reasons.SUPPRESSED, missing=missing)
    detail: dict[str, Any] = {"register_share": None, "ratio": None}
    if roll.wide.given.schools_are_register:
        all_of = one(
            register.aggregate(rural=count_of(register.rural), known=count_of(register.rural.notnull())), roll
        )
        if all_of["known"]:
            detail["register_share"] = all_of["rural"] / all_of["known"]
            detail["ratio"] = rural / known / detail["register_share"] if all_of["rural"] else None
    return Measure(rural / known, known, "", rural, known, missing=missing, detail=detail)


def kilometres(
    lat_a: ir.NumericValue, lon_a: ir.NumericValue, lat_b: ir.NumericValue, lon_b: ir.NumericValue
) -> ir.FloatingValue:
    """`place.haversine_km` as an expression: great-circle km between points in degrees WGS84.

    >>> from tejido_analytics.wide.engine import connect
    >>> t = ibis.memtable({"a": [0.0], "b": [0.0], "c": [90.0], "d": [0.0]})
    >>> round(rows(t.select(km=kilometres(t.a, t.b, t.c, t.d)), connect())[0]["km"], 2)
    10007.56
    """
    phi_a, lam_a, phi_b, lam_b = (
        real(degrees) * (math.pi / 180.0) for degrees in (lat_a, lon_a, lat_b, lon_b)
    )
    across, along = ((phi_b - phi_a) / 2).sin(), ((lam_b - lam_a) / 2).sin()
    half = across * across + phi_a.cos() * phi_b.cos() * along * along
    inside = ibis.greatest(ibis.least(half, ibis.literal(1.0, "float64")), ibis.literal(0.0, "float64"))
    return inside.sqrt().asin() * (2 * EARTH_KM)


def _placed(table: ir.Table) -> ir.BooleanValue:
    """Coordinates that can be true, as `place.place_of`."""
    true = ~((table.lat == 0) & (table.lon == 0)) & (table.lat.abs() <= 90) & (table.lon.abs() <= 180)
    return (table.lat.notnull() & table.lon.notnull() & true).fill_null(False)


def _distance(roll: Roll) -> Measure:
    """`place.distance` without its bands of those invited, which would be schools times gatherings."""
    gatherings = gatherings_of(roll)
    gatherings = gatherings.filter(gatherings.modality != "online")
    placed = gatherings.filter(_placed(gatherings))
    venues = one(gatherings.aggregate(unplaced=count_of(~_placed(gatherings))), roll)
    concerned = _people_concerned(roll, placed)
    people = one(
        concerned.aggregate(
            homes=count_of(concerned.lat.notnull()), without=count_of(concerned.lat.isnull())
        ),
        roll,
    )
    missing = with_counts(
        {
            reasons.GATHERINGS_WITHOUT_PLACE: venues["unplaced"],
            reasons.SCHOOLS_WITHOUT_PLACE: people["without"],
        }
    )
    if not people["homes"]:
        return Measure(None, 0, reasons.NO_COORDINATES, missing=missing)
    km = _travelled(roll, placed)
    sums = one(
        km.aggregate(
            n=km.count().cast("int64"),
            median=km.km.quantile(0.5),
            p90=km.km.quantile(0.9),
            mean=km.km.mean(),
        ),
        roll,
    )
    if not sums["n"]:
        return Measure(None, 0, reasons.NO_ON_SITE, missing=missing)
    detail = {"p90": sums["p90"], "mean": sums["mean"]}
    return Measure(sums["median"], sums["n"], missing=missing, detail=detail)


def _homes(roll: Roll) -> ir.Table:
    """who, lat, lon: consenting people, and the place of their school in the period (null where it is not known)."""
    schools, people = roll.wide.schools, roll.people
    homes = schools.filter(_placed(schools)).select(home="id", lat="lat", lon="lon")
    people = people.filter(people.consent).select(who="person", at="school_now")
    return people.left_join(homes, people["at"] == homes.home).drop("at", "home")


def _people_concerned(roll: Roll, placed: ir.Table) -> ir.Table:
    """Consenting people who were invited to, or came to, a gathering with a place; with their homes."""
    parts = [
        open_to(roll, running(roll, placed)).select("person"),
        roll.wide.seats.semi_join(placed, "gathering").select("person"),
    ]
    if roll.wide.facts.invitations:
        parts.append(asked_by_name(roll, placed).select("person"))
    people, homes = ibis.union(*parts, distinct=True), _homes(roll)
    return homes.semi_join(people, homes.who == people.person)


def _travelled(roll: Roll, placed: ir.Table) -> ir.Table:
    """km of each attendance on site whose distance is known."""
    venues, seats, homes = (
        placed.select(venue="gathering", lat_b="lat", lon_b="lon"),
        roll.wide.seats,
        _homes(roll),
    )
    came = seats.filter(seats.on_site)
    came = came.join(venues, came.gathering == venues.venue)
    came = came.join(homes, came.person == homes.who)
    came = came.filter(came.lat.notnull())
    return came.select(km=kilometres(came.lat, came.lon, came.lat_b, came.lon_b))


def _equity(roll: Roll) -> Measure:
    options, people = roll.options, roll.people
    members = people.filter(people.member & people.consent)
    found: dict[str, tuple[Counter[str], Counter[str]]] = {}
    tables = []
    for name in sorted({*options.equity_attributes, *roll.wide.given.attributes}):
        value = _attribute(members, name)
        if value is not None:
            found[name] = (Counter(), Counter())
            tables.append(members.select("active", attribute=ibis.literal(name), key=value))
    if tables:
        each = ibis.union(*tables) if len(tables) > 1 else tables[0]
        each = each.filter(each.key != "")
        sums = each.group_by(["attribute", "key"]).aggregate(
            people=each.count().cast("int64"), active=count_of(each.active)
        )
        for row in rows(sums, roll.engine):
            sizes, came = found[row["attribute"]]
            sizes[row["key"]], came[row["key"]] = row["people"], row["active"]
    attributes = {}
    for name, (sizes, came) in found.items():
        cells = equity_cells(sizes, came)
        if cells:
            attributes[name] = protect(cells, suppress=options.suppress, smallest=options.smallest_cell)
    silent = roll.numbers["members"] - roll.numbers["members_consenting"]
    return lowest_ratio(attributes, with_counts({reasons.PEOPLE_WITHOUT_CONSENT: silent}))


def _attribute(members: ir.Table, name: str) -> ir.StringValue | None:
    """The attribute of that name, else the field; None where there is neither."""
    own, field = ATTRIBUTE + name, name in _FIELDS
    if own in members.columns:
        return members[own].nullif("").fill_null(members[name] if field else "")
    return members[name] if field else None


def leadership(roll: Roll) -> dict[str, Measure]:
    """id -> Measure of leaders_engaged, depth, school_retention and survives_departure."""
    if roll.why_nothing:
        ids = ("leaders_engaged", "depth", "school_retention", "survives_departure")
        return {name: Measure(None, 0, roll.why_nothing) for name in ids}
    return {**_within_schools(roll), **_over_time(roll)}


def _within_schools(roll: Roll) -> dict[str, Measure]:
    p, facts = roll.people, roll.wide.facts
    placed = p.filter(p.active & (p.school_now != ""))
    word = placed.role.strip().lower()
    leads = word.isin(sorted(roll.options.leader_roles))
    judged = placed.leader.fill_null((word != "").ifelse(leads, ibis.null("boolean")))
    each = placed.select(school="school_now", leads=judged)
    by_school = each.group_by("school").aggregate(
        people=each.count().cast("int64"), led=count_of(each.leads), unknown=count_of(each.leads.isnull())
    )
    sizes = by_school.group_by("people").aggregate(
        schools=by_school.count().cast("int64"),
        led=count_of(by_school.led > 0),
        unknown=by_school.unknown.sum().cast("int64"),
    )
    found = sorted(rows(sizes, roll.engine), key=lambda row: int(row["people"]))
    if not found:
        because = reasons.NO_SCHOOLS_ACTIVE if facts.placed or facts.posts else reasons.NO_SCHOOLS
        return {name: Measure(None, 0, because) for name in ("leaders_engaged", "depth")}
    schools = sum(row["schools"] for row in found)
    people = sum(row["schools"] * row["people"] for row in found)
    unknown = sum(row["unknown"] for row in found)
    missing = with_counts({reasons.PEOPLE_WITHOUT_ROLE: unknown})
    led = sum(row["led"] for row in found)
    single = sum(row["schools"] for row in found if row["people"] == 1)
    per_school = {row["people"]: row["schools"] for row in found}
    return {
        "leaders_engaged": Measure(None, schools, reasons.NO_LEADERS_KNOWN, missing=missing)
        if unknown == people
        else share(led, schools, reasons.NO_SCHOOLS_ACTIVE, missing=missing),
        "depth": share(
            schools - single, schools, reasons.NO_SCHOOLS_ACTIVE, detail={"members_per_school": per_school}
        ),
    }


def _over_time(roll: Roll) -> dict[str, Measure]:
    schools, p, facts = roll.schools, roll.people, roll.wide.facts
    before = schools.filter(schools.earlier > 0)
    kept = one(before.aggregate(before=before.count().cast("int64"), kept=count_of(before.people > 0)), roll)
    retention = share(kept["kept"], kept["before"], reasons.NO_SCHOOLS_ACTIVE_BEFORE)
    if not facts.memberships and not facts.posts:
        return {"school_retention": retention, "survives_departure": Measure(None, 0, reasons.NO_MEMBERSHIPS)}
    single = schools.filter(schools.earlier == 1).select(hung="school", people="people")
    only = p.filter(p.active_earlier).select(
        "active", "member_last", "school_earlier", "school_now", "school_last"
    )
    only = only.join(single, only.school_earlier == single.hung)
    gone = only.filter(~only.member_last | (only.school_last != only.school_earlier))
    self_again = (gone.active & (gone.school_now == gone.school_earlier)).ifelse(1, 0)
    sums = one(
        gone.aggregate(gone=gone.count().cast("int64"), survived=count_of(gone.people - self_again > 0)), roll
    )
    nobody = reasons.NO_DEPARTURES if kept["before"] else reasons.NO_SCHOOLS_ACTIVE_BEFORE
    return {
        "school_retention": retention,
        "survives_departure": share(sums["survived"], sums["gone"], nobody),
    }
