"""Deeds on organisations that belong: joining, who represents them, leaving, and taking either back for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.events import (
    NamingUndone,
    OrganisationJoined,
    OrganisationJoiningUndone,
    OrganisationLeavingUndone,
    OrganisationLeft,
    RepresentativeNamed,
)
from tejido.communities.models import Community, Membership, OrganisationMembership, Role
from tejido.communities.services.undoing import UNDO_FOR
from tejido.directory.models import ContactPoint, Organisation, Person, Post
from tejido.directory.services import add_person, set_contacts, take_up_post
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce, history
from tejido.foundation.models import JournalEntry
from tejido.foundation.policies import require

VERB = "communities.keep_organisations"


@transaction.atomic
def add_organisation_member(
    community: Community, organisation: Organisation, *, actor: User, starts_on: date | None = None
) -> OrganisationMembership:
    """The organisation belongs to the community from a day on (today); one that is in already is returned as it is.

    Raises NotAllowed. Announces OrganisationJoined where it is new.
    """
    require(actor, VERB, community)
    known = OrganisationMembership.objects.filter(
        community=community, organisation=organisation, ends_on=None
    ).first()
    if known is not None:
        return known
    held = OrganisationMembership.objects.create(
        community=community, organisation=organisation, starts_on=starts_on or community.today
    )
    announce(OrganisationJoined(community.pk, organisation.pk, held.pk), actor=actor)
    return held


@transaction.atomic
def name_representative(
    held: OrganisationMembership,
    person: Person,
    *,
    actor: User,
    starts_on: date | None = None,
    instead_of: Membership | None = None,
) -> Membership:
    """The person represents the organisation from a day on (today), in place of somebody or beside the others.

    `instead_of` ends the day before (on its own first day at the earliest). Who represents it already stays as they are.

    Raises: NotAllowed; Refusal("organisation_left", "represents_another", "before_the_organisation").
    Announces RepresentativeNamed.
    """
    held = _locked(held)
    require(actor, VERB, held.community)
    day = starts_on or held.community.today
    _check_may_be_named(held, day)
    known = Membership.objects.filter(
        community_id=held.community_id, person=person, role=Role.REPRESENTATIVE, ends_on=None
    ).first()
    if known is not None and known.organisation_membership_id == held.pk:
        return known
    if known is not None and known.organisation_membership_id is not None:
        raise Refusal(
            "represents_another",
            _("%(person)s represents another organisation here. End that first.") % {"person": person.name},
        )
    before = _end_before(held, instead_of, day)
    if known is None:
        known = Membership(
            community_id=held.community_id, person=person, role=Role.REPRESENTATIVE, starts_on=day
        )
    known.organisation_membership = held  # also for one of whom it was not said yet whom they speak for
    known.save()
    fact = RepresentativeNamed(held.community_id, held.organisation_id, person.pk, known.pk, before)
    announce(fact, actor=actor)
    return known


def _check_may_be_named(held: OrganisationMembership, day: date) -> None:
    if held.ends_on is not None:
        raise Refusal(
            "organisation_left",
            _("This organisation does not belong to the community any more. Add it again first."),
        )
    if day < held.starts_on:
        raise Refusal(
            "before_the_organisation",
            _("On that day the organisation did not belong to the community yet. Choose a later day."),
        )


def _end_before(held: OrganisationMembership, who: Membership | None, day: date) -> int | None:
    """End whoever is replaced. Returns the key of what was ended."""
    if who is None:
        return None
    gone: Membership = held.representatives.select_for_update().get(pk=who.pk)
    gone.ends_on = max(gone.starts_on, day - timedelta(days=1))
    gone.end_reason = Membership.EndReason.TERM_OVER
    gone.save(update_fields=["ends_on", "end_reason"])
    return gone.pk


@transaction.atomic
def end_organisation_membership(
    held: OrganisationMembership, *, actor: User, on: date | None = None, reason: str = ""
) -> OrganisationMembership:
    """The organisation leaves on a day (the last one in it; today), and who represents it with it.

    Raises: NotAllowed; Refusal("ends_before_start", "organisation_left"). Announces OrganisationLeft.
    """
    held = _locked(held)
    require(actor, VERB, held.community)
    day = on or held.community.today
    if held.ends_on is not None:
        raise Refusal("organisation_left", _("This organisation has left already."))
    if day < held.starts_on:
        raise Refusal("ends_before_start", _("A membership ends after it starts. Check the two dates."))
    ended = []
    for one in held.representatives.select_for_update().filter(ends_on=None):
        one.ends_on, one.end_reason = max(one.starts_on, day), Membership.EndReason.OTHER
        one.save(update_fields=["ends_on", "end_reason"])
        ended.append(one.pk)
    held.ends_on, held.end_reason = day, reason
    held.save(update_fields=["ends_on", "end_reason"])
    announce(OrganisationLeft(held.community_id, held.organisation_id, held.pk, ended), actor=actor)
    return held


@transaction.atomic
def undo_organisation_joining(held: OrganisationMembership, *, actor: User) -> None:
    """An organisation entered by mistake within the last day is gone.

    Raises: NotAllowed; Refusal("too_late_to_undo", "has_representatives"). Announces OrganisationJoiningUndone.
    """
    held = _locked(held)
    require(actor, VERB, held.community)
    _lately(OrganisationJoined.NAME, held.community_id, payload__held_id=held.pk)
    if held.representatives.exists():
        raise Refusal("has_representatives", _("Somebody represents it already. End the membership instead."))
    announce(OrganisationJoiningUndone(held.community_id, held.organisation_id), actor=actor)
    held.delete()


@transaction.atomic
def undo_organisation_leaving(held: OrganisationMembership, *, actor: User) -> OrganisationMembership:
    """An organisation that left within the last day is still in, with those who represented it.

    Raises: NotAllowed; Refusal("too_late_to_undo", "is_in_again"). Announces OrganisationLeavingUndone.
    """
    held = _locked(held)
    require(actor, VERB, held.community)
    entry = _lately(OrganisationLeft.NAME, held.community_id, payload__held_id=held.pk)
    if held.ends_on is None:
        return held
    others = OrganisationMembership.objects.filter(
        community_id=held.community_id, organisation_id=held.organisation_id, ends_on=None
    )
    if others.exists():
        raise Refusal(
            "is_in_again", _("The organisation has come back already, with a membership of its own.")
        )
    held.ends_on, held.end_reason = None, ""
    held.save(update_fields=["ends_on", "end_reason"])
    for one in held.representatives.filter(pk__in=entry.payload["membership_ids"]):
        _go_on(one)
    announce(OrganisationLeavingUndone(held.community_id, held.organisation_id, held.pk), actor=actor)
    return held


@transaction.atomic
def undo_naming(membership: Membership, *, actor: User) -> None:
    """A representative named by mistake within the last day is none, and whoever was replaced goes on.

    Raises: NotAllowed; Refusal("too_late_to_undo"). Announces NamingUndone.
    """
    require(actor, VERB, membership.community)
    entry = _lately(RepresentativeNamed.NAME, membership.community_id, payload__membership_id=membership.pk)
    organisation, person = entry.payload["organisation_id"], membership.person_id
    membership.delete()
    before = Membership.objects.filter(pk=entry.payload["before_id"]).first()
    if before is not None:
        _go_on(before)
    announce(NamingUndone(membership.community_id, organisation, person), actor=actor)


def _go_on(membership: Membership) -> None:
    """What ended goes on, unless the person was named anew meanwhile."""
    again = Membership.objects.filter(
        community_id=membership.community_id,
        person_id=membership.person_id,
        role=membership.role,
        ends_on=None,
    )
    if not again.exists():
        membership.ends_on, membership.end_reason, membership.end_note = None, "", ""
        membership.save(update_fields=["ends_on", "end_reason", "end_note"])


def _locked(held: OrganisationMembership) -> OrganisationMembership:
    rows = OrganisationMembership.objects.select_for_update(of=("self",))
    return rows.select_related("community", "organisation").get(pk=held.pk)


def _lately(fact: str, community_id: int, **payload: int) -> JournalEntry:
    """The entry that told of the deed to undo. Raises Refusal("too_late_to_undo") where it is older than a day."""
    told = history(community_ids=[community_id], facts=[fact])
    entry = told.filter(happened_at__gte=timezone.now() - UNDO_FOR, **payload).first()
    if entry is None:
        raise Refusal(
            "too_late_to_undo",
            _("This can be undone for a day. Enter what is true now instead: another day, or an end."),
        )
    return entry


@dataclass(frozen=True, slots=True)
class Spokesperson:
    """Somebody who is in no list yet and comes for an organisation. email in lower case; empty: not known."""

    given_names: str
    family_names: str = ""
    email: str = ""
    function: str = Post.Function.OTHER


@transaction.atomic
def welcome_representative(
    held: OrganisationMembership,
    newcomer: Spokesperson,
    *,
    actor: User,
    starts_on: date | None = None,
    instead_of: Membership | None = None,
) -> Membership:
    """A new person with a post at the organisation, who represents it from now on.

    Raises: NotAllowed; Refusal of `name_representative`; Refusal("person_without_name"). The directory and this domain announce.
    """
    require(actor, VERB, held.community)
    names = {"given_names": newcomer.given_names, "family_names": newcomer.family_names}
    person = add_person(names, actor=actor)  # type: ignore[arg-type]
    named = name_representative(held, person, actor=actor, starts_on=starts_on, instead_of=instead_of)
    if newcomer.email:
        set_contacts(person, [(ContactPoint.Kind.EMAIL, newcomer.email)], actor=actor)
    take_up_post(person, held.organisation, function=newcomer.function, actor=actor)
    return named
