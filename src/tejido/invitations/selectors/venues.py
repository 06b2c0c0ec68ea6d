"""How far people have to go, and what another venue would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tejido.accounts.models import User
from tejido.directory.models import Person, School
from tejido.directory.selectors import CURRENT_POSTS, schools_for
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import invited_to, where

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Venue:
    """A place where people could meet. key: "here" for the place that is planned, else the id of a school."""

    key: str
    name: str
    latitude: float
    longitude: float


def _home(person: Any) -> tuple[float | None, float | None]:
    """Where somebody works: the school of a current post that says where it lies."""
    for post in person.current_posts:
        if post.school and post.school.latitude is not None:
            return post.school.latitude, post.school.longitude
    return None, None


def distances_to(gathering: Gathering, people: Iterable[Person]) -> dict[int, float]:
    """Person id -> km from their school to the gathering, as the crow flies. `current_posts` are at hand. No query when joined."""
    from tejido_analytics.venues import distance_km

    here = where(gathering)
    found = {}
    for person in people:
        km = distance_km(_home(person), (here.latitude, here.longitude))
        if km is not None:
            found[person.pk] = km
    return found


def advice_on(
    gathering: Gathering, venues: Iterable[Venue], *, too_far_km: float
) -> tuple[list[Any], dict[int, Person]]:
    """Each venue with how far the invited would go (`tejido_analytics.venues.Reach`), and the people by id. Two queries."""
    from tejido_analytics.venues import compare

    people: dict[int, Person] = {one.pk: one for one in invited_to(gathering).prefetch_related(CURRENT_POSTS)}
    homes = {key: _home(one) for key, one in people.items()}
    places = {one.key: (one.latitude, one.longitude) for one in venues}
    return compare(homes, places, too_far_km=too_far_km), people


def venues_named(
    actor: User, gathering: Gathering, keys: Iterable[str], words: str
) -> tuple[list[Venue], list[School]]:
    """The venues that were picked, the planned place first, and schools whose name fits `words`. Two queries."""
    here = where(gathering)
    found = []
    if here.latitude is not None and here.longitude is not None:
        found.append(Venue("here", here.name or here.address, here.latitude, here.longitude))
    placed = schools_for(actor).exclude(latitude=None).exclude(longitude=None)
    ids = {int(key) for key in keys if key.isdecimal() and len(key) < 19}
    picked = placed.filter(pk__in=ids).order_by("search_name", "pk")[:MOST_FOUND]
    found += [Venue(str(one.pk), one.name, one.latitude or 0.0, one.longitude or 0.0) for one in picked]
    offered: list[School] = []
    if words:
        from tejido.directory.selectors import search_form

        offered = list(
            placed.filter(search_name__contains=search_form(words)).exclude(pk__in=ids)[:MOST_FOUND]
        )
    return found, offered
