"""Who comes in by which link, and what an answer that arrives belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, When
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community, Lineage
from tejido.communities.selectors import above
from tejido.instruments.models import Collection, Invitation, Version
from tejido.instruments.policies import answerable_by
from tejido.instruments.rosters import Roster
from tejido.instruments.tokens import token_hash


@dataclass(frozen=True, slots=True)
class Door:
    """What a link opens. invitation: whose it is, where it is a personal one.

    roster: whom its owner can name, where the form asks for people; put there by `services.with_roster`.
    """

    collection: Collection
    invitation: Invitation | None = None
    roster: Roster | None = None

    @property
    def is_revoked(self) -> bool:
        withdrawn = self.collection.state == Collection.State.WITHDRAWN
        return withdrawn or (self.invitation is not None and self.invitation.revoked)

    @property
    def is_open(self) -> bool:
        """Whether answers are asked for now."""
        return is_open(self.collection) and not self.is_revoked

    @property
    def is_early(self) -> bool:
        """Whether the opening is still to come."""
        return self.collection.state == Collection.State.OPEN and self.collection.opens_at > timezone.now()

    @property
    def has_answered(self) -> bool:
        """Whether the person whose link this is has answered, where one answer each is asked for."""
        return self.invitation is not None and self.invitation.has_answered and not self.collection.many


def is_open(collection: Collection) -> bool:
    """Whether answers are asked for now. No query."""
    now = timezone.now()
    begun = collection.opens_at <= now
    over = collection.closes_at is not None and collection.closes_at <= now
    return collection.state == Collection.State.OPEN and begun and not over


def door_of(token: str) -> Door | None:
    """What the link with this token opens, revoked or not; None where there is no such link. At most two queries."""
    joined = ("version__instrument", "community")
    shared = Collection.objects.select_related(*joined).filter(public_token=token).first() if token else None
    if shared is not None:
        return Door(shared)
    invitation = (
        Invitation.objects.select_related("person", *(f"collection__{name}" for name in joined))
        .filter(token_hash=token_hash(token))
        .first()
    )
    return Door(invitation.collection, invitation) if invitation else None


def collections_open_in(community: Community) -> QuerySet[Collection]:
    """Collections of the community and of those above it that ask for answers now, with version and instrument. One query."""
    now = timezone.now()
    return (
        Collection.objects.filter(
            Q(closes_at=None) | Q(closes_at__gt=now),
            state=Collection.State.OPEN,
            opens_at__lte=now,
            community__in=[community, *above(community)],
        )
        .select_related("version__instrument", "community")
        .order_by("-opens_at", "-pk")
    )


def to_answer(actor: User) -> QuerySet[Collection]:
    """What the actor is asked to answer now, with version, instrument and community, the one that closes first first.

    One query. `answered`: whether the actor has. A collection for many answers stays on the list.
    """
    now = timezone.now()
    mine = Invitation.objects.filter(
        collection_id=OuterRef("pk"), person__user_id=actor.pk, has_answered=True
    )
    return (
        Collection.objects.filter(answerable_by(actor), Q(closes_at=None) | Q(closes_at__gt=now))
        .filter(state=Collection.State.OPEN, opens_at__lte=now)
        .select_related("version__instrument", "community")
        .annotate(answered=Exists(mine))
        .order_by(F("closes_at").asc(nulls_last=True), "-pk")
    )


def collection_for(version: Version, community: Community) -> Collection | None:
    """The collection that an answer to a form belongs to, where its sender did not say: the newest that is open, here or above.

    Else the newest that was closed; one that was withdrawn never. One query.
    """
    homes = Lineage.objects.filter(community=community).values("ancestor_id")
    given = Collection.objects.filter(version__instrument=version.instrument_id, community__in=homes).exclude(
        state=Collection.State.WITHDRAWN
    )
    closed = Case(When(state=Collection.State.OPEN, then=0), default=1, output_field=IntegerField())
    return given.select_related("community").order_by(closed, "-opens_at", "-pk").first()


def version_named(
    root: Any, community: Community, collection: Collection | None
) -> tuple[Version, bool] | None:
    """The version that the root element of a submission names, and whether it is exactly that one.

    An answer to a version that nobody knows (a phone kept an old form) is read as the newest. None where the form itself is
    unknown here. At most two queries.
    """
    form_id = root.get("id") or root.nsmap.get(root.prefix) or ""
    if collection is not None:
        instruments = Q(instrument=collection.version.instrument_id)
    else:
        homes = Q(instrument__community=None) | Q(instrument__community__in=[community, *above(community)])
        instruments = homes
    known = Version.objects.filter(instruments, instrument__form_id=form_id).select_related("instrument")
    exact = known.filter(version=root.get("version") or "").order_by("-pk").first()
    if exact is not None:
        return exact, True
    newest = known.order_by("-pk").first()
    return (newest, False) if newest else None
