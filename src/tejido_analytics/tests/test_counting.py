"""Counting votes: elections whose results are published, and what must hold for any ballots."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise as steps
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tejido_analytics.counting import (
    Cast,
    Result,
    approval,
    cast,
    instant_runoff,
    pairwise,
    plurality,
    schulze,
    stv,
)


def ballots(text: str, *, candidates: str = "", equal: bool = False) -> Cast:
    """`42 MNCK, 26 NCKM` as ballots, one letter for each candidate; (AB) shares a place."""
    found = []
    for one in text.replace("\n", ",").split(","):
        if one.strip():
            times, _space, choices = one.strip().partition(" ")
            found.append(([[name] for name in choices], int(times)))
    return cast(found, tuple(candidates), equal=equal)


def said(result: Result) -> list[dict[str, float]]:
    return [{name: float(votes) for name, votes in one.votes.items()} for one in result.rounds]


# Memphis, Nashville, Chattanooga, Knoxville: the capital of Tennessee, the example of every encyclopaedia.
TENNESSEE = ballots("42 MNCK, 26 NCKM, 15 CKNM, 17 KCNM")


def test_tennessee_has_a_capital_for_every_method():
    assert plurality(TENNESSEE).elected == ("M",)
    runoff = instant_runoff(TENNESSEE)
    assert runoff.elected == ("K",)
    assert said(runoff) == [
        {"C": 15, "K": 17, "M": 42, "N": 26},
        {"C": 0, "K": 32, "M": 42, "N": 26},
        {"C": 0, "K": 58, "M": 42, "N": 0},
    ]
    assert [(one.deed, one.candidates, one.elected) for one in runoff.rounds] == [
        ("counted", (), ()),
        ("excluded", ("C",), ()),
        ("excluded", ("N",), ("K",)),
    ]
    assert schulze(TENNESSEE).elected == ("N",)
    assert schulze(TENNESSEE).detail["ranking"] == [["N"], ["C"], ["K"], ["M"]]


# Mayor of Burlington (Vermont), March 2009, ballots by the order of the three strongest: Montroll, Kiss, Wright.
# Published by W. D. Smith, rangevoting.org/Burlington.html: Kiss elected 4314 to 4064 over Wright in the last round,
# though Montroll was preferred to Kiss 4067 to 3477 and to Wright 4597 to 3668.
BURLINGTON = ballots(
    "1332 MKW, 767 MWK, 455 M, 2043 KMW, 371 KWM, 568 K, 1513 WMK, 495 WKM, 1289 W", candidates="MKW"
)


def test_burlington_elected_kiss_though_montroll_beat_everybody():
    result = instant_runoff(BURLINGTON)
    assert result.elected == ("K",)
    assert said(result)[-1] == {"M": 0, "K": 4314, "W": 4064}
    assert result.rounds[-1].exhausted == 455
    seen = pairwise(BURLINGTON).preferred
    assert (seen[0, 1], seen[1, 0], seen[0, 2], seen[2, 0]) == (4067, 3477, 4597, 3668)
    assert schulze(BURLINGTON).elected == ("M",)
    assert plurality(BURLINGTON).elected == ("W",)


def test_schulze_s_first_example_is_ranked_as_in_his_paper():
    """Schulze (2011), example 1: 21 voters, ranking d a c b, strongest paths as printed."""
    result = schulze(ballots("8 acdb, 2 badc, 4 cdba, 4 dbac, 3 dcba"))
    assert result.detail["preferred"]["a"] == {"b": 8, "c": 14, "d": 10}
    assert result.detail["preferred"]["c"] == {"a": 7, "b": 15, "d": 12}
    assert result.detail["ranking"] == [["d"], ["a"], ["c"], ["b"]]
    assert result.detail["paths"]["a"] == {"b": 14, "c": 14, "d": 12}
    assert result.detail["paths"]["d"] == {"a": 13, "b": 19, "c": 13}


# 45 voters, five candidates: the example of electowiki and Wikipedia for the Schulze method.
FORTY_FIVE = ballots("5 ACBED, 5 ADECB, 8 BEDAC, 3 CABED, 7 CAEBD, 2 CBADE, 7 DCEBA, 8 EBADC")


def test_forty_five_voters_have_the_published_paths_and_ranking():
    result = schulze(FORTY_FIVE, 2)
    published = (
        "EA25 AE24 EB28 BE24 EC28 CE24 ED31 DE24 AB28 BA25 AC28 CA25 AD30 DA25 CB29 BC28 CD29 DC28 BD33 DB28"
    )
    for one in published.split():
        assert result.detail["paths"][one[0]][one[1]] == int(one[2:])
    assert result.detail["ranking"] == [["E"], ["A"], ["C"], ["B"], ["D"]]
    assert (result.elected, result.ties) == (("E", "A"), ())


def test_candidates_whom_the_paths_do_not_separate_are_a_tie_that_is_named():
    """The example of a tie on the same pages: B and D are potential winners."""
    four = ballots("3 ABCD, 2 DABC, 2 DBCA, 2 CBDA")
    chosen = schulze(four, order="DCBA")
    assert chosen.detail["ranking"][0] == ["B", "D"]
    assert chosen.elected == ("D",)
    (tie,) = chosen.ties
    assert (tie.between, tie.chosen, tie.what_for, tie.settled_by) == (
        ("B", "D"),
        ("D",),
        "elected",
        "the order given beforehand",
    )
    assert schulze(four, order="ABCD").elected == ("B",)
    assert schulze(four, seed=3).ties[0].settled_by == "lot"
    assert schulze(four, seed=3) == schulze(four, seed=3)


def test_the_party_s_food_is_elected_as_in_the_encyclopaedia():
    """20 guests, 3 foods (Wikipedia, Single transferable vote): oranges, pears, chocolate, strawberries, hamburgers."""
    result = stv(ballots("4 O, 2 PO, 8 CS, 4 CH, 1 S, 1 H"), 3)
    assert result.quota == 6
    assert said(result) == [
        {"C": 12, "H": 1, "O": 4, "P": 2, "S": 1},
        {"C": 6, "H": 3, "O": 4, "P": 2, "S": 5},
        {"C": 6, "H": 3, "O": 6, "P": 0, "S": 5},
        {"C": 6, "H": 0, "O": 6, "P": 0, "S": 5},
    ]
    assert [one.elected for one in result.rounds] == [("C",), (), ("O",), ("S",)]
    assert [one.transfer for one in result.rounds] == [None, Fraction(1, 2), 1, 1]


def test_57_voters_fill_two_seats_as_in_the_encyclopaedia():
    """Wikipedia, Counting single transferable votes: Andrea, Brad, Carter, Delilah; quota 20, Carter in the third count."""
    result = stv(ballots("16 ABC, 24 ACB, 17 DA"), 2)
    assert result.quota == 20
    assert said(result) == [
        {"A": 40, "B": 0, "C": 0, "D": 17},
        {"A": 20, "B": 8, "C": 12, "D": 17},
        {"A": 20, "B": 0, "C": 20, "D": 17},
    ]
    assert result.elected == ("A", "C")


# Steering committee of a party, 24 July 2005: 94 ballots, 13 candidates (A to M), 4 seats. Ballots and the count by the
# rules of Scotland's council elections: Droop, an election counting package (J. Lundell, github.com/jklundell/droop,
# test/blt/SC.blt and test/ref/dump/SC-scotland-fixed-p5-d5.txt).
COMMITTEE = """
GHIKL GHIKL MGEDBA EMBGDA MDAB DBMAC DMBG GHLAMIBDKE AMCDGEB DAMGCEB DAMGCEB ADMBGECIHLK GAHIMCBDLEK GHIKL GAHIMCBDLEK
GHIKL GHIKL GHIKL EAMCBDG GHICLBMEAD CMAB CMAB DGME DEMCBA GHIKL GIHLKBM GHIKL GHIKL DCMA DCMA MCDAGBE CMDAGBE MCDABEG
MADBECG MDCABE CMADBGE DCMH DCMA ADMG ADMG GCDMAE IKHG GHIKL MCEB DEBCM MEBDACG MEBAGCH GHILK GHDIL MDGBH DMBGAH GHKIL
HDGKMI GDBM MAGD DABMIE ADMECB GEDHKBMACIL DHGEMBACI CDGBLMHAE GHIKL GHKI GHKI GHIKL GHIKL GHIKL MBDGEA GHIKL GHIK GHIKL
BGHLMKAEI DGHB DMEBAC MDGCAEHBI DCMAG MDAC DAMCBGH BDME BCDAMG CADM DCABK CADMBG DABHC DAEMBC DAEMBC GHIKL GHIKL MGCBEDA
MEGBDA GHIKL AMCGBDE MABGDEC MABGDEC CADBMGIEH
"""
# Votes of (A, B, C, D, E, G, H, I, M) after the passing on of each; F, J, K and L never had any.
COMMITTEE_COUNT = {
    "": (6, 3, 8, 22, 2, 33, 1, 1, 18),
    "G": (6.84848, 3.42424, 8.42424, 22, 2.42424, 19, 12.45448, 1.42424, 18),
    "D": (7.803, 3.5606, 9.2424, 19, 2.69696, 19, 12.7272, 1.42424, 18.54544),
    "I": (7.803, 3.5606, 9.2424, 19, 2.69696, 19, 14.15144, 0, 18.54544),
    "E": (8.803, 3.69696, 9.2424, 19, 0, 19, 14.57568, 0, 19.6818),
    "M": (9.01084, 3.9536, 9.45496, 19, 0, 19, 14.57568, 0, 19),
    "B": (9.36448, 0, 10.59132, 19, 0, 19, 15.61032, 0, 19),
    "A": (0, 0, 16.62204, 19, 0, 19, 16.59988, 0, 19),
    "H": (0, 0, 18.59172, 19, 0, 19, 0, 0, 19),
}


def test_a_committee_is_counted_to_the_fifth_decimal_as_by_another_program():
    papers = cast([([[name] for name in paper], 1) for paper in COMMITTEE.split()], "ABCDEFGHIJKLM")
    result = stv(papers, 4, decimals=5)
    assert (papers.valid, result.quota) == (94, 19)
    assert result.elected == ("G", "D", "M", "C")
    seen = {
        "".join(one.candidates): one.votes
        for one in result.rounds
        if set(one.candidates) - set("FJKL") or one.number == 1
    }
    assert list(seen) == list(COMMITTEE_COUNT)
    for after, votes in COMMITTEE_COUNT.items():
        assert [float(seen[after][name]) for name in "ABCDEGHIM"] == pytest.approx(list(votes), abs=1e-9)
    assert {tie.between for tie in result.ties} >= {("F", "J", "K", "L")}  # nobody's first or next choice


def test_a_tie_for_exclusion_falls_on_whoever_had_fewer_votes_before():
    """droop's weak-defeat.blt: after A is out, B and C have three votes each; B had two before."""
    result = stv(ballots("1 AB, 2 B, 3 C, 4 D, 5 E"), 2)
    (tie,) = result.ties
    assert (tie.between, tie.chosen, tie.settled_by) == (("B", "C"), ("B",), "an earlier round")
    assert [one.candidates for one in result.rounds] == [(), ("A",), ("B",), ("C",)]
    assert sorted(result.elected) == ["D", "E"]
    assert all(result.rounds[-1].votes[name] < result.quota for name in result.elected)


def test_of_two_earlier_rounds_the_latest_decides():
    """A was ahead of B at first, B ahead of A after D went; when E's vote makes them alike, A goes."""
    result = instant_runoff(ballots("5 A, 4 B, 2 DB, 1 EA, 2 EX, 8 X, 8 Y"))
    assert [one.candidates for one in result.rounds[:4]] == [(), ("D",), ("E",), ("A",)]
    assert (result.ties[0].between, result.ties[0].settled_by) == (("A", "B"), "an earlier round")


def test_exactly_half_is_not_more_than_half():
    result = instant_runoff(ballots("3 A, 2 B, 1 CB"), order="ABC")
    assert [one.candidates for one in result.rounds[:2]] == [(), ("C",)]
    assert result.ties[-1].between == ("A", "B")


def test_two_surpluses_alike_are_passed_on_in_an_order_that_is_named():
    """A and B have 8 each with a quota of 5; which surplus goes first is settled and said."""
    text = "8 AC, 8 BD, 2 C, 2 D"
    here, there = stv(ballots(text), 3, order="ABCD"), stv(ballots(text), 3, order="BADC")
    assert here.ties[0].what_for == "surplus passed on"
    assert here.ties[0].chosen == ("A",)
    assert there.ties[0].chosen == ("B",)
    assert here.rounds[1].candidates == ("A",)


def test_an_equal_number_of_votes_is_settled_only_where_somebody_must_be_chosen():
    even = ballots("2 A, 2 B, 1 C")
    assert plurality(even, 2).ties == ()
    (tie,) = plurality(even, 1, order="BAC").ties
    assert (tie.between, tie.chosen) == (("A", "B"), ("B",))
    assert {plurality(even, seed=seed).elected for seed in range(12)} == {("A",), ("B",)}


def test_approval_counts_everybody_who_is_named():
    named = cast([([["ana", "eva"]], 3), ([["eva"], ["luz"]], 2), ([["luz"]], 4)], equal=True)
    result = approval(named, 2)
    assert said(result) == [{"ana": 3, "eva": 5, "luz": 6}]
    assert result.elected == ("luz", "eva")


def test_what_is_wrong_with_a_ballot_is_counted_and_said():
    seen = cast(
        [
            ([["ana"], ["ana"], ["eva"]], 2),
            ([["ana"], [], ["eva"]], 1),
            ([["tom"], ["eva"]], 1),
            ([["tom"]], 3),
            ([["ana", "eva"]], 4),
            ([["eva"], ["ana", "luz"], ["tom"]], 5),
            ([[], []], 6),
        ],
        ("ana", "eva", "luz"),
    )
    assert dict(seen.invalid) == {
        "blank": 6,
        "only names that do not stand": 3,
        "several first choices": 4,
    }
    assert dict(seen.mended) == {
        "a name twice": 2,
        "a name that does not stand": 1,
        "several names in one place: what follows is not used": 5,
        "a place left empty": 1,
    }
    assert (seen.total, seen.valid) == (22, 9)
    assert seen.ballots == (((("ana",), ("eva",)), 3), ((("eva",),), 6))


NAMES = "ABCDE"
PAPERS = st.lists(
    st.tuples(
        st.permutations(NAMES).flatmap(lambda order: st.integers(1, 5).map(lambda n: tuple(order[:n]))),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=9,
)


def as_cast(papers: list[tuple[tuple[str, ...], int]], equal: bool = False) -> Cast:
    return cast([([[name] for name in paper], times) for paper, times in papers], NAMES, equal=equal)


@settings(max_examples=80, deadline=None)
@given(PAPERS, st.integers(1, 5), st.sampled_from([None, 5]))
def test_no_vote_gets_lost_and_the_seats_are_filled(papers, seats, decimals):
    result = stv(as_cast(papers), seats, decimals=decimals)
    total = sum(times for _paper, times in papers)
    assert len(set(result.elected)) == len(result.elected) == seats
    assert all(sum(one.votes.values()) + one.exhausted == total for one in result.rounds)
    assert [name for one in result.rounds for name in one.elected] == list(result.elected)


@settings(max_examples=80, deadline=None)
@given(PAPERS, st.integers(1, 3), st.permutations(NAMES))
def test_a_solid_group_with_k_quotas_gets_k_seats(papers, seats, order):
    """Droop proportionality (Woodall 1994), for groups that put their own two or three first."""
    total = sum(times for _paper, times in papers)
    result = stv(as_cast(papers), seats, order=order)
    for group in ("AB", "CDE"):
        solid = sum(times for paper, times in papers if set(paper[: len(group)]) == set(group))
        quotas = min(solid // (total // (seats + 1) + 1), len(group), seats)
        assert len(set(result.elected) & set(group)) >= quotas


@settings(max_examples=80, deadline=None)
@given(PAPERS)
def test_whoever_beats_everybody_wins_by_schulze_and_whoever_has_half_wins_the_run_off(papers):
    seen = as_cast(papers)
    table = pairwise(seen).preferred
    for at, name in enumerate(NAMES):
        if all(table[at, other] > table[other, at] for other in range(5) if other != at):
            assert schulze(seen).elected == (name,)
    first = {name: sum(times for paper, times in papers if paper[0] == name) for name in NAMES}
    for name, votes in first.items():
        if 2 * votes > seen.valid:
            assert instant_runoff(seen).elected == (name,)
            assert len(instant_runoff(seen).rounds) == 1


@settings(max_examples=40, deadline=None)
@given(PAPERS)
def test_paths_are_the_strongest_of_all_that_there_are(papers):
    seen = pairwise(as_cast(papers))
    won = {
        (i, j): int(seen.preferred[i, j])
        for i, j in permutations(range(5), 2)
        if seen.preferred[i, j] > seen.preferred[j, i]
    }
    for start, end in permutations(range(5), 2):
        between = [at for at in range(5) if at not in {start, end}]
        ways = [(start, *way, end) for n in range(4) for way in permutations(between, n)]
        strength = max(min(won.get(step, 0) for step in steps(way)) for way in ways)
        assert seen.paths[start, end] == strength


@settings(max_examples=40, deadline=None)
@given(PAPERS, st.permutations(NAMES), st.permutations(NAMES), st.integers(1, 3))
def test_other_names_and_another_order_of_ballots_change_nothing(papers, names, order, seats):
    other = dict(zip(NAMES, names, strict=True))
    renamed = [(tuple(other[name] for name in paper), times) for paper, times in papers]
    there = [other[name] for name in order]
    for method in (plurality, schulze, stv):
        here = method(as_cast(papers), seats, order=order).elected
        assert sorted(method(as_cast(renamed[::-1]), seats, order=there).elected) == sorted(
            other[name] for name in here
        )


def test_mistakes_of_the_caller_are_named():
    one = ballots("1 A, 1 B")
    for call in (
        lambda: stv(one, 0),
        lambda: stv(one, 3),
        lambda: plurality(one, order="A"),
        lambda: plurality(cast([([], 2)], "AB")),
        lambda: cast([([["A"]], 0)]),
        lambda: cast([([["A"]], 1)], "AA"),
        lambda: stv(cast([([["A", "B"]], 1)], equal=True), 1),
        lambda: plurality(cast([([["A", "B"]], 1)], equal=True)),
    ):
        with pytest.raises(ValueError, match=r"\w+ \w+"):
            call()
