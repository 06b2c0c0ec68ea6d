"""Consultations, their proposals with authors, and who may vote."""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community, Membership, Role
from tejido.communities.selectors import SETTLED, below, standing_on
from tejido.consultations.models import Ballot, Consultation, Proposal, Voter
from tejido.consultations.policies import consultations_visible_to
from tejido.directory.models import Person

DECIDING = (Role.MEMBER, Role.NODE_LEADER, Role.REPRESENTATIVE, Role.COORDINATOR)


def consultations_for(actor: User) -> QuerySet[Consultation]:
    """Consultations the actor may see, with their community. One query."""
    return Consultation.objects.filter(consultations_visible_to(actor)).select_related("community__parent")


def consultations_in(community: Community, actor: User) -> QuerySet[Consultation]:
    """Those of the community that the actor may see, the newest first, with `.came` proposals. One query."""
    came = Count("proposals", filter=Q(proposals__withdrawn=False, proposals__merged_into=None))
    return (
        consultations_for(actor).filter(community=community).annotate(came=came).order_by("-made_at", "-pk")
    )


def standing_proposals(consultation: Consultation) -> QuerySet[Proposal]:
    """Proposals that can be voted for, in the order in which they came, with what was founded from them. One query."""
    found = consultation.proposals.filter(merged_into=None, withdrawn=False)
    return found.select_related("node").order_by("number")


def merged_away(consultation: Consultation) -> QuerySet[Proposal]:
    """Proposals for which another speaks now, with that one. One query."""
    return (
        consultation.proposals.filter(merged_into__isnull=False)
        .select_related("merged_into")
        .order_by("merged_into__number", "number")
    )


def authors_of(proposals: Iterable[Proposal]) -> dict[int, list[str]]:
    """Proposal id -> names of its authors, those of what was merged into it included, each once. One query."""
    keys = [one.pk for one in proposals]
    rows = (
        Proposal.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys))
        .filter(authors__isnull=False)
        .order_by("number")
        .values_list(
            "pk",
            "merged_into",
            "authors__name",
            "authors__person__given_names",
            "authors__person__family_names",
        )
    )
    found: dict[int, list[str]] = {key: [] for key in keys}
    for pk, into, typed, given, family in rows:
        name = typed or f"{given} {family}".strip()
        into_key = into or pk
        if name and name not in found[into_key]:
            found[into_key].append(name)
    return found


def electorate(community: Community, roles: Some[str] = DECIDING) -> QuerySet[Person]:
    """Who would be on the list if the vote opened now: people with one of `roles` in the community or below. One query."""
    held = Membership.objects.filter(
        SETTLED,
        standing_on(timezone.localdate()),
        person_id=OuterRef("pk"),
        community_id__in=below(community),
        role__in=roles,
    )
    people: QuerySet[Person] = Person.objects.filter(Exists(held)).order_by("search_name", "pk")
    return people


def voters_of(consultation: Consultation) -> QuerySet[Voter]:
    """The list of voters with their people, by name. One query."""
    return consultation.voters.select_related("person").order_by("person__search_name", "pk")


def waiting_votes(actor: User) -> QuerySet[Consultation]:
    """Votes that are open and wait for the actor's, the one that closes first first. One query."""
    mine = Voter.objects.filter(consultation_id=OuterRef("pk"), person__user_id=actor.pk, has_voted=False)
    return (
        Consultation.objects.filter(
            Exists(mine),
            Q(closes_at=None) | Q(closes_at__gt=timezone.now()),
            state=Consultation.State.VOTING,
        )
        .select_related("community")
        .order_by(F("closes_at").asc(nulls_last=True), "-pk")
    )


@dataclass(frozen=True, slots=True)
class ShownBallot:
    """An open ballot: who cast it and what stands on it, in words."""

    name: str
    words: str


def ballots_shown(consultation: Consultation) -> list[ShownBallot]:
    """Every ballot of an open vote, by name; nothing where the vote is secret. Two queries."""
    if consultation.secret:
        return []
    ballots = (
        Ballot.objects.filter(consultation=consultation, voter__isnull=False)
        .select_related("voter__person")
        .prefetch_related("choices__proposal")
        .order_by("voter__person__search_name")
    )
    return [
        ShownBallot(str(one.voter.person), _said(consultation, one))
        for one in ballots
        if one.voter is not None
    ]


def _said(consultation: Consultation, ballot: Ballot) -> str:
    def line(text: str, place: int, points: int) -> str:
        if consultation.method == Consultation.Method.POINTS:
            return f"{text}: {points}"
        return f"{place}. {text}" if consultation.is_ranked else text

    return " · ".join(line(one.proposal.text, one.place, one.points) for one in ballot.choices.all())
