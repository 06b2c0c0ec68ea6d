"""Opening a vote to those who stand on the list today, giving it more time, closing it."""

from __future__ import annotations

import secrets
from collections.abc import Collection as Some
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.consultations.events import VotingClosed, VotingExtended, VotingOpened
from tejido.consultations.models import Choice, Consultation, Voter
from tejido.consultations.selectors import electorate, is_over, standing_proposals, turnout_of
from tejido.consultations.selectors.lists import DECIDING
from tejido.consultations.services.asking import collecting
from tejido.consultations.tokens import vote_address, voter_token
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.links import token_hash
from tejido.foundation.order import forget_order
from tejido.foundation.policies import require

LOTS = 2**31


@transaction.atomic
def open_voting(
    consultation: Consultation,
    *,
    actor: User,
    roles: Some[str] = DECIDING,
    closes_at: datetime | None = None,
) -> Consultation:
    """Let everybody vote who has one of `roles` in the community or below it today; the list is fixed now.

    The lot that settles ties, if they are settled by lot, is drawn now, before any vote.
    Raises: NotAllowed; Refusal("vote_has_begun", "too_few_proposals", "too_many_seats", "nobody_votes", "closes_too_early").
    Announces VotingOpened.
    """
    consultation = collecting(consultation, actor)
    _check(consultation, closes_at)
    people = list(electorate(consultation.community, roles))
    if not people:
        raise Refusal("nobody_votes", _("Nobody in this community has one of these roles today."))
    Voter.objects.bulk_create(
        Voter(
            consultation=consultation,
            person=person,
            token_hash=token_hash(voter_token(consultation.pk, person.pk, 1)),
        )
        for person in people
    )
    consultation.state = Consultation.State.VOTING
    consultation.lot = secrets.randbelow(LOTS)
    consultation.opened_at, consultation.closes_at = timezone.now(), closes_at
    consultation.save()
    announce(VotingOpened(consultation.community_id, consultation.pk, len(people)), actor=actor)
    return consultation


def _check(consultation: Consultation, closes_at: datetime | None) -> None:
    number = standing_proposals(consultation).count()
    if number < 2:
        raise Refusal("too_few_proposals", _("A vote needs at least two proposals to choose from."))
    if consultation.seats >= number and consultation.method != Consultation.Method.APPROVAL:
        raise Refusal(
            "too_many_seats",
            _(
                "%(seats)d are to win and %(number)d proposals stand: there is nothing to choose. Lower the number."
            )
            % {"seats": consultation.seats, "number": number},
        )
    _check_moment(closes_at)


def _check_moment(closes_at: datetime | None) -> None:
    if closes_at is not None and closes_at <= timezone.now():
        raise Refusal("closes_too_early", _("The closing has passed already. Choose a later moment."))


@transaction.atomic
def extend_voting(consultation: Consultation, closes_at: datetime | None, *, actor: User) -> Consultation:
    """More time, while the vote is open, or after it where the quorum was missed. The list of voters stays.

    Once a count can be seen, nothing is reopened. Raises: NotAllowed; Refusal("not_voting", "counted", "closes_too_early").
    Announces VotingExtended.
    """
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(actor, "consultations.manage", consultation)
    if consultation.opened_at is None or consultation.state == Consultation.State.WITHDRAWN:
        raise Refusal("not_voting", _("There is no vote to give more time to."))
    if is_over(consultation) and turnout_of(consultation).met:
        raise Refusal(
            "counted",
            _("The count can be seen already, so this vote is not opened again. Put a new question."),
        )
    _check_moment(closes_at)
    consultation.state, consultation.closed_at = Consultation.State.VOTING, None
    consultation.closes_at = closes_at
    consultation.save()
    announce(VotingExtended(consultation.community_id, consultation.pk), actor=actor)
    return consultation


@transaction.atomic
def close_voting(consultation: Consultation, *, actor: User) -> Consultation:
    """No more ballots; the count can be seen. Of a secret vote the order of everything is forgotten now.

    Raises: NotAllowed; Refusal("not_voting", "papers_missing"). Announces VotingClosed.
    """
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(actor, "consultations.manage", consultation)
    if consultation.state == Consultation.State.CLOSED:
        return consultation
    if consultation.state != Consultation.State.VOTING:
        raise Refusal("not_voting", _("There is no vote to close."))
    missing = papers_missing(consultation)
    if missing:
        raise Refusal(
            "papers_missing",
            ngettext(
                "%(count)d paper ballot was handed in and is not typed in yet.",
                "%(count)d paper ballots were handed in and are not typed in yet.",
                missing,
            )
            % {"count": missing},
        )
    consultation.state, consultation.closed_at = Consultation.State.CLOSED, timezone.now()
    consultation.save(update_fields=["state", "closed_at"])
    if consultation.secret:
        _forget(consultation)
    announce(VotingClosed(consultation.community_id, consultation.pk), actor=actor)
    return consultation


def close_what_is_over() -> int:
    """Close every vote whose moment has passed and whose papers are in, as the system. Returns how many. Done again and again."""
    over = Consultation.objects.filter(state=Consultation.State.VOTING, closes_at__lte=timezone.now())
    closed = 0
    for consultation in over:
        if not papers_missing(consultation):
            close_voting(consultation, actor=system_account())
            closed += 1
    return closed


def papers_missing(consultation: Consultation) -> int:
    """How many people handed in a paper whose ballot is not in the urn. Two queries."""
    handed_in = consultation.voters.filter(on_paper=True).count()
    return handed_in - consultation.ballots.filter(on_paper=True).count()


def _forget(consultation: Consultation) -> None:
    """Voters and ballots were written side by side, vote by vote; now neither tells of the other."""
    choices = Choice.objects.filter(ballot__consultation=consultation)
    kept = list(choices.values("ballot_id", "proposal_id", "place", "points"))
    choices.delete()
    forget_order(consultation.ballots.all())
    Choice.objects.bulk_create((Choice(**row) for row in kept), batch_size=1_000)
    forget_order(Choice.objects.filter(ballot__consultation=consultation))
    forget_order(consultation.voters.all())


@transaction.atomic
def personal_links(consultation: Consultation, *, actor: User) -> dict[int, str]:
    """person id -> the address at which she votes, for everybody on the list. Raises NotAllowed.

    Whoever has such an address votes in that person's place: it is for her alone.
    """
    require(actor, "consultations.manage", consultation)
    return {one.person_id: address_of(one) for one in consultation.voters.all()}


@transaction.atomic
def link_of_my_own(consultation: Consultation, *, actor: User) -> str:
    """The address at which the actor, who is signed in, votes. Raises NotAllowed: not on the list."""
    require(actor, "consultations.vote", consultation)
    return address_of(consultation.voters.get(person__user_id=actor.pk))


@transaction.atomic
def renew_link(consultation: Consultation, person: Person, *, actor: User) -> str:
    """Another address for one person: the old one stops. Raises: NotAllowed; Voter.DoesNotExist."""
    require(actor, "consultations.manage", consultation)
    voter = consultation.voters.select_for_update().get(person=person)
    voter.turn += 1
    voter.token_hash = token_hash(voter_token(consultation.pk, person.pk, voter.turn))
    voter.save(update_fields=["turn", "token_hash"])
    return address_of(voter)


def address_of(voter: Voter) -> str:
    """The address of this voter, as it stands now."""
    token = voter_token(voter.consultation_id, voter.person_id, voter.turn)
    if voter.token_hash != token_hash(token):  # the installation's secret key was changed since
        Voter.objects.filter(pk=voter.pk).update(token_hash=token_hash(token))
    return vote_address(token)
