"""Covariances and correlations of answers, some of which are missing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

_BATCH = 100  # resamples worked on at once; part of what a seed means
_CELLS = 4_000_000  # numbers of one block of products

MISSING = ("pairwise", "complete")


def kept(answers: np.ndarray, missing: str) -> np.ndarray:
    """The rows that count: with "complete" those without a gap, with "pairwise" those with any answer.

    >>> kept(np.array([[1, 2], [3, np.nan], [np.nan, np.nan]]), "pairwise").shape
    (2, 2)
    """
    if missing not in MISSING:
        raise ValueError(f"{missing} is none of pairwise, complete")
    known = ~np.isnan(answers)
    rows = known.all(axis=1) if missing == "complete" else known.any(axis=1)
    return np.asarray(answers[rows])


def covariances(answers: np.ndarray) -> np.ndarray:
    """float[items, items] with n - 1 below, each from the people who answered both items; nan below two people.

    answers: float[people, items].

    >>> covariances(np.array([[1, 2], [2, 4], [3, np.nan]])).tolist()
    [[1.0, 1.0], [1.0, 2.0]]
    """
    return _moments(next(_sums(answers, np.ones((1, len(answers))))))[0]


def correlations(answers: np.ndarray) -> np.ndarray:
    """float[items, items], each from the people who answered both items; nan where an item does not vary among them.

    >>> correlations(np.array([[1, 2], [2, 4], [3, np.nan]])).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    return _correlations(next(_sums(answers, np.ones((1, len(answers))))))


def resampled_correlations(answers: np.ndarray, seed: int, resamples: int) -> Iterator[np.ndarray]:
    """`correlations` of as many draws of people with replacement, the same for the same seed.

    >>> answers = np.array([[1, 2], [2, 4], [3, 3.0]])
    >>> [found.shape for found in resampled_correlations(answers, 1, 2)]
    [(2, 2), (2, 2)]
    """
    draw, n = np.random.default_rng(seed), len(answers)
    for start in range(0, resamples, _BATCH):
        size = min(_BATCH, resamples - start)
        times = draw.multinomial(n, np.full(n, 1 / n), size=size).astype(np.float64)
        yield from (_correlations(sums) for sums in _sums(answers, times))


def _sums(answers: np.ndarray, times: np.ndarray) -> Iterator[np.ndarray]:
    """float[4, items, items] for each row of `times`, how often each person counts.

    Over the people who answered i and j: their number, the sum of i, of i squared, and of i times j.
    """
    n, k = answers.shape
    known = (~np.isnan(answers)).astype(np.float64)
    y = np.nan_to_num(answers - np.nanmean(answers, axis=0)) if n else answers
    total = np.zeros((len(times), 4, k * k))
    step = max(1, _CELLS // (4 * k * k))
    for start in range(0, n, step):
        here = slice(start, start + step)
        left = np.stack([known[here], y[here], y[here] ** 2, y[here]])
        right = np.stack([known[here], known[here], known[here], y[here]])
        products = left[:, :, :, None] * right[:, :, None, :]
        flat = products.transpose(1, 0, 2, 3).reshape(-1, 4 * k * k)
        total += (times[:, here] @ flat).reshape(len(times), 4, k * k)
    yield from total.reshape(len(times), 4, k, k)


def _moments(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(covariance of i and j, variance of i among those who answered j), both float[items, items]."""
    n, first, square, cross = sums
    with np.errstate(invalid="ignore", divide="ignore"):
        below = np.where(n > 1, n - 1, np.nan)
        return (cross - first * first.T / n) / below, (square - first**2 / n) / below


def _correlations(sums: np.ndarray) -> np.ndarray:
    covariance, variance = _moments(sums)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = covariance / np.sqrt(variance * variance.T)
    found[~(variance > 1e-12)] = np.nan
    found[~(variance.T > 1e-12)] = np.nan
    np.fill_diagonal(found, np.where(np.isnan(np.diag(found)), np.nan, 1.0))
    return np.asarray(np.clip(found, -1, 1))
