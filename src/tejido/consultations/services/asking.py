"""Putting a question, and collecting proposals for it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.consultations.events import ConsultationAsked, ConsultationWithdrawn, ProposalsCollected
from tejido.consultations.models import Author, Consultation, Proposal
from tejido.consultations.values import Asked, Note
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require

MOST_PROPOSALS = 300


@transaction.atomic
def ask(community: Community, asked: Asked, *, actor: User) -> Consultation:
    """Put a question to the community; proposals are collected from now on.

    Raises: NotAllowed; ValidationError for impossible fields. Announces ConsultationAsked.
    """
    require(actor, "consultations.ask", community)
    consultation = Consultation(community=community, **_fitting(asked))
    consultation.full_clean()
    consultation.save()
    announce(ConsultationAsked(community.pk, consultation.pk), actor=actor)
    return consultation


@transaction.atomic
def change_question(consultation: Consultation, asked: Asked, *, actor: User) -> Consultation:
    """Say it otherwise, as long as nobody votes. Raises: NotAllowed; Refusal("vote_has_begun"); ValidationError."""
    consultation = collecting(consultation, actor)
    for name, value in _fitting(asked).items():
        setattr(consultation, name, value)
    consultation.full_clean()
    consultation.save()
    return consultation


def _fitting(asked: Asked) -> dict[str, object]:
    given: dict[str, object] = dict(asked)
    if given.get("method") in Consultation.ONE_SEAT:
        given["seats"] = 1
    return given


def collecting(consultation: Consultation, actor: User, verb: str = "manage") -> Consultation:
    """The consultation, locked, while proposals are collected. For services.

    Raises: NotAllowed; Refusal("vote_has_begun").
    """
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(actor, f"consultations.{verb}", consultation)
    if consultation.state != Consultation.State.COLLECTING:
        raise Refusal(
            "vote_has_begun",
            _("Proposals are fixed since the vote opened. Put a new question for what is missing."),
        )
    return consultation


@transaction.atomic
def propose(consultation: Consultation, note: Note, *, actor: User) -> Proposal:
    """One proposal. The same text again is the proposal that is there, with one more author.

    Raises: NotAllowed; Refusal("vote_has_begun", "nothing_said", "too_many").
    """
    consultation = collecting(consultation, actor, "propose")
    return _written(consultation, [note], Proposal.Source.PAGE)[0]


@transaction.atomic
def write_down_proposals(
    consultation: Consultation, notes: Sequence[Note], *, actor: User, source: str = Proposal.Source.WALL
) -> list[Proposal]:
    """Many proposals at once: what hung on the wall, or what people answered. Alike ones are one, with all their authors.

    Raises: NotAllowed; Refusal("vote_has_begun", "nothing_said", "too_many"). Announces ProposalsCollected.
    """
    consultation = collecting(consultation, actor)
    written = _written(consultation, notes, source)
    announce(ProposalsCollected(consultation.community_id, consultation.pk, len(written)), actor=actor)
    return written


def _written(consultation: Consultation, notes: Sequence[Note], source: str) -> list[Proposal]:
    """The proposals of these notes, each once, in their order."""
    said = [note for note in notes if " ".join(note.text.split())]
    if not said:
        raise Refusal("nothing_said", _("Write at least one proposal."))
    there = {_alike(one.text): one for one in consultation.proposals.filter(withdrawn=False)}
    number = consultation.proposals.aggregate(last=Max("number"))["last"] or 0
    found: dict[int, Proposal] = {}
    for note in said:
        text = " ".join(note.text.split())[:200]
        proposal = there.get(_alike(text))
        if proposal is None:
            number += 1
            proposal = Proposal.objects.create(
                consultation=consultation, number=number, text=text, detail=note.detail.strip(), source=source
            )
            there[_alike(text)] = proposal
        _credit(proposal, note.author)
        found[proposal.pk] = proposal
    if len(there) > MOST_PROPOSALS:
        raise Refusal(
            "too_many",
            _("A question takes %(most)d proposals at most. Merge some, or put a second question.")
            % {"most": MOST_PROPOSALS},
        )
    return list(found.values())


def _alike(text: str) -> str:
    """By what two notes are the same: case, spaces and a full stop at the end do not matter.

    >>> _alike(" Agua  limpia.") == _alike("agua limpia")
    True
    """
    return " ".join(text.split()).casefold().rstrip(".!")


def _credit(proposal: Proposal, author: Person | str | None) -> None:
    if isinstance(author, Person):
        Author.objects.get_or_create(proposal=proposal, person=author)
    elif author and author.strip():
        Author.objects.get_or_create(proposal=proposal, person=None, name=author.strip()[:200])


@transaction.atomic
def withdraw_consultation(consultation: Consultation, *, actor: User) -> Consultation:
    """Take the question back. What was proposed and what is in the urn stays, and is not counted.

    Raises: NotAllowed; Refusal("already_closed"): what was decided stays decided. Announces ConsultationWithdrawn.
    """
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(actor, "consultations.manage", consultation)
    if consultation.state == Consultation.State.CLOSED:
        raise Refusal("already_closed", _("This vote is closed and counted; it stays in the history."))
    if consultation.state != Consultation.State.WITHDRAWN:
        consultation.state = Consultation.State.WITHDRAWN
        consultation.save(update_fields=["state"])
        announce(ConsultationWithdrawn(consultation.community_id, consultation.pk), actor=actor)
    return consultation
