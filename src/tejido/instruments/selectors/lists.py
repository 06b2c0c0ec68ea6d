"""Lists of instruments and collections, and who is asked."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.selectors import members_on
from tejido.directory.models import Person
from tejido.instruments.models import Collection, Instrument, Invitation, Response, Version
from tejido.instruments.policies import instruments_visible_to, results_visible_to

HEAVY = ("version__xform", "version__source")


def instruments_of(actor: User, community: Community) -> QuerySet[Instrument]:
    """Instruments of the community and templates of the house that the actor may see, by title. One query.

    With `given`: how many collections there are in this community.
    """
    mine = Q(versions__collections__community=community)
    return (
        Instrument.objects.filter(instruments_visible_to(actor), Q(community=community) | Q(community=None))
        .annotate(given=Count("versions__collections", filter=mine, distinct=True))
        .order_by(F("community").desc(nulls_last=True), "title", "pk")
    )


def versions_of(instrument: Instrument) -> QuerySet[Version]:
    """Versions, the newest first, without their bytes, with `came`: how many answers. One query."""
    return instrument.versions.defer("xform", "source").annotate(came=Count("responses")).order_by("-pk")


def collections_of(actor: User, community: Community) -> QuerySet[Collection]:
    """Collections of the community that the actor may see results of, the newest first, with `came`. One query."""
    came = (
        Response.objects.filter(collection=OuterRef("pk"), state__in=Response.COUNTED)
        .order_by()
        .values("collection")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        Collection.objects.filter(results_visible_to(actor), community=community)
        .select_related("version__instrument")
        .defer(*HEAVY)
        .annotate(came=Subquery(came))
        .order_by("-opens_at", "-pk")
    )


def collections_for(actor: User) -> QuerySet[Collection]:
    """Every collection that the actor may see results of, with version, instrument and community. One query."""
    return (
        Collection.objects.filter(results_visible_to(actor))
        .select_related("version__instrument", "community__parent")
        .defer(*HEAVY)
    )


def audience_of(collection: Collection) -> QuerySet[Person] | None:
    """Who is asked: the frozen list, or the members of the community (of the day it closed). None for a link. One query."""
    if collection.audience == Collection.Audience.LINK:
        return None
    if collection.audience in Collection.FROZEN:
        asked = collection.invitations.filter(revoked=False).values("person_id")
        people: QuerySet[Person] = Person.objects.filter(pk__in=asked).order_by("search_name", "pk")
        return people
    closed = collection.closed_at.date() if collection.closed_at else None
    return members_on(collection.community_id, closed)


def asked_people(collection: Collection) -> Sequence[tuple[Person, Invitation | None]]:
    """Everybody who is asked, by name, with the invitation where there is one. Two queries.

    Of anonymous collections this tells who is asked; whether somebody answered is not for any page.
    """
    people = audience_of(collection)
    if people is None:
        return []
    invitations = {one.person_id: one for one in collection.invitations.all()}
    return [(person, invitations.get(person.pk)) for person in people]


def counted(collection: Collection) -> QuerySet[Response]:
    """The answers that count."""
    return collection.responses.filter(state__in=Response.COUNTED)


def responses_of(collection: Collection) -> QuerySet[Response]:
    """Answers that are not counted yet: late, contradicting, or flagged. Newest first, with flags and person. Two queries."""
    return (
        collection.responses.exclude(state=Response.State.ACCEPTED)
        .select_related("person")
        .defer("xml")
        .prefetch_related("flags")
        .order_by("-received_at", "pk")
    )
