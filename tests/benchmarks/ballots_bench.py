"""How long 5 000 ballots take to be counted, by each method, from the database to the result.

    PYTHONPATH=src:. .venv/bin/python tests/benchmarks/ballots_bench.py [--ballots 5000] [--proposals 12]

Makes a data folder of its own with one consultation, and counts it by `consultations.selectors.count_of`. Beside plurality, instant
run-off and Schulze stands a plain reference in Python on the same papers, whose winner has to be the same. Processor seconds of one
run. Exit code 1 above 2 s, or where a winner differs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from pairing_bench import start, timed

BAR_SECONDS = 2.0


def planted(ballots: int, proposals: int) -> Any:
    """A vote of so many ranked ballots, closed; who is put first leans towards the earlier proposals."""
    from django.utils import timezone

    from tejido.accounts.services import system_account
    from tejido.communities.services import found_community
    from tejido.consultations.models import Ballot, Choice, Consultation, Proposal

    draw, now = Random(5), timezone.now()
    network = found_community({"name": "Votes", "kind": "network"}, actor=system_account())
    vote = Consultation.objects.create(
        community=network, question="Which?", state="closed", lot=1, opened_at=now, method="schulze"
    )
    offered = Proposal.objects.bulk_create(
        Proposal(consultation=vote, number=n + 1, text=f"P{n}") for n in range(proposals)
    )
    papers = Ballot.objects.bulk_create((Ballot(consultation=vote) for _n in range(ballots)), batch_size=500)
    rows = []
    for paper in papers:
        liked = sorted(offered, key=lambda one: one.number * draw.random())[: draw.randint(3, proposals)]
        rows += [
            Choice(ballot=paper, proposal=one, place=at, points=max(0, 4 - at))
            for at, one in enumerate(liked, start=1)
        ]
    Choice.objects.bulk_create(rows, batch_size=500)
    return vote


def papers_of(vote: Any) -> list[list[str]]:
    """Each ballot as the keys of its proposals, the first choice first."""
    from tejido.consultations.selectors.counting import key_of

    ballots = vote.ballots.prefetch_related("choices__proposal")
    return [[key_of(choice.proposal) for choice in ballot.choices.all()] for ballot in ballots]


def run_off(papers: list[list[str]]) -> str:
    standing = {key for paper in papers for key in paper}
    while True:
        firsts = Counter(next((key for key in paper if key in standing), "") for paper in papers)
        firsts.pop("", None)
        best, votes = firsts.most_common(1)[0]
        if 2 * votes > firsts.total():
            return best
        standing.remove(min(standing, key=lambda key: (firsts[key], key)))


def strongest(papers: list[list[str]]) -> str:
    """Schulze, as it is written down: who beats whom by how many, then the strongest paths."""
    keys = sorted({key for paper in papers for key in paper})
    beats: Counter[tuple[str, str]] = Counter()
    for paper in papers:
        place = {key: at for at, key in enumerate(paper)}
        for one in paper:
            for other in keys:
                if one != other and place[one] < place.get(other, len(keys)):
                    beats[one, other] += 1
    path = {two: beats[two] if beats[two] > beats[two[::-1]] else 0 for two in beats}
    for via in keys:
        for one in keys:
            for other in keys:
                through = min(path.get((one, via), 0), path.get((via, other), 0))
                if one != other and through > path.get((one, other), 0):
                    path[one, other] = through
    won = {one: sum(path.get((one, two), 0) > path.get((two, one), 0) for two in keys) for one in keys}
    return max(keys, key=lambda key: won[key])


REFERENCES: dict[str, Callable[[list[list[str]]], str]] = {
    "instant-runoff": run_off,
    "schulze": strongest,
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--ballots", type=int, default=5000)
    parser.add_argument("--proposals", type=int, default=12)
    asked = parser.parse_args()
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        from tejido.consultations.models import Consultation
        from tejido.consultations.selectors import count_of

        vote = planted(asked.ballots, asked.proposals)
        for method in Consultation.Method.values:
            vote.method, vote.seats = method, 3 if method in {"stv", "points", "approval"} else 1
            seconds, count = timed(lambda: count_of(vote))
            line = f"{method:15} {seconds:.2f} s"
            kept &= seconds <= BAR_SECONDS and count.result is not None
            if reference := REFERENCES.get(method):
                slow, theirs = timed(lambda reference=reference: reference(papers_of(vote)))
                line += f"; plain reference {slow:.2f} s, {slow / seconds:.1f} times, winner {theirs}"
                kept &= count.result.elected[0] == theirs
            print(line, flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
