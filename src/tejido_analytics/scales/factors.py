"""Factors behind the correlations of items: extraction, oblique rotation, and the general factor above them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_LEAST_UNIQUE = 0.005
_STEPS = 500
_REACHES = tuple(0.5**halving for halving in range(20))


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """general: float[items], loadings on the general factor. groups: float[items, factors], on what is left.

    unique: float[items], the share of each item's variance (of 1) that no factor holds. between: float[factors,
    factors], correlations of the group factors before the general one was taken out.
    """

    general: np.ndarray
    groups: np.ndarray
    unique: np.ndarray
    between: np.ndarray


def minres(r: np.ndarray, factors: int) -> np.ndarray | None:
    """float[items, factors]: loadings with the least squared residuals beside the diagonal; None where none is found.

    r: float[items, items] correlations. Unique variances are kept between 0.005 and 1. The signs make sums positive.
    Harman & Jones (1966); minimised as unweighted least squares over the unique variances (Jöreskog 1977). O(items³).

    >>> minres(np.array([[1, .56, .48], [.56, 1, .42], [.48, .42, 1]]), 1).round(2).ravel().tolist()
    [0.8, 0.7, 0.6]
    """
    k = len(r)
    if np.isnan(r).any() or not 1 <= factors < k:
        return None

    unique = np.clip(1 / np.diag(np.linalg.pinv(r)), _LEAST_UNIQUE, 1)
    root, vector = np.linalg.eigh(r - np.diag(unique))
    for _round in range(_STEPS):
        side, left = vector[:, : k - factors], root[: k - factors]
        slope = -(side**2) @ left
        held = ((unique <= _LEAST_UNIQUE) & (slope > 0)) | ((unique >= 1) & (slope < 0))
        if not (np.abs(slope[~held]) > 1e-8).any():
            break
        move = np.zeros(k)
        move[~held] = _step((root, vector), factors, slope, ~held)
        for reach in _REACHES:
            there = np.clip(unique - reach * move, _LEAST_UNIQUE, 1)
            new_root, new_vector = np.linalg.eigh(r - np.diag(there))
            if (new_root[: k - factors] ** 2).sum() < (left**2).sum():
                break
        else:
            break  # nowhere lower: as near as numbers allow
        unique, root, vector = there, new_root, new_vector
    root, vector = root[::-1][:factors], vector[:, ::-1][:, :factors]
    if (root <= 1e-9).any():
        return None
    loadings = vector * np.sqrt(root)
    return np.asarray(loadings * np.where(loadings.sum(axis=0) < 0, -1, 1))


def _step(
    spectrum: tuple[np.ndarray, np.ndarray], factors: int, slope: np.ndarray, free: np.ndarray
) -> np.ndarray:
    """Newton's step over the free unique variances; Gauss and Newton's where the exact bend is no valley."""
    root, vector = spectrum
    rest = len(root) - factors
    side, top = vector[free, :rest], vector[free, rest:]
    plain = (side @ side.T) ** 2 + 1e-10 * np.eye(int(free.sum()))
    mixed = (side[:, :, None] * top[:, None, :]).reshape(len(side), -1)
    weight = 2 * root[:rest, None] / (root[:rest, None] - root[None, rest:] - 1e-12)
    exact = plain + (mixed * weight.ravel()) @ mixed.T
    smallest = np.linalg.eigvalsh(exact)[0]
    return np.linalg.solve(exact if smallest > 1e-8 else plain, slope[free])


def oblimin(loadings: np.ndarray, *, steps: int = 1000) -> tuple[np.ndarray, np.ndarray]:
    """(pattern float[items, factors], correlations of the factors) after a direct quartimin rotation.

    Minimises Σ over pairs of factors Σ over items λ²λ'²; factors may correlate. Gradient projection from the
    unrotated solution, without normalisation. Jennrich & Sampson (1966); Jennrich (2002).

    >>> pattern, between = oblimin(np.array([[.8, .5], [.8, .5], [.7, -.6], [.7, -.6]]))
    >>> (np.abs(pattern) < 1e-6).sum(axis=0).tolist(), between.round(3).tolist()
    ([2, 2], [[1.0, 0.299], [0.299, 1.0]])
    """
    factors = loadings.shape[1]
    others = 1 - np.eye(factors)
    turn, step = np.eye(factors), 1.0

    def seen(turned: np.ndarray) -> tuple[np.ndarray, float, np.ndarray]:
        back = np.linalg.inv(turned)
        pattern = loadings @ back.T
        square = pattern**2
        gradient = pattern * (square @ others)
        return pattern, float((square * (square @ others)).sum()) / 4, -(pattern.T @ gradient @ back).T

    pattern, value, gradient = seen(turn)
    for _round in range(steps):
        along = gradient - turn * (turn * gradient).sum(axis=0)
        size = float(np.sqrt((along**2).sum()))
        if size < 1e-7:
            break
        step *= 2
        for _halving in range(12):
            there = turn - step * along
            there = there / np.sqrt((there**2).sum(axis=0))
            new_pattern, new_value, new_gradient = seen(there)
            if value - new_value > 0.5 * size**2 * step:
                break
            step /= 2
        turn, pattern, value, gradient = there, new_pattern, new_value, new_gradient
    sign = np.where(pattern.sum(axis=0) < 0, -1, 1)
    return pattern * sign, (turn.T @ turn) * np.outer(sign, sign)


def schmid_leiman(r: np.ndarray, factors: int) -> Hierarchy | None:
    """The general factor of a correlation matrix and what the group factors hold besides; None without a solution.

    r: float[items, items]. factors: 1 (the general one alone), or 3 and more; two do not fix it.
    minres, oblimin, one factor behind the factors' correlations; then general = pattern · its loadings, and
    groups = pattern · √(1 - loadings²). Schmid & Leiman (1957).

    >>> one = schmid_leiman(np.array([[1, .56, .48], [.56, 1, .42], [.48, .42, 1]]), 1)
    >>> one.general.round(2).tolist(), one.unique.round(2).tolist()
    ([0.8, 0.7, 0.6], [0.36, 0.51, 0.64])
    """
    if factors == 2:
        raise ValueError("two group factors do not fix a general one: take one, or three and more")
    loadings = minres(r, factors)
    if loadings is None:
        return None
    unique = 1 - (loadings**2).sum(axis=1)
    if factors == 1:
        return Hierarchy(loadings[:, 0], np.zeros((len(r), 0)), unique, np.ones((1, 1)))
    pattern, between = oblimin(loadings)
    above = minres(between, 1)
    if above is None:
        return None
    general = pattern @ above[:, 0]
    groups = pattern * np.sqrt(np.clip(1 - above[:, 0] ** 2, 0, None))
    return Hierarchy(general if general.sum() >= 0 else -general, groups, unique, between)
