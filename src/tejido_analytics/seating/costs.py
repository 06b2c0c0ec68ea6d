"""What a seating costs, term by term, and the least that it could cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tejido_analytics.seating.problem import Expertise, Mix, Problem
from tejido_analytics.seating.rules import Flags, Integers, Ruled

Numbers = NDArray[np.float64]
Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the cost.

    name: `repeats`, `moved`, `mix:NAME` or `expertise:NAME`. cost: with its weight. bound: no seating of these people
    can cost less in this term. count: what is counted, unweighted: meetings again, people moved, pairs of the same
    word above an even spread, missing holders; for numbers Σ S²/2 (see Mix).
    """

    name: str
    cost: float
    bound: float
    count: float


@dataclass(frozen=True, slots=True)
class Costs:
    """The terms of one seating. total, bound: their sums; bound is a lower bound of any seating's total."""

    terms: tuple[Term, ...]

    @property
    def total(self) -> float:
        """The sum that was minimised."""
        return float(sum(term.cost for term in self.terms))

    @property
    def bound(self) -> float:
        """No seating can cost less; it is not always reachable."""
        return float(sum(term.bound for term in self.terms))

    def of(self, name: str) -> Term:
        """The term of that name. Raises KeyError."""
        return {term.name: term for term in self.terms}[name]


def history(problem: Problem) -> Numbers:
    """(P, P) how often each two met before, symmetric, 0 on the diagonal. Meetings of people not listed are left out."""
    at = {person: number for number, person in enumerate(problem.people)}
    met = np.zeros((len(at), len(at)))
    for (one, other), times in problem.met.items():
        if one in at and other in at and one != other:
            met[at[one], at[other]] += times
            met[at[other], at[one]] += times
    return met


def bound_to_meet(rules: Ruled) -> Flags:
    """(P, P) pairs that a rule keeps together: their meetings are wanted and cost nothing."""
    same: Flags = rules.unit[:, None] == rules.unit[None, :]
    return same


def pair_prices(problem: Problem, rules: Ruled, met: Numbers) -> Numbers:
    """(P, P) what it costs, apart from repeats within this seating, that two share a table in one round. Symmetric."""
    price = problem.repeat * met
    for mix in problem.mix:
        price += mix.weight * _alike(mix)
    price[bound_to_meet(rules)] = 0.0
    return price


def _alike(mix: Mix) -> Numbers:
    if mix.numeric:
        z = standardised(mix)
        return np.asarray(np.outer(z, z))
    codes = coded(mix)
    alike: Numbers = ((codes[:, None] == codes[None, :]) & (codes[:, None] >= 0)).astype(np.float64)
    return alike


def coded(mix: Mix) -> Integers:
    """(P,) words as numbers in order of appearance; -1 for None."""
    known: dict[object, int] = {}
    codes = [-1 if value is None else known.setdefault(value, len(known)) for value in mix.values]
    return np.array(codes, dtype=np.int32)


def standardised(mix: Mix) -> Numbers:
    """(P,) numbers less their mean, over their standard deviation; unknown ones and a constant are 0."""
    known = np.array([np.nan if value is None else float(value) for value in mix.values])
    spread = float(np.nanstd(known))
    if spread == 0:
        return np.zeros(len(known))
    z: Numbers = np.nan_to_num((known - np.nanmean(known)) / spread)
    return z


def seated_pairs(places: Places, tables: int) -> Numbers:
    """(P, P) in how many rounds each two share a table. places: (R, P), -1 for absent. The diagonal is 0."""
    people = places.shape[1]
    met = np.zeros((people, people))
    for row in places:
        here = np.flatnonzero(row >= 0)
        one = np.zeros((people, tables), dtype=np.float32)
        one[here, row[here]] = 1
        met += one @ one.T
    np.fill_diagonal(met, 0)
    return met


def costs(problem: Problem, rules: Ruled, places: Places) -> Costs:
    """Every term of the seating `places` ((R, P), tables from 0, -1 absent), computed afresh from the definition."""
    met = history(problem)
    terms = [_repeats(problem, rules, places, met)]
    terms += [_mixed(mix, rules, places) for mix in problem.mix]
    return Costs((*terms, *table_terms(problem, places)))


def table_terms(problem: Problem, places: Places) -> list[Term]:
    """The terms that are not sums over pairs: missing expertise, people moved."""
    terms = [_known(expertise, problem, places) for expertise in problem.expertise]
    return [*terms, _moved(problem, places)] if problem.before else terms


def _repeats(problem: Problem, rules: Ruled, places: Places, met: Numbers) -> Term:
    free = np.triu(~bound_to_meet(rules), 1)
    times = seated_pairs(places, len(problem.tables))[free]
    cost = float((times * met[free] + times * (times - 1) / 2).sum())
    again = float(np.where(met[free] > 0, times, np.maximum(times - 1, 0)).sum())
    return Term("repeats", problem.repeat * cost, problem.repeat * _fewest(rules, met), again)


def _fewest(rules: Ruled, met: Numbers) -> float:
    """The least Σ n·h + n(n-1)/2: everybody takes the cheapest meetings open to them, as many as the tables demand."""
    open_to = ~bound_to_meet(rules) & ~rules.apart
    rounds = rules.there.shape[0]
    block = np.array([len(rules.units[number]) for number in rules.unit])
    least = rules.there.sum(axis=0) * max(0, int(rules.low.min()) - 1)
    own = sum(
        _cheapest(
            met[person][open_to[person]], int(max(0, least[person] - (block[person] - 1) * rounds)), rounds
        )
        for person in range(len(block))
    )
    pairs = np.triu(open_to, 1)
    inside = sum(len(unit) * (len(unit) - 1) // 2 for unit in rules.units) * rounds
    seated = sum(_balanced(int(here), len(rules.low)) for here in rules.there.sum(axis=1))
    return max(own / 2, _cheapest(met[pairs], max(0, seated - inside), rounds))


def _cheapest(met: Numbers, meetings: int, rounds: int) -> float:
    """The least sum of `meetings` prices, where the k-th meeting of a pair costs h + k - 1, k up to `rounds`."""
    if meetings <= 0 or not len(met):
        return 0.0
    if not met.any():
        full, rest = divmod(min(meetings, len(met) * rounds), len(met))
        return float(len(met) * full * (full - 1) / 2 + rest * full)
    prices = (met[:, None] + np.arange(min(rounds, meetings))[None, :]).ravel()
    meetings = min(meetings, len(prices))
    return float(np.partition(prices, meetings - 1)[:meetings].sum())


def _balanced(people: int, tables: int) -> int:
    """The fewest pairs that share a table when `people` are spread over `tables`."""
    full, rest = divmod(people, tables)
    return rest * (full + 1) * full // 2 + (tables - rest) * full * (full - 1) // 2


def _mixed(mix: Mix, rules: Ruled, places: Places) -> Term:
    tables = len(rules.low)
    if mix.numeric:
        z = standardised(mix)
        sums = [np.bincount(row[row >= 0], z[row >= 0], tables) for row in places]
        half = float(sum((row**2).sum() for row in sums)) / 2
        return Term(f"mix:{mix.name}", mix.weight * half, 0.0, half)
    words = coded(mix)
    extra = sum(_extra(words, row, tables) for row in places)
    least = sum(_bound_extra(words, row, rules, tables) for row in places)
    return Term(f"mix:{mix.name}", mix.weight * extra, mix.weight * least, float(extra))


def _extra(words: Integers, row: Places, tables: int) -> int:
    here = (row >= 0) & (words >= 0)
    number = int(words.max(initial=0)) + 1
    counts = np.bincount(words[here] * tables + row[here], minlength=number * tables).reshape(number, tables)
    pairs = int((counts * (counts - 1) // 2).sum())
    return pairs - sum(_balanced(int(total), tables) for total in counts.sum(axis=1))


def _bound_extra(words: Integers, row: Places, rules: Ruled, tables: int) -> int:
    """The least pairs above an even spread: where more of one word must sit together than an even spread would leave."""
    together: dict[int, int] = {}
    totals: dict[int, int] = {}
    for people in rules.units:
        here = [int(words[one]) for one in people if row[one] >= 0 and words[one] >= 0]
        for word in set(here):
            times = here.count(word)
            together[word] = together.get(word, 0) + times * (times - 1) // 2
            totals[word] = totals.get(word, 0) + times
    return sum(max(0, inside - _balanced(totals[word], tables)) for word, inside in together.items())


def holders_at(expertise: Expertise, people: Iterable[str], row: Places, tables: int) -> Integers:
    """(T,) how many holders sit at each table in one round."""
    holds = np.array([person in expertise.holders for person in people]) & (row >= 0)
    return np.bincount(row[holds], minlength=tables).astype(np.int32)


def _known(expertise: Expertise, problem: Problem, places: Places) -> Term:
    tables = len(problem.tables)
    lacking, least = 0, 0
    for row in places:
        counts = holders_at(expertise, problem.people, row, tables)
        lacking += int(np.maximum(expertise.at_least - counts, 0).sum())
        least += max(0, tables * expertise.at_least - int(counts.sum()))
    weight = expertise.weight
    return Term(f"expertise:{expertise.name}", weight * lacking, weight * least, float(lacking))


def places_before(problem: Problem) -> Places:
    """(R, P) where everybody sat in the seating before, -1 where nowhere or at a table that is gone."""
    places = np.full((problem.rounds, len(problem.people)), -1, dtype=np.int32)
    before = problem.before.places if problem.before else {}
    for index, person in enumerate(problem.people):
        for number, place in enumerate(before.get(person, ())[: problem.rounds]):
            if place is not None and 0 <= place < len(problem.tables):
                places[number, index] = place
    return places


def _moved(problem: Problem, places: Places) -> Term:
    before = places_before(problem)
    moved = int(((before >= 0) & (places >= 0) & (places != before)).sum())
    price = problem.before.price if problem.before else 0.0
    return Term("moved", price * moved, 0.0, float(moved))
