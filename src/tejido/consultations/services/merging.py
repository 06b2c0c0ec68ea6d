"""Proposals that say the same become one; who had the idea is kept."""

from __future__ import annotations

from collections.abc import Collection as Some

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.consultations.events import ProposalsMerged
from tejido.consultations.models import Consultation, Proposal
from tejido.consultations.services.asking import collecting
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce


@transaction.atomic
def merge_proposals(consultation: Consultation, keys: Some[int], *, actor: User, text: str = "") -> Proposal:
    """Let one proposal speak for all of `keys`: the one that came first, in new words if given. Authors stay with each.

    Raises: NotAllowed; Refusal("vote_has_begun", "nothing_to_merge"). Announces ProposalsMerged.
    """
    consultation = collecting(consultation, actor)
    found = list(
        consultation.proposals.filter(pk__in=keys, merged_into=None, withdrawn=False).order_by("number")
    )
    if len(found) < 2:
        raise Refusal("nothing_to_merge", _("Tick at least two proposals that say the same."))
    first, others = found[0], found[1:]
    absorbed = [one.pk for one in others]
    Proposal.objects.filter(merged_into__in=absorbed).update(merged_into=first)
    Proposal.objects.filter(pk__in=absorbed).update(merged_into=first)
    if text.strip():
        first.text = " ".join(text.split())[:200]
        first.save(update_fields=["text"])
    announce(ProposalsMerged(consultation.community_id, consultation.pk, len(others)), actor=actor)
    return first


@transaction.atomic
def part_again(proposal: Proposal, *, actor: User) -> Proposal:
    """A merged proposal stands for itself again. Raises: NotAllowed; Refusal("vote_has_begun")."""
    collecting(proposal.consultation, actor)
    Proposal.objects.filter(pk=proposal.pk).update(merged_into=None)
    proposal.refresh_from_db()
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, actor: User) -> None:
    """Take a proposal off the list, with what was merged into it. Raises: NotAllowed; Refusal("vote_has_begun")."""
    collecting(proposal.consultation, actor)
    Proposal.objects.filter(merged_into=proposal).update(withdrawn=True)
    Proposal.objects.filter(pk=proposal.pk).update(withdrawn=True)
