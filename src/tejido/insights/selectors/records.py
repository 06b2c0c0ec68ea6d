"""What was recorded of single gatherings, as the plain tables of `tejido_analytics`: agendas, who led, which organisations
gave, exit tickets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q

from tejido.agenda.models import Leading, Segment
from tejido.alliances.models import Contribution
from tejido.closing.models import Contributor
from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.gatherings.models import FormGiven, Gathering
from tejido.instruments.models import Collection, Instrument
from tejido.instruments.selectors import ratings_of
from tejido_analytics import tables as plain

NAMED = "named"  # the kind of what an organisation gave, where only the closing act says that it helped


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
    """What organisations gave: delivered under an agreement, the house in which a gathering was, or named when it was
    closed. Three queries.

    The house that an agreement names too is one contribution: the library counts equal rows once. Who is named at the
    closing and is known already, by an agreement, as the host or by a part of the agenda, counts no second time.
    """
    given = Contribution.objects.filter(inside_of(community, "agreement__community_id"), delivered=True)
    hosted = Gathering.objects.filter(inside_of(community, "community_id"), organisation__isnull=False)
    columns = ("agreement__organisation_id", "gathering_id", "day", "kind")
    return [
        *(
            plain.Contribution(str(organisation), str(gathering or ""), None if gathering else day, kind)
            for organisation, gathering, day, kind in given.order_by("pk").values_list(*columns)
        ),
        *(
            plain.Contribution(str(organisation), str(gathering), kind=Contribution.Kind.VENUE.value)
            for organisation, gathering in hosted.order_by("pk").values_list("organisation_id", "pk")
        ),
        *(
            plain.Contribution(str(organisation), str(gathering), kind=NAMED)
            for organisation, gathering in _only_named(community)
        ),
    ]


def _only_named(community: Community) -> Iterable[tuple[int, int]]:
    """(organisation, gathering) of those of whose help only the closing act knows. One query."""
    at_the_same = {"gathering": OuterRef("gathering")}
    same = at_the_same | {"organisation": OuterRef("organisation")}
    agreed = Contribution.objects.filter(
        delivered=True, agreement__organisation=OuterRef("organisation"), **at_the_same
    )
    rows = Contributor.objects.filter(
        ~Exists(agreed),
        ~Exists(Segment.objects.filter(**same)),
        inside_of(community, "gathering__community_id"),
    ).exclude(gathering__organisation=F("organisation"))
    return rows.order_by("pk").values_list("organisation_id", "gathering_id")


def tickets_in(community: Community) -> list[plain.Ticket]:
    """Every exit ticket that was given at a gathering and not withdrawn, with its ratings. Seven queries for any number."""
    tickets = Collection.objects.filter(
        inside_of(community, "given_at__gathering__community_id"),
        version__instrument__kind=Instrument.Kind.EXIT_TICKET,
    )
    rated = ratings_of(tickets)
    given = FormGiven.objects.filter(collection__in=tickets).order_by("pk")
    return [
        plain.Ticket(str(pk), str(gathering), rated[pk].answers, rated[pk].ratings)
        for pk, gathering in given.values_list("collection_id", "gathering_id")
        if pk in rated
    ]
