"""How far working together has come: four levels, judged from a record of what was done jointly, and what is missing.

After Fielding et al. (2005) and Ainscow & West (2006), as Chapman uses them for networks of schools:

1. association: they came to a gathering together;
2. cooperation: association, and things exchanged (a resource or practice used again, a skill matched, advice given);
3. collaboration: cooperation, and a task, cycle or project worked on jointly to its end;
4. collegiality: collaboration in several separate periods, advice that goes both ways, and a charter or agreement in
   force.

A level is reached when every condition of it and of those below holds. Levels are judged over the window that ends
on the day asked for (twelve months); for the last level, collaboration has to hold in each of several windows, of
which one may be this. Who the parties are is the caller's to say: schools, people, organisations.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from tejido_analytics.activity import Activity
from tejido_analytics.tables import Period

GATHERING: Final = "gathering"
EXCHANGE: Final = "exchange"
ADVICE: Final = "advice"
JOINT_WORK: Final = "joint_work"
AGREEMENT: Final = "agreement"
KINDS: Final = (GATHERING, EXCHANGE, ADVICE, JOINT_WORK, AGREEMENT)

LEVELS: Final = ("none", "association", "cooperation", "collaboration", "collegiality")

SHARED_GATHERINGS: Final = "shared_gatherings"
EXCHANGES: Final = "exchanges"
WORK_DONE: Final = "joint_work_finished"
PERIODS: Final = "periods_of_collaboration"
ADVICE_BOTH_WAYS: Final = "advice_both_ways"
IN_FORCE: Final = "agreement_in_force"
_OF_LEVEL: Final = {
    1: (SHARED_GATHERINGS,),
    2: (EXCHANGES,),
    3: (WORK_DONE,),
    4: (PERIODS, ADVICE_BOTH_WAYS, IN_FORCE),
}


@dataclass(frozen=True, slots=True)
class Act:
    """Something that two parties or more did together.

    kind: gathering, exchange, advice (from the first party to each of the others; counts as an exchange too),
    joint_work (a task, cycle or project) or agreement (a charter or agreement).
    day: when it was; of joint work, when it was finished (None: not finished, so it does not count yet); of an
    agreement, when it came into force (None: always so far). until: last day of an agreement, None: still in force.

    Raises ValueError for an unknown kind, or fewer than two different parties.
    """

    kind: str
    parties: tuple[str, ...]
    day: dt.date | None
    until: dt.date | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of act: {self.kind!r}")
        if len(set(self.parties)) < 2:
            raise ValueError("it takes two different parties to do something together")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How much of each the levels ask for. window_days: how far back is looked; periods: windows of collaboration
    for the last level; reciprocal: pairs of parties who advise each other. own_periods: the community's own periods,
    used as the windows of the last level instead of windows of `window_days` one before the other."""

    gatherings: int = 1
    exchanges: int = 2
    joint_work: int = 1
    periods: int = 2
    reciprocal: int = 1
    window_days: int = 365
    own_periods: tuple[Period, ...] = ()

    def __post_init__(self) -> None:
        if min(self.gatherings, self.exchanges, self.joint_work, self.periods, self.reciprocal) < 1:
            raise ValueError("every threshold is at least 1")
        if self.window_days < 1:
            raise ValueError("a window has at least one day")


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a level asks for. code: of this module; found of needed."""

    code: str
    found: int
    needed: int

    @property
    def holds(self) -> bool:
        """Whether it is met."""
        return self.found >= self.needed


@dataclass(frozen=True, slots=True)
class Judgement:
    """parties: the pair judged, empty for a whole community. level: 0..4; name: of `LEVELS`.

    evidence: every condition, from the first level to the last. missing: those of the next level that do not hold
    (empty at the last level): what to do next.
    """

    parties: tuple[str, ...]
    level: int
    name: str
    evidence: tuple[Condition, ...]
    missing: tuple[Condition, ...] = field(default=())


def maturity(
    acts: Iterable[Act], day: dt.date, thresholds: Thresholds | None = None, parties: Sequence[str] = ()
) -> Judgement:
    """The level reached on `day` by everybody in the acts together, and what the next level lacks.

    Acts after `day` do not count. For a community any of its parties may have done its part: it is a collaboration
    when some of them finished something together. parties: only what all of these took part in. O(acts · periods).

    >>> spring = dt.date(2024, 4, 1)
    >>> acts = [Act("gathering", ("s1", "s2"), spring), Act("advice", ("s1", "s2"), spring)]
    >>> judged = maturity(acts, dt.date(2024, 12, 31))
    >>> judged.name, [(one.code, one.found, one.needed) for one in judged.missing]
    ('association', [('exchanges', 1, 2)])
    """
    asked = thresholds or Thresholds()
    concerned = [act for act in acts if set(parties) <= set(act.parties)]
    now = Period(_back(day, asked.window_days - 1), day)
    level, evidence = _lower(concerned, now, asked)
    collaborated = sum(_lower(concerned, window, asked)[0] == 3 for window in _windows(concerned, day, asked))
    evidence += [
        Condition(PERIODS, collaborated, asked.periods),
        Condition(ADVICE_BOTH_WAYS, _both_ways(concerned, now, parties), asked.reciprocal),
        Condition(IN_FORCE, sum(_in_force(act, day) for act in concerned), 1),
    ]
    if level == 3 and all(one.holds for one in evidence[3:]):
        level = 4
    codes = _OF_LEVEL.get(level + 1, ())
    missing = tuple(one for one in evidence if one.code in codes and not one.holds)
    return Judgement(tuple(sorted(parties)), level, LEVELS[level], tuple(evidence), missing)


def maturity_of_pairs(
    acts: Iterable[Act], day: dt.date, thresholds: Thresholds | None = None
) -> list[Judgement]:
    """The same for each pair of parties who did anything together: the furthest first, then by name.

    An act of k parties is one of each of their pairs; advice counts between the one who gave it and each of the others.
    O(Σ k² over the acts).
    acts, day and thresholds as in `maturity`.

    >>> spring = dt.date(2024, 4, 1)
    >>> acts = [Act("gathering", ("s1", "s2", "s3"), spring), Act("exchange", ("s2", "s3"), spring),
    ...         Act("exchange", ("s2", "s3"), spring)]
    >>> [(judged.parties, judged.level) for judged in maturity_of_pairs(acts, dt.date(2024, 12, 31))]
    [(('s2', 's3'), 2), (('s1', 's2'), 1), (('s1', 's3'), 1)]
    """
    of_pair: dict[tuple[str, str], list[Act]] = defaultdict(list)
    for act in acts:
        for pair in _pairs_of(act):
            of_pair[min(pair), max(pair)].append(act)
    judged = [maturity(done, day, thresholds, pair) for pair, done in of_pair.items()]
    return sorted(judged, key=lambda one: (-one.level, one.parties))


def acts_of_schools(activity: Activity, until: dt.date) -> list[Act]:
    """What attendance and dated advice tell of schools: gatherings at which members of several were, and advice
    between people of different schools. Only people who consent to analytics give advice here; a school is that of
    the day. What was worked on, exchanged and agreed is recorded elsewhere: add it.

    >>> from tejido_analytics.tables import Attendance, Gathering, Person, Tables
    >>> day = dt.date(2024, 5, 2)
    >>> data = Tables(people=[Person("ana", school="s1"), Person("eva", school="s2")], gatherings=[Gathering("g", day)],
    ...     attendance=[Attendance("ana", "g"), Attendance("eva", "g")])
    >>> acts_of_schools(Activity(data), day)
    [Act(kind='gathering', parties=('s1', 's2'), day=datetime.date(2024, 5, 2), until=None)]
    """
    acts = []
    for key, people in activity.attended.items():
        day = activity.date_of(key)
        if day <= until:
            schools = {activity.school_of(person, Period(day, day)) for person in people} - {""}
            if len(schools) > 1:
                acts.append(Act(GATHERING, tuple(sorted(schools)), day))
    for tie in sorted(
        activity.tables.ties, key=lambda tie: (tie.date or dt.date.min, tie.source, tie.target)
    ):
        if tie.kind != "advice" or tie.date is None or tie.date > until:
            continue
        if not {tie.source, tie.target} <= activity.consenting:
            continue
        # A tie of advice points at the one who is asked, and who therefore gives it.
        asks, gives = (
            activity.school_of(one, Period(tie.date, tie.date)) for one in (tie.source, tie.target)
        )
        if asks and gives and asks != gives:
            acts.append(Act(ADVICE, (gives, asks), tie.date))
    return acts


def _lower(acts: Sequence[Act], window: Period, asked: Thresholds) -> tuple[int, list[Condition]]:
    """The level up to collaboration that holds within a window, and its three conditions."""
    done = [act for act in acts if act.kind != AGREEMENT and act.day is not None and act.day in window]
    evidence = [
        Condition(SHARED_GATHERINGS, sum(act.kind == GATHERING for act in done), asked.gatherings),
        Condition(EXCHANGES, sum(act.kind in (EXCHANGE, ADVICE) for act in done), asked.exchanges),
        Condition(WORK_DONE, sum(act.kind == JOINT_WORK for act in done), asked.joint_work),
    ]
    level = 0
    while level < 3 and evidence[level].holds:
        level += 1
    return level, evidence


def _windows(acts: Sequence[Act], day: dt.date, asked: Thresholds) -> list[Period]:
    """The separate periods in which there may have been collaboration, up to `day`."""
    if asked.own_periods:
        separate: list[Period] = []
        for period in sorted(asked.own_periods):
            if period.start <= day and not (separate and period.start <= separate[-1].end):
                separate.append(Period(period.start, min(period.end, day)))
        return separate
    days = [act.day for act in acts if act.kind == JOINT_WORK and act.day is not None and act.day <= day]
    windows = []
    end = day
    while days and end >= min(days):
        windows.append(Period(_back(end, asked.window_days - 1), end))
        if windows[-1].start == dt.date.min:
            break
        end = windows[-1].start - dt.timedelta(days=1)
    return windows


def _back(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(max(1, day.toordinal() - days))


def _pairs_of(act: Act) -> Iterable[tuple[str, str]]:
    if act.kind == ADVICE:
        return ((act.parties[0], other) for other in set(act.parties[1:]) - {act.parties[0]})
    return combinations(sorted(set(act.parties)), 2)


def _both_ways(acts: Sequence[Act], window: Period, parties: Sequence[str]) -> int:
    """Pairs of parties who each advised the other within the window; only the pair asked for, if one is."""
    given = {
        (act.parties[0], other)
        for act in acts
        if act.kind == ADVICE and act.day is not None and act.day in window
        for other in act.parties[1:]
        if other != act.parties[0] and (not parties or {act.parties[0], other} <= set(parties))
    }
    return sum((other, one) in given for one, other in given) // 2


def _in_force(act: Act, day: dt.date) -> bool:
    if act.kind != AGREEMENT:
        return False
    return (act.day is None or act.day <= day) and (act.until is None or act.until >= day)
