"""Consultations as they come about: asked, proposed to, opened, voted in."""

from __future__ import annotations

from tejido.accounts.services import system_account
from tejido.communities.models import Community
from tejido.communities.tests.factories import MembershipFactory
from tejido.consultations import services
from tejido.consultations.models import Consultation, Proposal, Voter
from tejido.consultations.values import Chosen, Note


def asked(community: Community, *texts: str, **more: object) -> Consultation:
    """A question with these proposals; open to all eyes unless told otherwise."""
    fields = {"question": "Which challenge do we take on?", "secret": False, **more}
    consultation = services.ask(community, fields, actor=system_account())  # type: ignore[arg-type]
    if texts:
        services.write_down_proposals(consultation, [Note(text) for text in texts], actor=system_account())
    return consultation


def members(community: Community, number: int) -> list[object]:
    return [MembershipFactory(community=community).person for _ in range(number)]


def opened(community: Community, *texts: str, **more: object) -> Consultation:
    """The same with its vote open to the members."""
    return services.open_voting(asked(community, *texts, **more), actor=system_account())


def proposal(consultation: Consultation, text: str) -> Proposal:
    return consultation.proposals.get(text=text)


def chosen(consultation: Consultation, *texts: str) -> list[Chosen]:
    """The proposals as a ballot: in this order where the method ranks."""
    return [
        Chosen(proposal(consultation, text).pk, at if consultation.is_ranked else 1)
        for at, text in enumerate(texts, start=1)
    ]


def voted(voter: Voter, *texts: str) -> None:
    services.vote(voter, chosen(voter.consultation, *texts), actor=system_account())


def all_vote(consultation: Consultation, ballots: list[tuple[str, ...]]) -> None:
    """The first voters cast these ballots."""
    for voter, texts in zip(consultation.voters.order_by("pk"), ballots, strict=False):
        voted(voter, *texts)


def closed(consultation: Consultation) -> Consultation:
    return services.close_voting(consultation, actor=system_account())
