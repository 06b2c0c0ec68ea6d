"""School leadership: does participation carry the school, or one teacher. Shares of schools, 0..1.

A school is active in a period when at least one of its members was. The school of a person is that of the post held
last in the period (`Activity.school_of`). Everybody who was active counts; lists name schools, never people.
"""

from __future__ import annotations

from tejido_analytics import reasons
from tejido_analytics.activity import Activity
from tejido_analytics.measure import Measure, share
from tejido_analytics.options import Options
from tejido_analytics.place import active_schools, schools_of_active
from tejido_analytics.tables import Period


def is_leader(activity: Activity, person: str, options: Options | None = None) -> bool | None:
    """Whether somebody is a senior or middle leader; None where neither `leader` nor `role` is known.

    person: id.

    >>> from tejido_analytics.tables import Person, Tables
    >>> people = Activity(Tables(people=[Person("ana", role="Principal"), Person("eva", role="teacher"), Person("luz")]))
    >>> [is_leader(people, name) for name in ("ana", "eva", "luz")]
    [True, False, None]
    """
    record = activity.people[person]
    if record.leader is not None:
        return record.leader
    word = record.role.strip().casefold()
    return word in (options or Options()).leader_roles if word else None


def leaders_engaged(activity: Activity, period: Period, options: Options | None = None) -> Measure:
    """Active schools with an active senior or middle leader / active schools; n = active schools.

    None where nobody's role is known. detail: `without`, schools active without a leader.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Membership, Person, Tables
    >>> year, left = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31)), dt.date(2024, 1, 31)
    >>> people = [Person("ana", school="s1", role="principal"), Person("eva", school="s2", role="teacher")]
    >>> data = Tables(people=people, memberships=[Membership("ana"), Membership("eva", None, left)],
    ...     gatherings=[Gathering("a", dt.date(2023, 5, 2)), Gathering("b", dt.date(2024, 5, 2))],
    ...     attendance=[Attendance("ana", "a"), Attendance("eva", "a"), Attendance("ana", "b")])
    >>> leaders_engaged(Activity(data), year.previous()).detail["without"]
    ['s2']
    """
    because, schools = schools_of_active(activity, period)
    if because:
        return Measure(None, 0, because)
    judged = {
        person: is_leader(activity, person, options) for people in schools.values() for person in people
    }
    unknown = sum(answer is None for answer in judged.values())
    missing = {reasons.PEOPLE_WITHOUT_ROLE: unknown}
    if unknown == len(judged):
        return Measure(None, len(schools), reasons.NO_LEADERS_KNOWN, missing=missing)
    led = {school for school, people in schools.items() if any(judged[person] for person in people)}
    return share(
        len(led),
        len(schools),
        reasons.NO_SCHOOLS_ACTIVE,
        missing=missing,
        detail={"without": sorted(schools.keys() - led)},
    )


def depth(activity: Activity, period: Period) -> Measure:
    """Active schools with at least two active members / active schools; n = active schools.

    detail: `on_one_member`, schools that hang on one; `members_per_school`, {members: schools}.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Person, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> people = [Person("ana", school="s1"), Person("eva", school="s1"), Person("luz", school="s2")]
    >>> data = Tables(people=people, gatherings=[Gathering("g", day)],
    ...               attendance=[Attendance(person.id, "g") for person in people])
    >>> depth(Activity(data), Period(day, day)).value
    0.5
    """
    because, schools = schools_of_active(activity, period)
    if because:
        return Measure(None, 0, because)
    sizes = sorted(len(people) for people in schools.values())
    single = [school for school, people in schools.items() if len(people) == 1]
    return share(
        len(schools) - len(single),
        len(schools),
        reasons.NO_SCHOOLS_ACTIVE,
        detail={
            "on_one_member": single,
            "members_per_school": {size: sizes.count(size) for size in sorted(set(sizes))},
        },
    )


def school_retention(activity: Activity, period: Period, earlier: Period) -> Measure:
    """Schools active in P-1 that are active in P / schools active in P-1; n = schools active in P-1.

    detail: `lost`, the schools that are not active any more. None where P has no attendance: it cannot be known yet.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Membership, Person, Tables
    >>> year, left = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31)), dt.date(2024, 1, 31)
    >>> people = [Person("ana", school="s1", role="principal"), Person("eva", school="s2", role="teacher")]
    >>> data = Tables(people=people, memberships=[Membership("ana"), Membership("eva", None, left)],
    ...     gatherings=[Gathering("a", dt.date(2023, 5, 2)), Gathering("b", dt.date(2024, 5, 2))],
    ...     attendance=[Attendance("ana", "a"), Attendance("eva", "a"), Attendance("ana", "b")])
    >>> school_retention(Activity(data), year, year.previous()).value
    0.5
    """
    because = activity.why_nothing(period)
    if because:
        return Measure(None, 0, because)
    before, now = active_schools(activity, earlier), active_schools(activity, period)
    kept = before.keys() & now.keys()
    return share(
        len(kept),
        len(before),
        reasons.NO_SCHOOLS_ACTIVE_BEFORE,
        detail={"lost": sorted(before.keys() - kept)},
    )


def departed(activity: Activity, period: Period, earlier: Period) -> dict[str, str]:
    """School -> its only active member of P-1, for schools whose only active member left by the end of P.

    Left: not a member on the last day of P, or at another school (or none) by then. Needs memberships or posts.

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Membership, Person, Tables
    >>> year, left = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31)), dt.date(2024, 1, 31)
    >>> people = [Person("ana", school="s1", role="principal"), Person("eva", school="s2", role="teacher")]
    >>> data = Tables(people=people, memberships=[Membership("ana"), Membership("eva", None, left)],
    ...     gatherings=[Gathering("a", dt.date(2023, 5, 2)), Gathering("b", dt.date(2024, 5, 2))],
    ...     attendance=[Attendance("ana", "a"), Attendance("eva", "a"), Attendance("ana", "b")])
    >>> departed(Activity(data), year, year.previous())
    {'s2': 'eva'}
    """
    last_day = Period(period.end, period.end)
    still = activity.members_on(period.end)
    gone = {}
    for school, people in active_schools(activity, earlier).items():
        if len(people) == 1:
            (person,) = people
            if person not in still or activity.school_of(person, last_day) != school:
                gone[school] = person
    return gone


def survives_departure(activity: Activity, period: Period, earlier: Period) -> Measure:
    """Of schools whose only active member of P-1 left, those active in P through somebody else; n = those schools.

    Only memberships and posts say who left; absence alone does not, so None where neither is recorded.
    detail: `survived`, `ended` (schools).

    >>> import datetime as dt
    >>> from tejido_analytics.tables import Attendance, Gathering, Membership, Person, Tables
    >>> year, left = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31)), dt.date(2024, 1, 31)
    >>> people = [Person("ana", school="s1", role="principal"), Person("eva", school="s2", role="teacher")]
    >>> data = Tables(people=people, memberships=[Membership("ana"), Membership("eva", None, left)],
    ...     gatherings=[Gathering("a", dt.date(2023, 5, 2)), Gathering("b", dt.date(2024, 5, 2))],
    ...     attendance=[Attendance("ana", "a"), Attendance("eva", "a"), Attendance("ana", "b")])
    >>> survives_departure(Activity(data), year, year.previous()).value
    0.0
    """
    because = activity.why_nothing(period)
    if because:
        return Measure(None, 0, because)
    if not activity.tables.memberships and not activity.tables.posts:
        return Measure(None, 0, reasons.NO_MEMBERSHIPS)
    gone, now = departed(activity, period, earlier), active_schools(activity, period)
    survived = sorted(school for school, person in gone.items() if now.get(school, frozenset()) - {person})
    return share(
        len(survived),
        len(gone),
        reasons.NO_DEPARTURES if active_schools(activity, earlier) else reasons.NO_SCHOOLS_ACTIVE_BEFORE,
        detail={"survived": survived, "ended": sorted(gone.keys() - set(survived))},
    )
