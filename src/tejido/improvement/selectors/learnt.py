"""What a community has learnt about each change idea, from every test of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.directory.selectors import search_form
from tejido.improvement.models import Cycle, Outcome, Stage
from tejido.improvement.selectors.cycles import cycles_for


@dataclass(frozen=True, slots=True)
class Learnt:
    """One idea and its tests, oldest first. decisions: (decision, its words, how often), those that were taken."""

    idea: str
    tests: tuple[Cycle, ...]
    decisions: tuple[tuple[str, str, int], ...]

    @property
    def schools(self) -> int:
        """In how many schools it was tried."""
        return len({test.school_id for test in self.tests if test.school_id})

    @property
    def under_way(self) -> int:
        """How many tests are not decided."""
        return sum(test.stage != Stage.CLOSED for test in self.tests)


def learnt_in(community: Community, actor: User, *, words: str = "") -> list[Learnt]:
    """Ideas of the community and below that were tried or are being tried, the most tried first. One query.

    The same idea is known by its words, whatever their accents and capitals. words: only ideas, results and lessons
    in which all of these stand.
    """
    rows = cycles_for(actor).filter(community_id__in=below(community)).exclude(idea="")
    rows = rows.exclude(stage=Stage.PLAN).select_related("school", "community").order_by("started_at", "pk")
    by_idea: dict[str, list[Cycle]] = {}
    for row in rows:
        by_idea.setdefault(search_form(row.idea), []).append(row)
    found = [_of(tests) for tests in by_idea.values() if _says(tests, words)]
    return sorted(found, key=lambda one: (-len(one.tests), search_form(one.idea)))


def _says(tests: list[Cycle], words: str) -> bool:
    text = " ".join(search_form(f"{one.idea} {one.result} {one.learnt} {one.reason}") for one in tests)
    return all(word in text for word in search_form(words).split())


def _of(tests: list[Cycle]) -> Learnt:
    counts = Counter(one.decision for one in tests if one.decision)
    decisions = tuple(
        (outcome.value, str(outcome.label), counts[outcome.value])
        for outcome in Outcome
        if counts[outcome.value]
    )
    return Learnt(tests[-1].idea, tuple(tests), decisions)
