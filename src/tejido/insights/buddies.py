"""Who could be introduced to whom: near, complementary, not yet tied. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tejido_analytics.place import haversine_km

FAR_KM = 20.0  # at this distance nearness counts half


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person as far as an introduction asks. ties: how many they have; place: degrees, None where unknown."""

    id: int
    school: int | None
    place: tuple[float, float] | None
    offers: frozenset[str]
    wants: frozenset[str]
    ties: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A proposed buddy and why: topics that one offers and the other wants, both ways; km between their schools."""

    id: int
    learns: tuple[str, ...]
    teaches: tuple[str, ...]
    km: float | None
    score: float


def matches(person: Candidate, others: Iterable[Candidate], *, most: int = 3) -> list[Match]:
    """The best buddies for `person` among `others` (not tied to them, not themselves), the best first.

    Two points for each topic that one could learn from the other, up to one for nearness (1 at the same place, a half
    at 20 km), a half for somebody of another school, and a half for somebody who has ties to share. Ties by id.

    >>> ana = Candidate(1, 10, None, frozenset({"drama"}), frozenset({"robotics"}))
    >>> eva = Candidate(2, 11, None, frozenset({"robotics"}), frozenset())
    >>> luz = Candidate(3, 11, None, frozenset(), frozenset(), ties=4)
    >>> [(one.id, one.learns, one.score) for one in matches(ana, [luz, eva])]
    [(2, ('robotics',), 2.5), (3, (), 1.0)]
    """
    found = [_match(person, other) for other in others if other.id != person.id]
    return sorted(found, key=lambda match: (-match.score, match.id))[:most]


def _match(person: Candidate, other: Candidate) -> Match:
    learns = tuple(sorted(person.wants & other.offers))
    teaches = tuple(sorted(person.offers & other.wants))
    km = None
    if person.place is not None and other.place is not None:
        km = float(haversine_km(*person.place, *other.place))
    near = 0.0 if km is None else FAR_KM / (FAR_KM + km)
    elsewhere = 0.5 if other.school is not None and other.school != person.school else 0.0
    score = 2 * (len(learns) + len(teaches)) + near + elsewhere + (0.5 if other.ties else 0.0)
    return Match(other.id, learns, teaches, km, score)
