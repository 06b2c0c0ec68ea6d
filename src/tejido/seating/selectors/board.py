"""The proposed tables of a gathering, judged."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from tejido.seating.models import Place, SeatingPlan
from tejido.seating.selectors.people import experts_in, met_before, traits_of
from tejido.seating.values import KINDS, Pair, Table, Trait, Wishes, judged, meetings

At = dict[int, int]  # person id -> table, from 1


@dataclass(slots=True)
class Standing:
    """A whole proposal in memory. rounds: round (from 1) -> who sits where."""

    plan: SeatingPlan
    rounds: dict[int, At]
    traits: dict[int, Trait]
    met: Counter[Pair]  # before this gathering
    experts: set[int] = field(default_factory=set)

    @property
    def people(self) -> list[int]:
        """Everybody who has a place in some round, by name."""
        seated = {one for at in self.rounds.values() for one in at}
        return [one for one in self.traits if one in seated]

    def tables(self, number: int) -> dict[int, list[int]]:
        """Table -> people by name; tables that nobody sits at are there too. Pure."""
        at = self.rounds.get(number, {})
        most = max((table for row in self.rounds.values() for table in row.values()), default=0)
        found: dict[int, list[int]] = {table: [] for table in range(1, most + 1)}
        for person in self.traits:
            if person in at:
                found[at[person]].append(person)
        return found

    def wishes(self, number: int) -> Wishes:
        """What speaks for and against in that round, everything else given."""
        others = Counter(self.met)
        for other in self.rounds:
            if other != number:
                others.update(meetings(self.tables(other).values()))
        weights = {kind: getattr(self.plan, kind) for kind in (*KINDS, "new_faces")}
        return Wishes(self.traits, weights, others, self.experts)

    def judge(self, number: int) -> dict[int, Table]:
        """Table -> what speaks against it."""
        wishes = self.wishes(number)
        return {table: judged(people, wishes) for table, people in self.tables(number).items()}


@dataclass(frozen=True, slots=True)
class Option:
    """One person could sit at `table`, instead of `swap` (0: nobody leaves). change: of the cost; less is better."""

    table: int
    swap: int
    change: float
    there: Table  # the table as it would be
    left: Table  # the one that is left, as it would be


def places_of(plan: SeatingPlan) -> dict[int, At]:
    """Round -> who sits where. One query."""
    rounds: defaultdict[int, At] = defaultdict(dict)
    for number, table, person in Place.objects.filter(plan=plan).values_list("round", "table", "person_id"):
        rounds[number][person] = table
    return dict(sorted(rounds.items()))


def standing_of(plan: SeatingPlan) -> Standing:
    """The proposal with everything that judges it. Six queries for any number of people."""
    rounds = places_of(plan)
    people = {one for at in rounds.values() for one in at}
    if not people:
        return Standing(plan, {}, {}, Counter())
    met = met_before(plan.gathering, people)
    return Standing(plan, rounds, traits_of(people), met, experts_in(plan, people))


def options_for(standing: Standing, number: int, person: int) -> list[Option]:
    """Where else this person could sit in that round, best first: at each other table, and instead of each other person."""
    wishes, tables = standing.wishes(number), standing.tables(number)
    own = standing.rounds[number][person]
    now = {table: judged(people, wishes).cost for table, people in tables.items()}
    rest = [one for one in tables[own] if one != person]
    found = []
    for table, people in tables.items():
        if table == own:
            continue
        for swap in (0, *people):
            there = judged([*(one for one in people if one != swap), person], wishes)
            left = judged([*rest, swap] if swap else rest, wishes)
            change = there.cost + left.cost - now[table] - now[own]
            found.append(Option(table, swap, change, there, left))
    return sorted(found, key=lambda option: (option.change, option.table, option.swap))
