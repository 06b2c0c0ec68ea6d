"""Who came to gatherings without belonging to the network: written down at the door, or brought by a roll call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from tejido.accounts.models import User
from tejido.communities.models import Community, Lineage, Membership
from tejido.communities.selectors import below
from tejido.directory.models import Person
from tejido.directory.selectors import people_to_merge
from tejido.gatherings.models import Attendance, Gathering


@dataclass(frozen=True, slots=True)
class GuestShown:
    """A guest as the page shows them. written_by: who noted the first time, "" where it was a list or the system.

    alike: people of the same name with whom the reader may merge them; at most three.
    """

    person: Person
    times: int
    last_on: date
    first: Gathering
    written_by: str
    alike: Sequence[Person]


def guests_of(community: Community) -> QuerySet[Person]:
    """Who attended a gathering of the community or below and was never a member there or above, the latest first.

    With `.times` and `.last_on`. For its team: the caller asks for the right. One query.
    """
    inside = below(community)
    ancestors = Lineage.objects.filter(community=community).values("ancestor_id")
    members = Membership.objects.filter(person_id=OuterRef("pk")).filter(
        Q(community_id__in=inside) | Q(community_id__in=ancestors)
    )
    came = Q(attendances__gathering__community_id__in=inside, attendances__status__in=Attendance.ATTENDED)
    guests: QuerySet[Person] = (
        Person.objects.filter(came)
        .exclude(Exists(members))
        .annotate(times=Count("attendances"), last_on=Max("attendances__gathering__day"))
        .order_by("-last_on", "search_name", "pk")
    )
    return guests


def shown_guests(guests: Collection[Any], community: Community, *, actor: User) -> list[GuestShown]:
    """Rows of `guests_of` with where they came first, who wrote them down, and who is called alike. Three queries."""
    ids = [guest.pk for guest in guests]
    attended = Attendance.objects.filter(
        person_id__in=ids, gathering__community_id__in=below(community), status__in=Attendance.ATTENDED
    ).select_related("gathering__community", "recorded_by__person")
    first: dict[int, Attendance] = {}
    for row in attended.order_by("gathering__starts_at", "pk"):
        first.setdefault(row.person_id, row)
    alike = _alike(guests, actor)
    return [
        GuestShown(
            guest,
            guest.times,
            guest.last_on,
            first[guest.pk].gathering,
            str(getattr(first[guest.pk].recorded_by, "person", "")),
            alike[guest.pk],
        )
        for guest in guests
    ]


def _alike(guests: Collection[Person], actor: User) -> dict[int, list[Person]]:
    """Guest -> others of the same name whom the actor may merge, at most three. Two queries."""
    names = {guest.search_name for guest in guests}
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people_to_merge(actor).filter(search_name__in=names):
        by_name[person.search_name].append(person)
    return {
        guest.pk: [one for one in by_name[guest.search_name] if one.pk != guest.pk][:3] for guest in guests
    }
