"""Whether one can vote now, and who comes in by which link."""

from __future__ import annotations

from django.utils import timezone

from tejido.consultations.models import Consultation, Voter
from tejido.foundation.links import token_hash


def is_over(consultation: Consultation) -> bool:
    """Whether the vote was open and no longer takes ballots: closed, or its moment has passed. No query."""
    if consultation.state == Consultation.State.CLOSED:
        return True
    late = consultation.closes_at is not None and consultation.closes_at <= timezone.now()
    return consultation.state == Consultation.State.VOTING and late


def is_open(consultation: Consultation) -> bool:
    """Whether ballots are taken now. No query."""
    return consultation.state == Consultation.State.VOTING and not is_over(consultation)


def door_of(token: str) -> Voter | None:
    """Whose link this is, with consultation, community and person; None where nobody's. One query."""
    return (
        Voter.objects.select_related("consultation__community", "person")
        .filter(token_hash=token_hash(token))
        .first()
    )
