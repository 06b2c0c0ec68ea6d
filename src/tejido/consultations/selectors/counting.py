"""From what is in the urn to what was decided. The counting itself is `tejido_analytics.counting`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tejido.consultations.models import Choice, Consultation, Proposal
from tejido.consultations.selectors.doors import is_over
from tejido.consultations.selectors.lists import standing_proposals
from tejido_analytics.counting import (
    Cast,
    Result,
    approval,
    cast,
    instant_runoff,
    plurality,
    points,
    schulze,
    stv,
)


@dataclass(frozen=True, slots=True)
class Turnout:
    """voters: on the list; voted: of them; needed: for the quorum, 0 where there is none."""

    voters: int
    voted: int
    needed: int

    @property
    def met(self) -> bool:
        return self.voted >= self.needed

    @property
    def share(self) -> float | None:
        """Who voted of those who might, 0..1; None where nobody might."""
        return self.voted / self.voters if self.voters else None


@dataclass(frozen=True, slots=True)
class Count:
    """What was decided and how. proposals: by their key in `result` (`key_of`).

    result: None where no ballot names a proposal. valid, blank: ballots. passed_over: code -> ballots of which a part
    was not used.
    """

    turnout: Turnout
    proposals: dict[str, Proposal]
    result: Result | None
    valid: int
    blank: int
    passed_over: dict[str, int]

    @property
    def elected(self) -> list[Proposal]:
        """What won, in the order of winning; nothing without quorum or ballots."""
        if self.result is None or not self.turnout.met:
            return []
        return [self.proposals[key] for key in self.result.elected]


def turnout_of(consultation: Consultation) -> Turnout:
    """Who might vote and who did. One query."""
    rows = Counter(consultation.voters.values_list("has_voted", flat=True))
    voters = rows.total()
    return Turnout(voters, rows[True], math.ceil(voters * consultation.quorum / 100))


def key_of(proposal: Proposal) -> str:
    """The name under which a proposal is counted: its number, so that names sort as they came.

    >>> key_of(Proposal(number=12))
    '00012'
    """
    return f"{proposal.number:05}"


def count_of(consultation: Consultation, standing: Sequence[Proposal] | None = None) -> Count | None:
    """The count, once no more ballots are taken; None before. Four queries; O(ballots · proposals).

    standing: the proposals that stand, where they were read already.

    Nobody sees a count while votes still come in, whoever runs the community included.
    """
    if not is_over(consultation):
        return None
    proposals = {key_of(one): one for one in standing or standing_proposals(consultation)}
    papers = _papers(consultation, {one.pk: key for key, one in proposals.items()})
    blank = consultation.ballots.count() - len(papers)
    order = list(proposals) if consultation.tie_rule == Consultation.TieRule.EARLIER else None
    lot = {"order": order, "seed": consultation.lot or 0}
    seats = min(consultation.seats, len(proposals))
    if consultation.method == Consultation.Method.POINTS:
        given = [{key: number for key, _place, number in paper} for paper in papers]
        result = points(given, list(proposals), seats, **lot) if given else None  # type: ignore[arg-type]
        return Count(turnout_of(consultation), proposals, result, len(papers), blank, {})
    alike = consultation.method in {Consultation.Method.SCHULZE, Consultation.Method.APPROVAL}
    urn = cast(_as_ballots(papers), list(proposals), equal=alike)
    result = _counted(consultation.method, urn, seats, lot) if urn.valid else None
    invalid = urn.total - urn.valid
    return Count(turnout_of(consultation), proposals, result, urn.valid, blank + invalid, dict(urn.mended))


def _counted(method: str, urn: Cast, seats: int, lot: Mapping[str, object]) -> Result:
    if method == Consultation.Method.INSTANT_RUNOFF:
        return instant_runoff(urn, **lot)  # type: ignore[arg-type]
    by = {
        Consultation.Method.PLURALITY: plurality,
        Consultation.Method.APPROVAL: approval,
        Consultation.Method.STV: stv,
        Consultation.Method.SCHULZE: schulze,
    }
    return by[Consultation.Method(method)](urn, seats, **lot)  # type: ignore[operator,no-any-return]


def _papers(consultation: Consultation, keys: dict[int, str]) -> list[list[tuple[str, int, int]]]:
    """For each ballot that names something: (key, place, points). One query."""
    rows = Choice.objects.filter(ballot__consultation=consultation).values_list(
        "ballot_id", "proposal_id", "place", "points"
    )
    papers: dict[object, list[tuple[str, int, int]]] = {}
    for ballot, proposal, place, number in rows.iterator(chunk_size=5_000):
        papers.setdefault(ballot, []).append((keys[proposal], place, number))
    return list(papers.values())


def _as_ballots(papers: list[list[tuple[str, int, int]]]) -> list[tuple[list[list[str]], int]]:
    """Papers as places from the first choice on, alike ones together."""
    alike: Counter[tuple[tuple[str, ...], ...]] = Counter()
    for paper in papers:
        places: dict[int, list[str]] = {}
        for key, place, _points in paper:
            places.setdefault(place, []).append(key)
        alike[tuple(tuple(sorted(places[at])) for at in sorted(places))] += 1
    return [([list(place) for place in places], times) for places, times in sorted(alike.items())]
