"""What deserves attention: from numbers to who, since when, and on what evidence. What to do about it is the caller's.

Only people who consent to analytics are named. Evidence holds ids, counts, shares and dates, never names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tejido_analytics.activity import Activity
from tejido_analytics.agendas import Agendas
from tejido_analytics.charts.model import BELOW, FALLING
from tejido_analytics.leadership import departed
from tejido_analytics.measure import Measure
from tejido_analytics.meetings import time_mix
from tejido_analytics.network.encounters import Encounters
from tejido_analytics.network.ties import Network
from tejido_analytics.place import active_schools
from tejido_analytics.tables import Period

ISOLATE: Final = "isolate"
DRIFTING: Final = "drifting"
BRIDGING: Final = "bridging_below_expected"
SCHOOL_ON_ONE: Final = "school_on_one_member"
SCHOOL_LOST: Final = "school_lost_only_member"
CONCENTRATED: Final = "betweenness_concentrated"
HEADS: Final = "heads_not_engaged"
TALK: Final = "presentation_above_half"
LED: Final = "leading_concentrated"
USEFULNESS: Final = "usefulness_falls"
# The most pressing kind first.
CODES: Final = (
    SCHOOL_LOST,
    DRIFTING,
    TALK,
    ISOLATE,
    USEFULNESS,
    CONCENTRATED,
    LED,
    BRIDGING,
    HEADS,
    SCHOOL_ON_ONE,
)

_P_AT_MOST = 0.05
_TIES_AT_LEAST = 10
_TOP_SHARE = 0.25
_PEOPLE_AT_LEAST = 5
_SCHOOLS_AT_LEAST = 3
_ENGAGED_BELOW = 0.5
_LED_AT_LEAST = 8
_DAYS_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Signal:
    """code: one of `CODES`. kind: of the subject: person, school, gathering, attribute or community (both of the whole).
    since: first day on which it was so, None where that cannot be said. evidence: the numbers behind it."""

    code: str
    kind: str
    subject: str
    since: dt.date | None
    evidence: Mapping[str, Any] = field(default_factory=dict, hash=False)


def isolates(activity: Activity, network: Network, found: Encounters, until: dt.date) -> list[Signal]:
    """Active members without a standing tie after at least two gatherings at which it is known who met whom.

    Somebody all of whose companions withhold consent is not called isolated: it is not known.
    since: the day of the second such gathering. evidence: `gatherings` (number), `last_attended`.
    until: the last day that counts.

    >>> from tejido_analytics.tables import Attendance, Gathering, Person, Tables
    >>> from tejido_analytics.network.encounters import encounters
    >>> days = [dt.date(2024, 5, 2), dt.date(2024, 6, 2)]
    >>> data = Activity(Tables(gatherings=[Gathering("a", days[0]), Gathering("b", days[1])],
    ...     attendance=[Attendance(person, key) for person in ("ana", "eva") for key in "ab"]))
    >>> [signal.subject for signal in isolates(data, Network.of({}, ["ana"]), encounters(data, days[1]), days[1])]
    ['ana']
    """
    company: set[str] = set()
    for group in found.groups:
        if len(group.people & activity.consenting) > 1:
            company |= group.people
    signals = []
    for at in (network.degree == 0).nonzero()[0].tolist():
        person = network.people[at]
        been = [key for key in activity.history.get(person, []) if activity.date_of(key) <= until]
        known = [activity.date_of(key) for key in been if key in found.with_groups]
        if len(known) >= 2 and person in company:
            evidence = {"gatherings": len(known), "last_attended": activity.date_of(been[-1])}
            signals.append(Signal(ISOLATE, "person", person, known[1], evidence))
    return signals


def drifting(activity: Activity, period: Period, earlier: Period) -> list[Signal]:
    """Members active in P-1 who were absent from the last two gatherings to which they were invited by the end of P.

    Only those who are still members on the last day. since: the first of the two gatherings missed. evidence:
    `last_attended`, `missed` (the two gatherings), `excused` (of how many they excused themselves),
    `attended_before` (gatherings attended in P-1).

    >>> from tejido_analytics.tables import Attendance, Gathering, Person, Tables
    >>> year = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    >>> days = [dt.date(2023, 5, 2), dt.date(2024, 5, 2), dt.date(2024, 6, 2)]
    >>> data = Activity(Tables(gatherings=[Gathering(key, day) for key, day in zip("abc", days)],
    ...     attendance=[Attendance("ana", "a"), Attendance("eva", "b"), Attendance("eva", "c")]))
    >>> [(signal.subject, signal.evidence["missed"]) for signal in drifting(data, year, year.previous())]
    [('ana', ['b', 'c'])]
    """
    rows = [
        key for key in activity.gatherings if key in activity.recorded and activity.date_of(key) <= period.end
    ]
    candidates = activity.active(earlier) & activity.consenting & activity.members_on(period.end)
    last_two: dict[str, list[str]] = {person: [] for person in candidates}
    waiting = set(candidates)
    for key in reversed(rows):
        for person in waiting & activity.invited(key):
            last_two[person].append(key)
            if len(last_two[person]) == 2:
                waiting.discard(person)
        if not waiting:
            break
    signals = []
    for person in sorted(candidates):
        missed = last_two[person][::-1]
        if len(missed) < 2 or any(person in activity.attended[key] for key in missed):
            continue
        been = [key for key in activity.history[person] if activity.date_of(key) <= period.end]
        evidence = {
            "last_attended": activity.date_of(been[-1]),
            "missed": missed,
            "excused": sum(person in activity.excused.get(key, ()) for key in missed),
            "attended_before": sum(activity.date_of(key) in earlier for key in been),
        }
        signals.append(Signal(DRIFTING, "person", person, activity.date_of(missed[0]), evidence))
    return signals


def bridging_below_expected(measures: Mapping[str, Measure], period: Period) -> list[Signal]:
    """Attributes across which people are tied less than group sizes alone would make them.

    measures: attribute -> `bridging`. Signalled where value < expected, p ≤ 0.05, and at least 10 ties tell.
    since: the start of the period. evidence: `value`, `expected`, `p`, `ties`.

    >>> told = Measure(-0.8, 40, detail={"expected": 0.1, "difference": -0.9, "p": 0.001})
    >>> year = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    >>> [signal.subject for signal in bridging_below_expected({"district": told}, year)]
    ['district']
    """
    signals = []
    for attribute, measure in sorted(measures.items()):
        p = measure.detail.get("p")
        if measure.value is None or p is None or measure.n < _TIES_AT_LEAST:
            continue
        if measure.detail["difference"] < 0 and p <= _P_AT_MOST:
            evidence = {
                "value": measure.value,
                "expected": measure.detail["expected"],
                "p": p,
                "ties": measure.n,
            }
            signals.append(Signal(BRIDGING, "attribute", attribute, period.start, evidence))
    return signals


def schools_at_risk(activity: Activity, period: Period, earlier: Period) -> list[Signal]:
    """Schools whose only active member of P-1 left and nobody followed, and schools active through one member.

    since: of a loss, the last gathering its member attended; of one member, the first gathering of the period that
    the member attended. evidence: `person` (None without consent), `gatherings` attended in the period that counts.

    >>> from tejido_analytics.tables import Attendance, Gathering, Person, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> data = Activity(Tables(people=[Person("ana", school="s1")], gatherings=[Gathering("g", day)],
    ...     attendance=[Attendance("ana", "g")]))
    >>> [(signal.code, signal.subject) for signal in schools_at_risk(data, Period(day, day), Period(day, day).previous())]
    [('school_on_one_member', 's1')]
    """
    now = active_schools(activity, period)
    signals = []
    for school, person in departed(activity, period, earlier).items():
        if school not in now:
            signals.append(_school_signal(activity, SCHOOL_LOST, school, person, earlier, last=True))
    for school, people in now.items():
        if len(people) == 1:
            (person,) = people
            signals.append(_school_signal(activity, SCHOOL_ON_ONE, school, person, period, last=False))
    return signals


def _school_signal(
    activity: Activity, code: str, school: str, person: str, within: Period, *, last: bool
) -> Signal:
    days = [activity.date_of(key) for key in activity.history[person] if activity.date_of(key) in within]
    named = person if person in activity.consenting else None
    evidence = {"person": named, "gatherings": len(days)}
    return Signal(code, "school", school, days[-1] if last else days[0], evidence)


def betweenness_concentrated(network: Network, brokers: Measure, period: Period) -> list[Signal]:
    """One person holds more than 25 % of all betweenness in a network of at least five people.

    brokers: of `roles.brokers`. since: the start of the period. evidence: `share`, `ties`, `people` (in the network).

    >>> from tejido_analytics.network.roles import brokers
    >>> star = Network.of({(name, "hub"): 1 for name in "abcd"})
    >>> day = dt.date(2024, 5, 2)
    >>> betweenness_concentrated(star, brokers(star), Period(day, day))[0].subject
    'hub'
    """
    top = brokers.detail.get("top_share")
    if top is None or top <= _TOP_SHARE or network.size < _PEOPLE_AT_LEAST:
        return []
    first = brokers.detail["people"][0]
    evidence = {"share": top, "ties": first["ties"], "people": network.size}
    return [Signal(CONCENTRATED, "person", first["person"], period.start, evidence)]


def heads_not_engaged(engaged: Measure, period: Period) -> list[Signal]:
    """Fewer than half of the active schools have an active leader, where at least three schools are active.

    engaged: of `leadership.leaders_engaged`; silent where nobody's role is known. since: the start of the period.
    evidence: `engaged` and `schools` (numbers of schools).

    >>> day = dt.date(2024, 5, 2)
    >>> [signal.evidence for signal in heads_not_engaged(Measure(0.25, 4), Period(day, day))]
    [{'engaged': 1, 'schools': 4}]
    """
    if engaged.value is None or engaged.n < _SCHOOLS_AT_LEAST or engaged.value >= _ENGAGED_BELOW:
        return []
    evidence = {"engaged": round(engaged.value * engaged.n), "schools": engaged.n}
    return [Signal(HEADS, "community", "heads", period.start, evidence)]


def leading_concentrated(spread: Measure, period: Period) -> list[Signal]:
    """One member led more than 25 % of what members led, where they led at least eight things and are at least five.

    spread: of `sharing.leadership_spread`; silent where the one who led most does not consent. since: the start of the
    period. evidence: `share`, `led` (of this person), `of` (in all), `people` (members).

    >>> day = dt.date(2024, 5, 2)
    >>> one = {"person": "ana", "led": 4.0, "share": 0.5}
    >>> told = Measure(0.6, 9, detail={"led": 8.0, "top_share": 0.5, "people": [one]})
    >>> leading_concentrated(told, Period(day, day))[0].subject
    'ana'
    """
    detail = spread.detail
    if spread.n < _PEOPLE_AT_LEAST or detail.get("led", 0) < _LED_AT_LEAST or not detail["people"]:
        return []
    first = detail["people"][0]
    if first["share"] <= _TOP_SHARE or first["share"] < detail["top_share"]:
        return []
    evidence = {"share": first["share"], "led": first["led"], "of": detail["led"], "people": spread.n}
    return [Signal(LED, "person", first["person"], period.start, evidence)]


def much_presentation(activity: Activity, today: dt.date) -> list[Signal]:
    """Gatherings of the next 60 days whose agenda plans more than half of its time as presentation.

    Only gatherings that are planned and not held yet. since: `today` is unknown to the agenda, so None. evidence: `share` of
    presentation, `minutes` in all, `day` of the gathering.

    >>> from tejido_analytics.tables import Gathering, Segment, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> rows = [Segment("1", "g", "presentation", 60), Segment("2", "g", "discussion", 30)]
    >>> data = Activity(Tables(gatherings=[Gathering("g", day, state="planned")], segments=rows))
    >>> [signal.subject for signal in much_presentation(data, day)]
    ['g']
    """
    ahead = Period(today, today + dt.timedelta(days=_DAYS_AHEAD))
    signals = []
    for key, rows in Agendas(activity, ahead).by_gathering.items():
        met = activity.gatherings[key]
        mix = time_mix((row.kind, row.minutes) for row in rows)
        if met.state == "held" or "much_presentation" not in mix.detail["warnings"]:
            continue
        evidence = {"share": mix.detail["shares"]["presentation"], "minutes": mix.n, "day": met.date}
        signals.append(Signal(TALK, "gathering", key, None, evidence))
    return signals


def usefulness_falls(useful: Measure, period: Period) -> list[Signal]:
    """The last gathering that was rated belongs to a signal downwards of the chart of usefulness.

    useful: of `tickets.usefulness`. Downwards: below a limit, two of three near it, a run below the centre, a fall. Silent where
    the last rated gathering lies before the period. since: the first gathering of the signal. evidence: `rule`, `gatherings`
    (ids of the signal), `gathering` (the last), `mean` (of the last), `centre`.

    >>> day = dt.date(2024, 5, 2)
    >>> low = {"key": "g", "date": day, "value": 2.5, "here": True}
    >>> chart = {"centre": 4.2, "signals": [{"rule": "outside_limits", "side": "below", "keys": ["g"]}]}
    >>> useful = Measure(2.5, 12, detail={"points": [low], "chart": chart})
    >>> usefulness_falls(useful, Period(day, day))[0].evidence["gathering"]
    'g'
    """
    points = [point for point in useful.detail.get("points", []) if point["value"] is not None]
    if not points or not points[-1]["here"]:
        return []
    last, days = points[-1], {point["key"]: point["date"] for point in points}
    for signal in useful.detail["chart"]["signals"]:
        if signal["side"] in (BELOW, FALLING) and last["key"] in signal["keys"]:
            evidence = {
                "rule": signal["rule"],
                "gatherings": signal["keys"],
                "gathering": last["key"],
                "mean": last["value"],
                "centre": useful.detail["chart"]["centre"],
            }
            return [Signal(USEFULNESS, "community", "usefulness", days[signal["keys"][0]], evidence)]
    return []


def in_order(signals: Iterable[Signal]) -> tuple[Signal, ...]:
    """Most pressing kind first (`CODES`), within a kind the longest-standing first, then by subject.

    >>> old, new = Signal(DRIFTING, "person", "a", dt.date(2024, 1, 1)), Signal(SCHOOL_LOST, "school", "s", None)
    >>> [signal.code for signal in in_order([old, new])]
    ['school_lost_only_member', 'drifting']
    """
    return tuple(
        sorted(
            signals,
            key=lambda signal: (CODES.index(signal.code), signal.since or dt.date.max, signal.subject),
        )
    )
