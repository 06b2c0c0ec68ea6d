"""Casting a ballot: once where the vote is secret, as often as she likes while an open one lasts."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.consultations.models import Ballot, Choice, Consultation, Voter
from tejido.consultations.selectors import is_open, standing_proposals
from tejido.consultations.values import Chosen
from tejido.foundation.errors import Refusal


@transaction.atomic
def vote(voter: Voter, chosen: Sequence[Chosen], *, actor: User, again: bool = True) -> Ballot:
    """Put a ballot into the urn; no choice at all is a blank vote. Who holds the voter's link votes, signed in or not.

    An open vote may be changed until the closing: the new ballot stands instead (`again` False: the first one stays).
    A secret one may not, because nothing tells which ballot it was. Nothing is announced: a moment would tell.
    Raises: Refusal("not_open", "already_voted", "unknown_proposal", "too_many_chosen", "same_place", "too_many_points").
    """
    consultation = Consultation.objects.select_for_update().get(pk=voter.consultation_id)
    voter = Voter.objects.select_for_update().get(pk=voter.pk)
    if not is_open(consultation):
        raise Refusal(
            "not_open", _("This vote is not open, so the ballot was not counted. Ask whoever opened it.")
        )
    if voter.has_voted and (consultation.secret or voter.on_paper or not again):
        raise Refusal("already_voted", _("Your vote is in the urn already, and it counts once."))
    check_ballot(consultation, chosen)
    Ballot.objects.filter(voter=voter).delete()
    Voter.objects.filter(pk=voter.pk).update(has_voted=True)
    return put_in(consultation, None if consultation.secret else voter, chosen)


def put_in(
    consultation: Consultation, voter: Voter | None, chosen: Sequence[Chosen], *, on_paper: bool = False
) -> Ballot:
    """The ballot as rows. For services."""
    ballot = Ballot.objects.create(consultation=consultation, voter=voter, on_paper=on_paper)
    Choice.objects.bulk_create(
        Choice(ballot=ballot, proposal_id=one.proposal_id, place=one.place, points=one.points)
        for one in chosen
    )
    return ballot


def check_ballot(consultation: Consultation, chosen: Sequence[Chosen]) -> None:
    """Whether these choices make a ballot under the method. For services. Raises as `vote`."""
    standing = set(standing_proposals(consultation).values_list("pk", flat=True))
    keys = [one.proposal_id for one in chosen]
    if not standing.issuperset(keys) or len(set(keys)) < len(keys):
        raise Refusal("unknown_proposal", _("A proposal on this ballot does not stand. Load the page again."))
    method = consultation.method
    if method == Consultation.Method.PLURALITY and len(chosen) > 1:
        raise Refusal("too_many_chosen", _("Choose one proposal only."))
    places = [one.place for one in chosen]
    if consultation.is_ranked and method != Consultation.Method.SCHULZE and len(set(places)) < len(places):
        raise Refusal("same_place", _("Two proposals have the same place. Give each a place of its own."))
    total = sum(one.points for one in chosen)
    if method == Consultation.Method.POINTS and total > consultation.points:
        raise Refusal(
            "too_many_points",
            _("There are %(most)d points to share out, and %(given)d were given. Take some back.")
            % {"most": consultation.points, "given": total},
        )
