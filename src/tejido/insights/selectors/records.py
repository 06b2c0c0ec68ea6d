"""What was recorded of single gatherings, as the plain tables of `tejido_analytics`: agendas, who led, which organisations gave."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q

from tejido.agenda.models import Leading, Segment
from tejido.alliances.models import Contribution
from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.gatherings.models import Gathering
from tejido_analytics import tables as plain


def inside_of(community: Community, path: str) -> Q:
    """Rows of the community and of all below it; `path` leads to their community's id."""
    return Q(**{f"{path}__in": below(community)})


def segments_in(community: Community) -> list[plain.Segment]:
    """Every segment of every agenda, with those who led it. Two queries for any number."""
    leaders: dict[int, list[str]] = defaultdict(list)
    led = Leading.objects.filter(inside_of(community, "segment__gathering__community_id"))
    known = led.filter(person__arriving_in=None, person__merged_into=None).order_by("segment_id", "person_id")
    for segment, person in known.values_list("segment_id", "person_id"):
        leaders[segment].append(str(person))
    return [
        plain.Segment(
            str(row.pk),
            str(row.gathering_id),
            row.kind,
            row.minutes,
            row.actual_minutes,
            tuple(leaders[row.pk]),
            row.guest,
            str(row.organisation_id or ""),
        )
        for row in Segment.objects.filter(inside_of(community, "gathering__community_id")).order_by("pk")
    ]


def contributions_in(community: Community) -> list[plain.Contribution]:
    """What organisations gave: delivered under an agreement, or the house in which a gathering was. Two queries.

    The house that an agreement names too is one contribution: the library counts equal rows once.
    """
    given = Contribution.objects.filter(inside_of(community, "agreement__community_id"), delivered=True)
    hosted = Gathering.objects.filter(inside_of(community, "community_id"), organisation__isnull=False)
    columns = ("agreement__organisation_id", "gathering_id", "day", "kind")
    return [
        plain.Contribution(str(organisation), str(gathering or ""), None if gathering else day, kind)
        for organisation, gathering, day, kind in given.order_by("pk").values_list(*columns)
    ] + [
        plain.Contribution(str(organisation), str(gathering), kind=Contribution.Kind.VENUE.value)
        for organisation, gathering in hosted.order_by("pk").values_list("organisation_id", "pk")
    ]
