"""Do two networks of the same people go together: two periods, or two kinds of ties?"""

from __future__ import annotations

import numpy as np

from tejido_analytics import reasons
from tejido_analytics.measure import Measure
from tejido_analytics.network.ties import Floats, Integers, Network

_DRAWS_AT_MOST = (
    40_000_000  # permutations times ties, so that large networks end; never below 99 permutations
)


def qap(
    one: Network, other: Network, *, permutations: int = 999, seed: int = 0, weighted: bool = False
) -> Measure:
    """Pearson's correlation of two networks over all pairs of the people in both, -1..1; n = those people.

    Ties count 1, or `weighted` their weight; no tie counts 0. People in one network only are left out, with their
    ties. Ties of one person are not independent, so p is found by the quadratic assignment procedure: the people of
    one network are shuffled, ties and all, `permutations` times (fewer in very large networks, 0 for none).
    detail: `p`, two-sided, (1 + shuffles whose correlation lies at least as far from 0) / (permutations + 1);
    `p_more`, `p_less`, the shares at least as high, at most as low; `permutations`; `ties` (of each), `shared`.
    None below three people, and where one of the networks has no ties or all of them alike.
    Krackhardt, Predicting with networks, Social Networks 10 (1988); Hubert & Schultz (1976). O(m log m) a shuffle.

    >>> path = Network.of({("a", "b"): 1, ("b", "c"): 1}, people=["d"])
    >>> same = qap(path, path, seed=1)
    >>> same.value, same.detail["shared"]
    (1.0, 2)
    """
    people = set(one.people) & set(other.people)
    x, y = one.among(people), other.among(people)
    n = len(people)
    if n < 3:
        return Measure(None, n, reasons.TOO_FEW_PEOPLE if n else reasons.NO_PEOPLE)
    if not x.ties or not y.ties:
        return Measure(None, n, reasons.NO_TIES)
    if x.ties > y.ties:  # shuffle the smaller; the correlation is the same
        x, y = y, x
    pairs = n * (n - 1) / 2
    xs, ys = (net.weight if weighted else np.ones(net.ties) for net in (x, y))
    spread = _spread(xs, pairs) * _spread(ys, pairs)
    if spread <= 1e-18:
        return Measure(None, n, reasons.ALL_TIED)
    base, scale = float(xs.sum()) * float(ys.sum()) / pairs, float(np.sqrt(spread))
    keys = y.a * n + y.b
    together = _products(x.a * n + x.b, xs, keys, ys)
    value = (together - base) / scale
    drawn = _shuffled(x, xs, keys, ys, (permutations, seed))
    shuffled = (drawn - base) / scale
    detail = {
        **_tail(shuffled, value),
        "ties": [one.among(people).ties, other.among(people).ties],
        "shared": len(np.intersect1d(x.a * n + x.b, keys)),
    }
    return Measure(max(-1.0, min(1.0, value)), n, detail=detail)


def _spread(values: Floats, pairs: float) -> float:
    """Number of pairs times the variance over all pairs, of which those without a tie are 0."""
    return float((values**2).sum() - values.sum() ** 2 / pairs)


def _products(keys: Integers, values: Floats, sorted_keys: Integers, others: Floats) -> float:
    """Sum of the products of values that stand for the same pair."""
    at = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
    return float((values * others[at] * (sorted_keys[at] == keys)).sum())


def _shuffled(x: Network, values: Floats, keys: Integers, others: Floats, wanted: tuple[int, int]) -> Floats:
    """The sums of products with the people of `x` shuffled, float64[permutations]. wanted: permutations and seed."""
    permutations, seed = wanted
    draws = min(permutations, max(99, _DRAWS_AT_MOST // x.ties)) if permutations > 0 else 0
    generator, n = np.random.default_rng(seed), x.size
    sums = np.empty(draws)
    for draw in range(draws):
        place = generator.permutation(n)
        a, b = place[x.a], place[x.b]
        sums[draw] = _products(np.minimum(a, b) * n + np.maximum(a, b), values, keys, others)
    return sums


def _tail(shuffled: Floats, value: float) -> dict[str, float | int | None]:
    draws, near = len(shuffled), 1e-12
    if not draws:
        return {"p": None, "p_more": None, "p_less": None, "permutations": 0}

    def share(reached: int) -> float:
        return (1 + reached) / (draws + 1)

    return {
        "p": share(int((np.abs(shuffled) >= abs(value) - near).sum())),
        "p_more": share(int((shuffled >= value - near).sum())),
        "p_less": share(int((shuffled <= value + near).sum())),
        "permutations": draws,
    }
