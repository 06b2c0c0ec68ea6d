"""Votes on paper: first who handed one in, then what stands on the papers, so that nobody can lay the two side by side."""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.consultations.models import Ballot, Consultation, Voter
from tejido.consultations.services.opening import papers_missing
from tejido.consultations.services.voting import check_ballot, put_in
from tejido.consultations.values import Chosen
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import require


def _voting(consultation: Consultation, actor: User) -> Consultation:
    """Papers may be typed in until somebody closes the vote, also after its moment: they were handed in before."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(actor, "consultations.manage", consultation)
    if consultation.state != Consultation.State.VOTING:
        raise Refusal(
            "not_open", _("This vote is not open, so the ballot was not counted. Ask whoever opened it.")
        )
    return consultation


@transaction.atomic
def mark_paper_voters(consultation: Consultation, keys: Some[int], *, actor: User) -> int:
    """These voters (ids of Voter) handed in a paper; who has voted already is passed over. Returns how many are new.

    Raises: NotAllowed; Refusal("not_open").
    """
    consultation = _voting(consultation, actor)
    waiting = consultation.voters.filter(pk__in=keys, has_voted=False)
    return waiting.update(has_voted=True, on_paper=True)


@transaction.atomic
def type_in_paper(
    consultation: Consultation, chosen: Sequence[Chosen], *, actor: User, voter: Voter | None = None
) -> Ballot:
    """What stands on one paper. voter: whose it is, where the vote is open (nobody's where it is secret).

    Raises: NotAllowed; Refusal("not_open", "more_papers_than_voters", "whose_paper", and as `vote`).
    """
    consultation = _voting(consultation, actor)
    check_ballot(consultation, chosen)
    if papers_missing(consultation) < 1:
        raise Refusal(
            "more_papers_than_voters",
            _("Every paper that was handed in is typed in. Mark first who handed in another one."),
        )
    if consultation.secret:
        return put_in(consultation, None, chosen, on_paper=True)
    if voter is None or not voter.on_paper or Ballot.objects.filter(voter=voter).exists():
        raise Refusal("whose_paper", _("This vote is open: say whose paper it is."))
    return put_in(consultation, voter, chosen, on_paper=True)
