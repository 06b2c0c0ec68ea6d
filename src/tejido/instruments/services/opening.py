"""Giving a form to people: opening, closing, opening again, withdrawing."""

from __future__ import annotations

from collections.abc import Collection as Some
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.order import forget_order
from tejido.foundation.policies import require
from tejido.instruments.events import (
    CollectionClosed,
    CollectionOpened,
    CollectionReopened,
    CollectionWithdrawn,
)
from tejido.instruments.models import Answer, Collection, Flag, Instrument, Invitation, Version
from tejido.instruments.selectors.lists import audience_of
from tejido.instruments.selectors.rosters import asks_for_people, people_to_name
from tejido.instruments.services.rosters import codes_for
from tejido.instruments.tokens import personal_token, shared_token, token_hash
from tejido.instruments.values import Terms

FEWEST_TO_NAME = 2


@transaction.atomic
def open_collection(
    version: Version, community: Community, terms: Terms, *, actor: User, people: Some[Person] = ()
) -> Collection:
    """Give a version to an audience of the community.

    people: for a list, or those who attended (higher floors hand them over): the audience, frozen now.
    Raises: NotAllowed; Refusal("nobody_asked"): a list without people; Refusal("other_community"): somebody else's form;
    Refusal("closes_before_it_opens"); of forms that ask for people Refusal("never_by_link"), ("never_anonymous"),
    ("nobody_to_name").
    Announces CollectionOpened.
    """
    require(actor, "instruments.open", community)
    require(actor, "instruments.see", version.instrument)
    audience = terms.get("audience", Collection.Audience.COMMUNITY)
    _check(version, community, terms, bool(people))
    opens_at = terms.get("opens_at") or timezone.now()
    linked = terms.get("link", False) or audience == Collection.Audience.LINK
    collection = Collection.objects.create(
        version=version, community=community, audience=audience, opens_at=opens_at,
        title=(terms.get("title") or version.instrument.title)[:200],
        anonymous=terms.get("anonymous", False), many=terms.get("many", False),
        closes_at=terms.get("closes_at"), public_token=shared_token() if linked else None,
    )  # fmt: skip
    if asks_for_people(version):
        codes_for(community, people_to_name(community))
    if audience in Collection.FROZEN:
        add_invitations(collection, people)
    elif collection.anonymous:  # all at once: made one by one they would tell who answered when
        add_invitations(collection, list(audience_of(collection) or []))
    announce(CollectionOpened(community.pk, collection.pk, version.pk), actor=actor)
    return collection


def _check(version: Version, community: Community, terms: Terms, has_people: bool) -> None:
    audience, closes_at = terms.get("audience", Collection.Audience.COMMUNITY), terms.get("closes_at")
    if audience in Collection.FROZEN and not has_people:
        raise Refusal("nobody_asked", _("Choose at least one person to ask."))
    owner = version.instrument.community
    if owner is not None and not owner.descent.filter(community=community).exists():
        raise Refusal(
            "other_community", _("This form belongs to another community. Bring it into this one first.")
        )
    if closes_at is not None and closes_at <= (terms.get("opens_at") or timezone.now()):
        raise Refusal("closes_before_it_opens", _("It closes before it opens. Check the two dates."))
    if version.instrument.kind == Instrument.Kind.SOCIOMETRIC or asks_for_people(version):
        _check_naming(community, terms)


def _check_naming(community: Community, terms: Terms) -> None:
    """Who names others is known, is asked by name, and finds somebody to name."""
    if terms.get("link", False) or terms.get("audience") == Collection.Audience.LINK:
        raise Refusal(
            "never_by_link",
            _("This form names people of the community, so only those who are asked may open it."),
        )
    if terms.get("anonymous", False):
        raise Refusal(
            "never_anonymous",
            _(
                "This form asks who is tied to whom, so its answers carry names. Choose that answers carry names."
            ),
        )
    if people_to_name(community).count() < FEWEST_TO_NAME:
        raise Refusal(
            "nobody_to_name",
            _(
                "Fewer than two people of this community have agreed to appear in its network, so there is nobody to name. "
                "Ask for their consent first."
            ),
        )


def add_invitations(collection: Collection, people: Some[Person]) -> int:
    """Ask these people too; those who are asked already stay as they are. Returns how many are new. For services."""
    there = set(collection.invitations.values_list("person_id", flat=True))
    new = [person for person in people if person.pk not in there]
    made = Invitation.objects.bulk_create(
        [
            Invitation(
                collection=collection,
                person=person,
                token_hash=token_hash(personal_token(collection.pk, person.pk, 1)),
            )
            for person in new
        ],
        ignore_conflicts=True,
    )
    return len(made)


@transaction.atomic
def close_collection(collection: Collection, *, actor: User) -> Collection:
    """No more answers are asked for; what still arrives is kept as late. A second time changes nothing.

    Raises NotAllowed. Announces CollectionClosed.
    """
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    require(actor, "instruments.manage", collection)
    if collection.state == Collection.State.OPEN:
        _turn(collection, Collection.State.CLOSED, timezone.now())
        if collection.anonymous:
            forget_the_order(collection)
        announce(CollectionClosed(collection.community_id, collection.pk), actor=actor)
    return collection


@transaction.atomic
def reopen_collection(collection: Collection, *, actor: User) -> Collection:
    """Ask for answers again; the undo of `close_collection`. A closing date that has passed is taken away.

    Raises NotAllowed; Refusal("withdrawn"). Announces CollectionReopened.
    """
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    require(actor, "instruments.manage", collection)
    if collection.state == Collection.State.WITHDRAWN:
        raise Refusal("withdrawn", _("This was withdrawn, and its links are dead. Open a new one instead."))
    over = collection.closes_at is not None and collection.closes_at <= timezone.now()
    if collection.state == Collection.State.CLOSED or over:
        if over:
            collection.closes_at = None
        _turn(collection, Collection.State.OPEN, None)
        announce(CollectionReopened(collection.community_id, collection.pk), actor=actor)
    return collection


@transaction.atomic
def withdraw_collection(collection: Collection, *, actor: User) -> Collection:
    """Its links stop working and what arrives is refused; answers that are here stay. For what was opened by mistake.

    Raises NotAllowed. Announces CollectionWithdrawn.
    """
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    require(actor, "instruments.manage", collection)
    if collection.state != Collection.State.WITHDRAWN:
        collection.public_token = None
        _turn(collection, Collection.State.WITHDRAWN, collection.closed_at or timezone.now())
        announce(CollectionWithdrawn(collection.community_id, collection.pk), actor=actor)
    return collection


def _turn(collection: Collection, state: str, closed_at: datetime | None) -> None:
    collection.state, collection.closed_at = state, closed_at
    collection.save(update_fields=["state", "closed_at", "closes_at", "public_token"])


def forget_the_order(collection: Collection) -> None:
    """Write invitations, values and flags of an anonymous collection again, each in an order by chance.

    Keys count up, and PostgreSQL keeps out of sight in which order rows were changed: the order of those who answered could be
    laid beside the order of what was answered.
    """
    forget_order(collection.invitations.all())
    forget_order(Answer.objects.filter(response__collection=collection))
    forget_order(Flag.objects.filter(response__collection=collection))
