"""Do ties cross the borders of groups (district, school, sector, subject)?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tejido_analytics import reasons
from tejido_analytics.measure import Measure
from tejido_analytics.network.ties import Integers, Network

_DRAWS_AT_MOST = 4_000_000


def bridging(
    network: Network, group_of: Mapping[str, str], *, permutations: int = 999, seed: int = 0
) -> Measure:
    """Krackhardt & Stern's E-I index: (external - internal) / (external + internal) ties, -1..1; n = those ties.

    Ties are counted, not weighed. group_of: person -> group, empty or absent where unknown; ties with such a person
    are left out and counted as missing. -1: all ties stay within a group; 1: all cross.
    detail: `external`, `internal`; `expected`, the value if ties were drawn from all pairs of people whose group is
    known, (E* - I*) / (E* + I*) with I* = Σ_g n_g(n_g-1)/2 (from group sizes alone); `difference` = value - expected;
    `p`, two-sided, of a permutation test (the groups shuffled over the people `permutations` times, fewer in very
    large networks, 0 for none): the share of shuffles at least as far from `expected`; `groups`, one cell for each
    with `people`, `external`, `internal`, `value` of its own ties.
    None without such ties, or where all belong to one group. Krackhardt & Stern, Informal networks and
    organizational crises, Social Psychology Quarterly 51 (1988).

    >>> mixed = bridging(Network.of({("a", "b"): 1, ("a", "c"): 1, ("b", "d"): 1}),
    ...                  {"a": "north", "b": "north", "c": "south", "d": "south"}, seed=1)
    >>> mixed.value, mixed.detail["expected"]
    (0.3333333333333333, 0.3333333333333333)
    """
    known = {name: group_of[name] for name in network.people if group_of.get(name)}
    names = sorted(set(known.values()))
    code = {name: at for at, name in enumerate(names)}
    groups = np.array([code[known[name]] if name in known else -1 for name in network.people], dtype=np.int64)
    sizes = np.bincount(groups[groups >= 0], minlength=len(names)).astype(np.int64)
    usable = (groups[network.a] >= 0) & (groups[network.b] >= 0) if network.ties else np.zeros(0, dtype=bool)
    a, b = network.a[usable], network.b[usable]
    missing = {
        phrase: count
        for phrase, count in {
            reasons.PEOPLE_WITHOUT_GROUP: network.size - len(known),
            reasons.TIES_WITHOUT_GROUP: network.ties - len(a),
        }.items()
        if count
    }
    because = _why_not(network, names, len(a))
    if because:
        return Measure(None, len(a), because, missing=missing)
    external = int((groups[a] != groups[b]).sum())
    value = (2 * external - len(a)) / len(a)
    inside, pairs = int((sizes * (sizes - 1) // 2).sum()), len(known) * (len(known) - 1) // 2
    expected = (pairs - 2 * inside) / pairs
    detail: dict[str, Any] = {
        "external": external,
        "internal": len(a) - external,
        "expected": expected,
        "difference": value - expected,
        "groups": _by_group(names, sizes, groups, a, b),
    }
    detail |= _permuted(groups, a, b, value, expected, permutations, seed)
    return Measure(value, len(a), "", 2 * external - len(a), len(a), missing=missing, detail=detail)


def _why_not(network: Network, names: list[str], ties: int) -> str:
    if not network.ties:
        return reasons.NO_TIES if network.size else reasons.NO_PEOPLE
    if not names:
        return reasons.NO_GROUPS_KNOWN
    if len(names) == 1:
        return reasons.ONE_GROUP
    return "" if ties else reasons.NO_TIES_WITH_GROUPS


def _by_group(
    names: list[str], sizes: Integers, groups: Integers, a: Integers, b: Integers
) -> list[dict[str, Any]]:
    crossing = groups[a] != groups[b]
    ends = np.concatenate([groups[a][crossing], groups[b][crossing]])
    external = np.bincount(ends, minlength=len(names)).tolist()
    internal = np.bincount(groups[a][~crossing], minlength=len(names)).tolist()
    cells = []
    for at, name in enumerate(names):
        e, i = external[at], internal[at]
        value = (e - i) / (e + i) if e + i else None
        cells.append({"key": name, "people": int(sizes[at]), "value": value, "external": e, "internal": i})
    return cells


def _permuted(
    groups: Integers, a: Integers, b: Integers, value: float, expected: float, permutations: int, seed: int
) -> dict[str, Any]:
    """p and the number of shuffles. Only people whose group is known are shuffled."""
    draws = min(permutations, max(99, _DRAWS_AT_MOST // len(a)))
    if permutations <= 0:
        return {"p": None, "permutations": 0}
    known = np.flatnonzero(groups >= 0)
    place = np.full(len(groups), -1, dtype=np.int64)
    place[known] = np.arange(len(known))
    here, there, labels = place[a], place[b], groups[known].astype(np.int32)
    generator = np.random.default_rng(seed)
    far = abs(value - expected) - 1e-12
    reached = 0
    for _draw in range(draws):
        shuffled = generator.permutation(labels)
        external = int((shuffled[here] != shuffled[there]).sum())
        reached += abs((2 * external - len(a)) / len(a) - expected) >= far
    return {"p": (1 + int(reached)) / (draws + 1), "permutations": draws}
