"""Seatings: rules never broken, costs counted a second time by hand, designs of the literature, impossible rules named."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tejido_analytics.seating import codes
from tejido_analytics.seating.codes import Impossible
from tejido_analytics.seating.designs import design, repeats
from tejido_analytics.seating.problem import (
    Before,
    Expertise,
    Fixed,
    Mix,
    Problem,
    Rules,
    Table,
    faded,
    tables_for,
)
from tejido_analytics.seating.search import Seating, seat
from tejido_analytics.tests.real import folder, rows


def people(number: int) -> tuple[str, ...]:
    return tuple(f"p{n:02}" for n in range(number))


def groups_of(seating: Seating) -> dict[tuple[int, int], list[str]]:
    """(round, table) -> who sits there."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for person, tables in zip(seating.people, seating.tables.tolist(), strict=True):
        for number, table in enumerate(tables):
            if table >= 0:
                found[number, table].append(person)
    return found


def meetings(seating: Seating) -> Counter[tuple[str, str]]:
    return Counter(pair for group in groups_of(seating).values() for pair in combinations(sorted(group), 2))


def by_hand(problem: Problem, seating: Seating) -> float:
    """The cost from the definition, person by person, with nothing of the library's arithmetic."""
    circles: list[set[str]] = []
    for group in problem.rules.together:  # who sits with somebody who sits with somebody …
        touching = [circle for circle in circles if circle & set(group)]
        circles = [circle for circle in circles if circle not in touching] + [set(group).union(*touching)]
    bound = {pair for circle in circles for pair in combinations(sorted(circle), 2)}
    total = 0.0
    for pair, n in meetings(seating).items():
        if pair not in bound:
            h = problem.met.get(pair, 0.0) + problem.met.get(pair[::-1], 0.0)
            total += problem.repeat * (n * h + n * (n - 1) / 2)
    seats = groups_of(seating)
    for mix in problem.mix:
        word = dict(zip(problem.people, mix.values, strict=True))
        for number in range(problem.rounds):
            here = [p for p, row in zip(seating.people, seating.tables, strict=True) if row[number] >= 0]
            for value in {word[p] for p in here} - {None}:
                counts = [
                    sum(word[p] == value for p in seats[number, table])
                    for table in range(len(problem.tables))
                ]
                even = np.bincount(np.arange(sum(counts)) % len(counts), minlength=len(counts))
                total += mix.weight * (sum(c * (c - 1) for c in counts) - int((even * (even - 1)).sum())) / 2
    for known in problem.expertise:
        for number in range(problem.rounds):
            for table in range(len(problem.tables)):
                there = len(known.holders & set(seats[number, table]))
                total += known.weight * max(0, known.at_least - there)
    if problem.before:
        for person, row in zip(seating.people, seating.tables.tolist(), strict=True):
            was = problem.before.places.get(person, ())
            total += problem.before.price * sum(
                old is not None and 0 <= new != old for old, new in zip(was, row, strict=False)
            )
    return total


def test_designs_of_the_literature_have_no_repeated_pair_and_full_tables():
    shapes = [
        (8, 4),
        (5, 3),
        (7, 3),
        (40, 5),
        (10, 3),
        (12, 3),
        (15, 5),
        (9, 9),
        (16, 4),
        (6, 2),
        (1, 4),
        (6, 4),
    ]
    for tables, size in shapes:
        made = design(tables, size)
        assert repeats(made) == 0, (tables, size)
        assert all((np.bincount(row, minlength=tables) == size).all() for row in made)
    assert len(design(8, 4)) == 9  # GF(8), and one round inside the classes


@pytest.mark.real_data
def test_designs_reach_the_known_maximum_of_the_social_golfer_problem():
    for case in rows(folder("social-golfer") / "known_max_rounds.csv"):
        groups, size = int(case["groups"]), int(case["size"])
        made = design(groups, size)
        assert (len(made), repeats(made)) == (int(case["max_rounds"]), 0), case


def test_seven_walks_of_fifteen_schoolgirls_and_five_rounds_by_latin_square_are_proved_best():
    for number, size, rounds in [(15, 3, 7), (15, 3, 5), (32, 4, 9), (62, 4, 9)]:
        seating = seat(
            Problem(people=people(number), rounds=rounds, tables=tables_for(number, size)), steps=0
        )
        assert seating.proved, (number, size, rounds)
        assert max(meetings(seating).values()) == 1


def test_search_alone_finds_seven_rounds_without_repeats(monkeypatch):
    monkeypatch.setattr("tejido_analytics.seating.search.designed_seating", lambda *_given: None)
    for number, size in [(15, 3), (32, 4)]:
        problem = Problem(people=people(number), rounds=7, tables=tables_for(number, size))
        assert seat(problem, steps=4_000_000, seed=3).costs.total == 0


words = st.sampled_from(["north", "south", "east", None])


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    number = draw(st.integers(4, 17))
    size = draw(st.integers(2, 5))
    rounds = draw(st.integers(1, 4))
    who = people(number)
    some = st.lists(st.sampled_from(who), min_size=2, max_size=3, unique=True).map(tuple)
    pairs = st.tuples(st.sampled_from(who), st.sampled_from(who))
    tables = tables_for(number, size)
    if draw(st.booleans()):
        tables = tuple(Table(max(1, t.smallest - 1), t.largest + 1) for t in tables)
    fixed = st.builds(
        Fixed,
        st.sampled_from(who),
        st.integers(0, len(tables) - 1),
        st.one_of(st.none(), st.integers(0, rounds - 1)),
    )
    place = st.one_of(st.none(), st.integers(0, len(tables)))
    before = st.dictionaries(st.sampled_from([*who, "gone"]), st.tuples(*[place] * rounds), max_size=number)
    return Problem(
        people=who,
        rounds=rounds,
        tables=tables,
        mix=(Mix("district", tuple(draw(st.lists(words, min_size=number, max_size=number))), 1.5),),
        expertise=(Expertise("ict", frozenset(draw(st.lists(st.sampled_from(who), max_size=5))), 4.0),),
        met=draw(
            st.dictionaries(pairs.filter(lambda p: p[0] != p[1]), st.sampled_from([0.25, 1.0]), max_size=9)
        ),
        rules=Rules(
            tuple(draw(st.lists(some, max_size=2))),
            tuple(draw(st.lists(some, max_size=3))),
            tuple(draw(st.lists(fixed, max_size=2))),
            tuple(draw(st.lists(st.tuples(st.sampled_from(who), st.integers(0, rounds - 1)), max_size=2))),
        ),
        before=draw(st.one_of(st.none(), before.map(lambda places: Before(places, 3.0)))),
    )


@settings(max_examples=120, deadline=None, derandomize=True)
@given(problems(), st.integers(0, 3))
def test_no_rule_is_ever_broken_and_the_cost_is_what_the_definition_says(problem, seed):
    try:
        seating = seat(problem, steps=3000, seed=seed)
    except Impossible as impossible:
        event(impossible.code)
        return
    table = dict(zip(seating.people, seating.tables.tolist(), strict=True))
    rules = problem.rules
    for person, row in table.items():
        for number, place in enumerate(row):
            assert (place < 0) == ((person, number) in rules.absent)
    for number in range(problem.rounds):
        for group in rules.together:
            assert len({table[p][number] for p in group} - {-1}) <= 1
        for group in rules.apart:
            there = [table[p][number] for p in group if table[p][number] >= 0]
            assert len(set(there)) == len(there)
        sizes = Counter(row[number] for row in table.values())
        for at, bounds in enumerate(problem.tables):
            assert bounds.smallest <= sizes[at] <= bounds.largest
    for rule in rules.fixed:
        for number in range(problem.rounds) if rule.round is None else [rule.round]:
            assert table[rule.person][number] in (rule.table, -1)
    assert seating.costs.total == pytest.approx(by_hand(_without_gone(problem), seating))
    assert seating.costs.bound <= seating.costs.total + 1e-9


def _without_gone(problem: Problem) -> Problem:
    """A table that is gone is no place to come back to."""

    if problem.before is None:
        return problem
    here = {
        person: tuple(place if place is not None and place < len(problem.tables) else None for place in row)
        for person, row in problem.before.places.items()
    }
    return replace(problem, before=replace(problem.before, places=here))


def test_calling_people_otherwise_changes_no_cost():
    rng = np.random.default_rng(4)
    districts = tuple("abc"[n] for n in rng.integers(0, 3, 14))
    problem = Problem(
        people=people(14),
        rounds=3,
        tables=tables_for(14, 4),
        mix=(Mix("district", districts),),
        met={("p00", "p01"): 1.0},
        rules=Rules(together=(("p02", "p03"),), apart=(("p04", "p05"),)),
    )
    other = {person: f"q{n:02}" for n, person in enumerate(people(14))}
    renamed = replace(
        problem,
        people=tuple(other.values()),
        met={("q01", "q00"): 1.0},
        rules=Rules(together=(("q03", "q02"),), apart=(("q04", "q05"),)),
    )
    here, there = seat(problem, steps=5000, seed=2), seat(renamed, steps=5000, seed=2)
    assert here.costs == there.costs
    assert (here.tables == there.tables).all()


def test_the_same_seed_and_steps_give_the_same_seating_and_more_steps_none_worse():
    problem = Problem(people=people(26), rounds=6, tables=tables_for(26, 5))
    short, again, longer = (seat(problem, steps=steps, seed=1) for steps in (2000, 2000, 200_000))
    assert (short.tables == again.tables).all()
    assert longer.costs.total <= short.costs.total


def test_people_who_met_lately_are_kept_apart_before_those_who_met_long_ago():
    met = faded([("p00", "p01", 10.0), ("p02", "p03", 2000.0)])
    problem = Problem(people=people(4), rounds=1, tables=tables_for(4, 2), met=met)
    seating = seat(problem, steps=2000)
    assert seating.costs.total == 0
    three = seat(
        replace(problem, rounds=3), steps=2000
    )  # everybody meets everybody: the history cannot be avoided
    assert three.costs.total == pytest.approx(10 * sum(met.values()))
    assert three.proved
    assert three.unmet[0].code == codes.MET_BEFORE
    assert three.unmet[0].numbers == {"pairs": 2}


def test_numbers_are_evened_out_over_the_tables():
    years = tuple(float(n) for n in range(12))
    problem = Problem(people=people(12), rounds=1, tables=tables_for(12, 4), mix=(Mix("years", years),))
    seating = seat(problem, steps=20_000)
    sums = [sum(years[int(p[1:])] for p in group) for group in groups_of(seating).values()]
    assert sorted(sums) == [22, 22, 22]
    assert seating.costs.total == pytest.approx(0, abs=1e-9)


def test_every_table_has_somebody_who_knows_and_where_too_few_do_it_is_said():
    known = Expertise("ict", frozenset({"p00", "p01", "p02"}))
    problem = Problem(people=people(12), rounds=2, tables=tables_for(12, 4), expertise=(known,), repeat=0.1)
    seating = seat(problem, steps=20_000)
    assert seating.costs.of("expertise:ict").count == 0
    fewer = replace(problem, expertise=(replace(known, holders=frozenset({"p00", "p01"})),))
    lacking = seat(fewer, steps=20_000)
    assert lacking.costs.of("expertise:ict").count == 2
    assert lacking.costs.of("expertise:ict").bound == lacking.costs.of("expertise:ict").cost == 20
    note = next(unmet for unmet in lacking.unmet if unmet.code == codes.WITHOUT_EXPERT)
    assert note.numbers == {"name": "ict", "tables": 2, "holders": 2}


def test_late_comers_find_a_seat_and_hardly_anybody_else_moves():
    first = Problem(people=people(24), rounds=4, tables=tables_for(24, 5))
    stood = seat(first, steps=100_000, seed=1)
    places = {
        person: tuple(row)
        for person, row in zip(stood.people, stood.tables.tolist(), strict=True)
        if person != "p07"
    }
    now = tuple(person for person in first.people if person != "p07") + ("late", "later")
    before = Before(places, price=50.0, settled=1)
    again = seat(Problem(people=now, rounds=4, tables=first.tables, before=before), steps=100_000, seed=1)
    table = dict(zip(again.people, again.tables.tolist(), strict=True))
    assert all(table[person][0] == places[person][0] for person in places)  # what is over stays
    assert table["late"][0] == table["later"][0] == -1
    assert all(place >= 0 for person in ("late", "later") for place in table[person][1:])
    assert again.costs.of("moved").count == 0
    free = replace(before, price=0.0)
    shuffled = seat(Problem(people=now, rounds=4, tables=first.tables, before=free), steps=100_000, seed=1)
    assert shuffled.costs.of("repeats").cost <= again.costs.of("repeats").cost


IMPOSSIBLE = [
    (codes.APART_TOO_MANY, {"number": 12, "tables": 2}, {"apart": (people(12),)}, 16),
    (codes.TOGETHER_TOO_MANY, {"number": 5, "largest": 4}, {"together": (people(3), people(5)[2:])}, 4),
    (codes.TOGETHER_AND_APART, {"person": "p00", "other": "p02"}, {"together": (people(3),), "apart": (("p02", "p00"),)}, 4),
    (codes.PERSON_UNKNOWN, {"person": "zoe", "rule": "apart"}, {"apart": (("zoe", "p00"),)}, 4),
    (codes.TABLE_OUT_OF_RANGE, {"person": "p00", "table": 9, "tables": 8}, {"fixed": (Fixed("p00", 8),)}, 4),
    (codes.ROUND_OUT_OF_RANGE, {"person": "p00", "round": 4, "rounds": 3}, {"fixed": (Fixed("p00", 0, 3),)}, 4),
    (codes.FIXED_TWICE, {"person": "p00", "round": 2}, {"fixed": (Fixed("p00", 0), Fixed("p00", 1, 1))}, 4),
    (codes.FIXED_WITH_APART, {"table": 1, "round": 1}, {"apart": (("p00", "p01"),), "fixed": (Fixed("p00", 0), Fixed("p01", 0))}, 4),
    (codes.FIXED_APART_FROM_TOGETHER, {"round": 1}, {"together": (("p00", "p01"),), "fixed": (Fixed("p00", 0), Fixed("p01", 1))}, 4),
    (codes.FIXED_TOO_MANY, {"table": 1, "number": 5, "largest": 4}, {"fixed": tuple(Fixed(p, 0) for p in people(5))}, 4),
    (codes.TOO_FEW_PEOPLE_FOR_TABLES, {"people": 31, "needed": 32}, {"absent": (("p00", 0),)}, 4),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "numbers", "rules", "size"), IMPOSSIBLE, ids=[case[0] for case in IMPOSSIBLE]
)
def test_impossible_rules_are_named_with_their_numbers_before_anything_is_searched(
    code, numbers, rules, size
):
    with pytest.raises(Impossible) as refused:
        seat(
            Problem(people=people(32), rounds=3, tables=tables_for(32, size), rules=Rules(**rules)), steps=10
        )
    assert refused.value.code == code
    assert numbers.items() <= refused.value.numbers.items()


def test_rules_that_only_together_cannot_hold_are_proved_and_named():
    """p00 sits without p01 and p02, p03 is given away: each rule is fine, all of them are not."""
    split = Rules(
        apart=(("p00", "p01"), ("p00", "p02")), fixed=(Fixed("p03", 1), Fixed("p01", 0), Fixed("p02", 1))
    )
    with pytest.raises(Impossible) as named:
        seat(Problem(people=people(4), rounds=1, tables=tables_for(4, 2), rules=split), steps=10)
    assert named.value.code == codes.RULES_CONTRADICT
    assert set(named.value.numbers["rules"]) >= {"apart p00 p01"}


def test_what_is_hard_but_possible_is_found():
    """A perfect matching among quarrels: only p0-p1, p2-p3, p4-p5 … may sit in pairs."""
    who = people(12)
    quarrels = tuple((a, b) for a, b in combinations(who, 2) if int(a[1:]) // 2 != int(b[1:]) // 2)
    seating = seat(
        Problem(people=who, rounds=1, tables=tables_for(12, 2), rules=Rules(apart=quarrels)), steps=10
    )
    assert set(meetings(seating)) == {(who[n], who[n + 1]) for n in range(0, 12, 2)}
