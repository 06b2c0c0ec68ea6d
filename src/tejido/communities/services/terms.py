"""Terms of roles: until when somebody plans to hold one, renewing it, handing it over to another person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.events import HandingOverUndone, RoleHandedOver, TermSet
from tejido.communities.models import Membership
from tejido.communities.services.memberships import right_for
from tejido.communities.services.steering import keep_seats
from tejido.communities.services.undoing import lately
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


def _locked(membership: Membership) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",))
    return rows.select_related("community", "person").get(pk=membership.pk)


def _check_open(membership: Membership) -> None:
    if membership.ends_on is not None and membership.ends_on < membership.community.today:
        raise Refusal("has_ended", _("This role has ended already."))


@transaction.atomic
def set_term(membership: Membership, until: date | None, *, actor: User) -> Membership:
    """Plan until when the role is held (None: without an end); also to renew it for another term.

    The role does not end by itself: who stays on is shown as "term over". Reminders follow the new day.
    Raises: NotAllowed; Refusal("has_ended", "term_before_start"). Announces TermSet where it differs.
    """
    membership = _locked(membership)
    require(actor, right_for(membership.role), membership.community)
    _check_open(membership)
    if until is not None and until < membership.starts_on:
        raise Refusal("term_before_start", _("A term ends after it starts. Choose a later day."))
    before = membership.term_ends_on
    if before != until:
        membership.term_ends_on = until
        membership.save(update_fields=["term_ends_on"])
        announce(_term_set(membership, before), actor=actor)
    return membership


def _term_set(membership: Membership, before: date | None) -> TermSet:
    until = membership.term_ends_on
    return TermSet(
        membership.community_id,
        membership.person_id,
        membership.pk,
        membership.role,
        before.isoformat() if before else "",
        until.isoformat() if until else "",
    )


@transaction.atomic
def undo_term(membership: Membership, *, actor: User) -> Membership:
    """The term is what it was before it was last set, within a day. Raises: NotAllowed; Refusal("too_late_to_undo")."""
    before = lately(TermSet.NAME, membership).payload["before"]
    return set_term(membership, date.fromisoformat(before) if before else None, actor=actor)


@dataclass(frozen=True, slots=True)
class HandingOver:
    """To whom a role goes, from which day (None: today), for a term until when, and why the first one ends it."""

    person: Person
    on: date | None = None
    term_ends_on: date | None = None
    reason: str = Membership.EndReason.TERM_OVER
    note: str = ""


@transaction.atomic
def hand_over(membership: Membership, told: HandingOver, *, actor: User) -> Membership:
    """One person's role ends and another takes it up the day after: one deed. Returns the new membership.

    Raises: NotAllowed; Refusal("has_ended", "same_person", "has_that_role", "starts_later", "term_before_start");
    Refusal("speaks_for_an_organisation"): representatives change on the page of their organisation.
    Announces RoleHandedOver.
    """
    membership = _locked(membership)
    require(actor, right_for(membership.role), membership.community)
    day = told.on or membership.community.today
    _check_handing(membership, told, day)
    membership.ends_on = day - timedelta(days=1)
    membership.end_reason, membership.end_note = told.reason, told.note
    membership.save(update_fields=["ends_on", "end_reason", "end_note"])
    new = Membership.objects.create(
        community=membership.community,
        person=told.person,
        role=membership.role,
        starts_on=day,
        term_ends_on=told.term_ends_on,
    )
    announce(
        RoleHandedOver(
            new.community_id, new.person_id, new.pk, membership.pk, membership.person_id, membership.role
        ),
        actor=actor,
    )
    keep_seats([membership.community_id], actor=actor)
    return new


def _check_handing(membership: Membership, told: HandingOver, day: date) -> None:
    if membership.ends_on is not None:
        raise Refusal("has_ended", _("This role has ended already."))
    if membership.organisation_membership_id is not None:
        raise Refusal(
            "speaks_for_an_organisation",
            _("%(person)s represents an organisation here. Name another representative on its page.")
            % {"person": membership.person.name},
        )
    if told.person.pk == membership.person_id:
        raise Refusal("same_person", _("That is who has the role now. Renew the term instead."))
    if day <= membership.starts_on:
        raise Refusal("starts_later", _("The role began on that day or later. Choose a later day."))
    if told.term_ends_on is not None and told.term_ends_on < day:
        raise Refusal("term_before_start", _("A term ends after it starts. Choose a later day."))
    same = Membership.objects.filter(
        community=membership.community, person=told.person, role=membership.role, ends_on=None
    )
    if same.exists():
        raise Refusal(
            "has_that_role",
            _("%(person)s has that role here already. End the other one instead.")
            % {"person": told.person.name},
        )


@transaction.atomic
def undo_hand_over(membership: Membership, *, actor: User) -> Membership:
    """A role handed over within the last day is back with whoever had it. Returns that membership.

    Raises: NotAllowed; Refusal("too_late_to_undo"): also where what ended is not there any more.
    Announces HandingOverUndone.
    """
    require(actor, right_for(membership.role), membership.community)
    entry = lately(RoleHandedOver.NAME, membership)
    before = Membership.objects.select_for_update().filter(pk=entry.payload["before_id"]).first()
    again = Membership.objects.filter(
        community_id=membership.community_id,
        person_id=entry.payload["giver_id"],
        role=membership.role,
        ends_on=None,
    )
    if before is None or again.exists():
        raise Refusal(
            "too_late_to_undo", _("This cannot be undone any more. Enter what is true now instead.")
        )
    membership.delete()
    before.ends_on, before.end_reason, before.end_note = None, "", ""
    before.save(update_fields=["ends_on", "end_reason", "end_note"])
    announce(HandingOverUndone(before.community_id, before.person_id, before.role), actor=actor)
    keep_seats([before.community_id], actor=actor)
    return before
