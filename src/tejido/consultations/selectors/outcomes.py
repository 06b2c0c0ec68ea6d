"""What follows from a vote: what won, what was founded from it, and which of it somebody had chosen."""

from __future__ import annotations

from tejido.consultations.models import Choice, Consultation, Proposal, Voter
from tejido.consultations.selectors.counting import count_of


def winners_of(consultation: Consultation) -> list[Proposal]:
    """What won, in the order of winning; nothing before the end and without quorum. Four queries."""
    count = count_of(consultation)
    return count.elected if count else []


def chosen_nodes(consultation: Consultation) -> list[Proposal]:
    """Proposals from which a node was founded, with it. One query."""
    return list(consultation.proposals.filter(node__isnull=False).select_related("node").order_by("number"))


def node_of_choice(consultation: Consultation) -> dict[int, Proposal]:
    """Person id -> the founded proposal she put highest; of open votes only, others are left out. One query.

    Highest: the best place, else the most points, else whichever came first.
    """
    rows = (
        Choice.objects.filter(
            ballot__consultation=consultation, ballot__voter__isnull=False, proposal__node__isnull=False
        )
        .select_related("proposal__node")
        .order_by("place", "-points", "proposal__number")
        .values_list("ballot__voter__person_id", "proposal_id")
    )
    by_key = {one.pk: one for one in chosen_nodes(consultation)}
    found: dict[int, Proposal] = {}
    for person, proposal in rows:
        if person is not None:
            found.setdefault(person, by_key[proposal])
    return found


def places_of(voter: Voter) -> dict[int, Choice]:
    """What stands on the voter's open ballot: proposal id -> choice; nothing where the vote is secret. One query."""
    chosen = Choice.objects.filter(ballot__voter=voter)
    return {one.proposal_id: one for one in chosen}
