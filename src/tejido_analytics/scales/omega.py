"""McDonald's omega: how much of a sum of items is common, and how much of that is one general factor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tejido_analytics import reasons
from tejido_analytics.estimate import Estimate, unknown
from tejido_analytics.scales.factors import Hierarchy, schmid_leiman
from tejido_analytics.scales.moments import correlations, kept, resampled_correlations
from tejido_analytics.scales.scoring import as_answers

_LEAST_ITEMS = 3
_ITEMS_FOR_THREE = 9
_LEAST_PEOPLE_EACH = 5  # people for each item, below which a factor solution is luck


@dataclass(frozen=True, slots=True)
class OmegaOptions:
    """factors: group factors, 1 or at least 3; None takes 3 from nine items on, else 1.

    missing: as in `cronbach`. seed, resamples: of the interval; 0 resamples, no interval.
    """

    factors: int | None = None
    missing: str = "pairwise"
    seed: int = 1
    resamples: int = 500


@dataclass(frozen=True, slots=True, eq=False)
class Omega:
    """total: share of the variance of the sum that is common. hierarchical: the share of one general factor.

    factors: how many group factors were taken. hierarchy: the solution, None where there is none.
    """

    total: Estimate
    hierarchical: Estimate
    factors: int
    hierarchy: Hierarchy | None


def omega_of(r: np.ndarray, factors: int) -> tuple[float, float, Hierarchy] | None:
    """(total, hierarchical, solution) of a correlation matrix; None where it has no solution.

    r: float[items, items]. total = 1 - Σ unique / Σ r. hierarchical = (Σ general loadings)² / Σ r.
    McDonald (1999), ch. 6; Zinbarg, Revelle, Yovel & Li (2005); Revelle & Zinbarg (2009).
    factors: how many group factors, at least 1.

    >>> total, hierarchical, _solution = omega_of(np.array([[1, .56, .48], [.56, 1, .42], [.48, .42, 1]]), 1)
    >>> round(total, 3), round(hierarchical, 3)
    (0.745, 0.745)
    """
    found = schmid_leiman(r, factors)
    whole = float(r.sum())
    if found is None or whole <= 0:
        return None
    return 1 - float(found.unique.sum()) / whole, float(found.general.sum()) ** 2 / whole, found


def omega(answers: np.ndarray, options: OmegaOptions | None = None) -> Omega:
    """Omega total and hierarchical of a scale; n = people.

    answers: float[people, items], nan where missing, items already turned round.
    Interval: 2.5 and 97.5 % over resampled people, the same for the same seed. detail of both: resamples_without_value.
    None below three items, below five people for each item, and where the correlations allow no solution; the
    hierarchical one also below nine items, where a general factor cannot be told from the others.
    Sources: as `omega_of`. O(resamples · (people·items² + items³)).

    >>> draw = np.random.default_rng(3)
    >>> found = omega(draw.normal(size=(200, 1)) + draw.normal(size=(200, 4)))
    >>> round(found.total.value, 2), found.hierarchical.because
    (0.81, 'fewer than nine items, so no general factor can be told apart')
    """
    options = options or OmegaOptions()
    given = kept(as_answers(answers), options.missing)
    n, k = given.shape
    factors = options.factors or (3 if k >= _ITEMS_FOR_THREE else 1)
    because = (
        reasons.FEWER_THAN_THREE_ITEMS
        if k < _LEAST_ITEMS
        else reasons.TOO_FEW_TO_SAY
        if n < _LEAST_PEOPLE_EACH * k
        else ""
    )
    found = None if because else omega_of(correlations(given), factors)
    if found is None:
        none = unknown(because or reasons.NO_SOLUTION, n)
        return Omega(none, none, factors, None)
    total, general, hierarchy = found
    drawn = _resampled(given, factors, options)
    if factors == 1:
        above = unknown(reasons.TOO_FEW_ITEMS_FOR_GENERAL, n)
    else:
        above = _estimate(general, n, drawn[:, 1])
    return Omega(_estimate(total, n, drawn[:, 0]), above, factors, hierarchy)


def _estimate(value: float, n: int, drawn: np.ndarray) -> Estimate:
    sound = drawn[~np.isnan(drawn)]
    detail = {"resamples_without_value": len(drawn) - len(sound)}
    if not len(sound) or len(sound) * 2 < len(drawn):
        return Estimate(value, None, None, n, detail=detail)
    low, high = np.quantile(sound, [0.025, 0.975])
    return Estimate(value, float(low), float(high), n, method="bootstrap of people", detail=detail)


def _resampled(given: np.ndarray, factors: int, options: OmegaOptions) -> np.ndarray:
    drawn = np.full((options.resamples, 2), np.nan)
    for at, r in enumerate(resampled_correlations(given, options.seed, options.resamples)):
        found = omega_of(r, factors)
        if found is not None:
            drawn[at] = found[:2]
    return drawn
