"""Agreement code by code: which categories are understood alike, and which need to be talked about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tejido_analytics.agreement.krippendorff import alpha
from tejido_analytics.agreement.ratings import checked, pairable
from tejido_analytics.estimate import Estimate


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code against all others. times: how often it was given. units: where anybody gave it.

    specific: of two ratings of one unit, the first of which is this code, the share where the second is too (0..1).
    """

    code: float
    times: int
    units: int
    specific: float
    alpha: Estimate


def by_code(ratings: np.ndarray, *, seed: int = 1, resamples: int = 1000) -> tuple[CodeAgreement, ...]:
    """For every value that was given: nominal alpha of this value against the rest, and specific agreement.

    ratings: float[units, raters], nan where missing; only units with two ratings or more count. In order of the value.
    Krippendorff, Content Analysis (2019), §12.4 (binary partitions); Dice (1945), Spitzer & Fleiss (1974) for specific
    agreement. O(values · resamples · units).
    seed, resamples: of the intervals, as in `alpha`.

    >>> [(one.code, one.times, round(one.specific, 2)) for one in by_code(np.array([[1, 1], [1, 2], [2, 2.0]]))]
    [(1.0, 3, 0.67), (2.0, 3, 0.67)]
    """
    told = pairable(checked(ratings))
    given = ~np.isnan(told)
    made = given.sum(axis=1)
    found = []
    for code in np.unique(told[given]).tolist():
        binary = np.where(given, (told == code).astype(np.float64), np.nan)
        hits = np.nansum(binary, axis=1)
        # Each rating weighs 1/(raters of its unit - 1) in every pair, so that units with many raters do not rule.
        alike = float((hits * (hits - 1) / (made - 1)).sum())
        found.append(
            CodeAgreement(
                code,
                int(hits.sum()),
                int((hits > 0).sum()),
                alike / float(hits.sum()),
                alpha(binary, "nominal", seed=seed, resamples=resamples),
            )
        )
    return tuple(found)
