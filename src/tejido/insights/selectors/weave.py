"""Who is tied to whom, as a reader may see it: people with the words by which they are shown, and their ties.

People who no longer consent to analytics are left out at once, whatever was stored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.directory.models import Consent, Person, Purpose
from tejido.directory.policies import people_visible_to
from tejido.insights.models import Insight
from tejido.insights.policies import Eyes
from tejido.insights.selectors.tables import people_of

GROUPINGS = ("district", "sector", "school", "subject", "circle")
TOLD_APART = 7  # colours and shapes; the smallest groups are drawn alike
SMALLEST_GROUP = 5


@dataclass(frozen=True, slots=True)
class Knot:
    """A person in the network. `name` is what this reader reads: a name, or "member 12"; `named` tells which.

    `shown_as` is the number under which the page may speak of them: their own, or for the unnamed a negative one
    that says nothing about them.
    """

    id: int
    shown_as: int
    name: str
    named: bool
    is_reader: bool
    x: float
    y: float
    strength: float
    circle: int | None
    district: int | None
    school: int | None
    sector: str
    subject: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A tie: ids of two people, weight, times met (or written down), day of the last time, ids of the gatherings shared."""

    a: int
    b: int
    weight: float
    times: int
    last: date | None
    gatherings: tuple[int, ...]

    @property
    def is_met(self) -> bool:
        """Made of gatherings shared, not of what somebody wrote down."""
        return bool(self.gatherings)

    def other(self, person: int) -> int:
        return self.b if person == self.a else self.a


@dataclass(frozen=True, slots=True)
class Weave:
    """The network of an insight: people by id, ties the strongest first.

    hidden: how many withdrew consent since it was computed. names: of everybody of the community who consents,
    active or not, as far as this reader may read them.
    """

    knots: Mapping[int, Knot]
    threads: Sequence[Thread]
    hidden: int
    names: Mapping[int, str]

    def of(self, person: int) -> list[Thread]:
        """The ties of one person, the strongest first."""
        return [thread for thread in self.threads if person in (thread.a, thread.b)]

    def met_at_least(self, times: int) -> Weave:
        """Only ties of people who met so many times; everybody stays."""
        return replace(self, threads=[thread for thread in self.threads if thread.times >= times])


def weave_of(insight: Insight, actor: User, eyes: Eyes) -> Weave:
    """The stored network through the eyes of `actor`. One query for any size, where the insight brought its network."""
    return weaves_of([insight], actor, eyes)[0]


def told_weave_of(insight: Insight, actor: User, eyes: Eyes) -> Weave:
    """Who is tied by what people told of or somebody wrote down, where the network is that of who met whom. One query."""
    stored = insight.network
    return _weave(insight, _people(insight, actor, eyes), (stored.told_people, stored.told_ties))


def weaves_of(insights: Sequence[Insight], actor: User, eyes: Eyes) -> list[Weave]:
    """As `weave_of`, for several insights of one community together. One query."""
    names = _people(insights[0], actor, eyes)
    return [_weave(one, names, (one.network.people, one.network.ties)) for one in insights]


def _weave(
    insight: Insight, names: Mapping[int, tuple[str, bool]], stored: tuple[list[Any], list[Any]]
) -> Weave:
    people, ties = stored
    ids = [row[0] for row in people]
    numbers = _numbers(insight, [pk for pk in ids if pk in names and not names[pk][0]])
    knots: dict[int, Knot] = {}
    for row in people:
        if row[0] not in names:
            continue
        name, is_reader = names[row[0]]
        number = numbers.get(row[0], 0)
        shown = name or _("member %(number)d") % {"number": number}
        _pk, x, y, strength, circle, district, school, sector, subject = row
        about = (circle, district, school, sector, subject)
        knots[row[0]] = Knot(
            row[0], row[0] if name else -number, shown, bool(name), is_reader, x, y, strength, *about
        )
    threads = [
        Thread(ids[a], ids[b], weight, times, date.fromisoformat(day) if day else None, tuple(gatherings))
        for a, b, weight, times, day, gatherings in ties
        if ids[a] in knots and ids[b] in knots
    ]
    readable = {person: name for person, (name, _mine) in names.items() if name}
    return Weave(knots, threads, len(ids) - len(knots), readable)


def _numbers(insight: Insight, unnamed: Sequence[int]) -> dict[int, int]:
    """Numbers for people without a name, in an order that tells nothing: it changes with every insight."""
    salt = f"tejido.insights.{insight.pk}"
    shuffled = sorted(unnamed, key=lambda pk: salted_hmac(salt, str(pk)).digest())
    return {pk: number for number, pk in enumerate(shuffled, start=1)}


def consenting(person: str = "pk") -> Exists:
    """Whether a person consents to analytics today; `person` leads to their id."""
    return Exists(
        Consent.objects.filter(
            person_id=OuterRef(person), purpose=Purpose.ANALYTICS, is_current=True, given=True
        )
    )


def _people(insight: Insight, actor: User, eyes: Eyes) -> dict[int, tuple[str, bool]]:
    """Person -> (name, or "" where the reader may not read it; whether it is the reader), for those who consent."""
    rows = people_of(insight.community).filter(consenting())
    readable = Value(True) if eyes.team else Exists(_readable(actor, eyes).filter(pk=OuterRef("pk")))
    found = {}
    for person in rows.annotate(may_be_named=readable).only("given_names", "family_names", "user_id"):
        mine = person.user_id == actor.pk
        found[person.pk] = (person.name if person.may_be_named or mine else "", mine)
    return found


def _readable(actor: User, eyes: Eyes) -> QuerySet[Person]:
    """People whose names may stand beside ties: for those who see ties, whom the directory shows; else nobody."""
    people: QuerySet[Person] = Person.objects.filter(
        people_visible_to(actor) if eyes.ties else Q(user_id=actor.pk)
    )
    return people


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups by colour and shape: names, the largest first; person -> place in them, TOLD_APART for all others."""

    names: tuple[str, ...]
    place: Mapping[int, int]

    @property
    def has_rest(self) -> bool:
        return TOLD_APART in self.place.values()


def grouped(weave: Weave, by: str, called: Mapping[int, str], *, small_groups: bool) -> Grouping:
    """People of the weave by district, sector, school, subject or circle. No query.

    called: names of the groups (of districts and schools by id); others are called as they are. The seven largest
    are told apart. Without `small_groups`, those of fewer than five people are drawn like the rest.
    """
    value_of = {knot.id: getattr(knot, by) for knot in weave.knots.values()}
    sizes = Counter(value for value in value_of.values() if value not in (None, ""))
    names = {value: _group_name(by, value, called) for value in sizes}
    smallest = 1 if small_groups else SMALLEST_GROUP
    kept = sorted(
        (value for value, size in sizes.items() if size >= smallest),
        key=lambda value: (-sizes[value], names[value]),
    )[:TOLD_APART]
    place = {value: number for number, value in enumerate(kept)}
    where = {person: place.get(value, TOLD_APART) for person, value in value_of.items()}
    return Grouping(tuple(names[value] for value in kept), where)


def _group_name(by: str, value: Any, called: Mapping[int, str]) -> str:
    if by == "circle":
        return _("Circle %(number)d") % {"number": value + 1}
    if by in ("district", "school"):
        return called.get(value) or _("a place that was removed")
    return str(value)


def shared_by(weave: Weave) -> dict[int, int]:
    """Person -> number of ties. O(ties)."""
    found: dict[int, int] = defaultdict(int)
    for thread in weave.threads:
        found[thread.a] += 1
        found[thread.b] += 1
    return found
