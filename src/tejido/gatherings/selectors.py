"""Questions about gatherings. Read only; every list says how many queries it costs."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from tejido.accounts.models import User
from tejido.communities.selectors import members_on
from tejido.directory.models import Person
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.policies import visible_to

PRESENT = Q(attendances__status__in=Attendance.ATTENDED)


def gatherings_for(actor: User) -> QuerySet[Gathering]:
    """Gatherings `actor` may see, newest first, with `attended`. One query for any number of rows."""
    return (
        Gathering.objects.filter(visible_to(actor))
        .select_related("community", "school", "organisation")
        .annotate(attended=Count("attendances", filter=PRESENT))
        .order_by("-starts_at", "-pk")
    )


def invited_to(gathering: Gathering) -> QuerySet[Person]:
    """Who is invited: the listed, or all members of the community on that day. One query."""
    if not gathering.everyone_invited:
        people: QuerySet[Person] = Person.objects.filter(invitations__gathering=gathering).order_by(
            "search_name", "pk"
        )
        return people
    return members_on(gathering.community_id, gathering.starts_at.date())
