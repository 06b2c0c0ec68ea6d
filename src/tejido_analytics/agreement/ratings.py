"""Ratings as an array: units × raters, nan where a rater did not judge a unit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array


def coded(rows: Sequence[Sequence[str | None]]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Words as numbers: (float[units, raters], the word of each number, in alphabetical order).

    rows: one for each unit, a word for each rater, None or "" where there is none. Raises ValueError for rows of
    different length.

    >>> ratings, words = coded([["yes", "no"], ["yes", None]])
    >>> ratings.tolist(), words
    ([[1.0, 0.0], [1.0, nan]], ('no', 'yes'))
    """
    if len({len(row) for row in rows}) > 1:
        raise ValueError("every unit needs the same number of raters")
    words = tuple(sorted({word for row in rows for word in row if word}))
    number = {word: float(at) for at, word in enumerate(words)}
    cells = [[number[word] if word else np.nan for word in row] for row in rows]
    return np.array(cells, dtype=np.float64).reshape(len(rows), -1), words


def checked(ratings: np.ndarray) -> np.ndarray:
    """`ratings` as float[units, raters]. Raises ValueError for another shape or an infinite rating.

    >>> checked(np.array([[1, 2]])).dtype
    dtype('float64')
    """
    ratings = np.asarray(ratings, dtype=np.float64)
    if ratings.ndim != 2:
        raise ValueError("ratings are an array of units × raters")
    if np.isinf(ratings).any():
        raise ValueError("ratings are finite numbers, or nan where one is missing")
    return ratings


def pairable(ratings: np.ndarray) -> np.ndarray:
    """Only the units that two or more raters judged, float[units, raters].

    >>> pairable(np.array([[1, 2], [1, np.nan]])).tolist()
    [[1.0, 2.0]]
    """
    return np.asarray(ratings[(~np.isnan(ratings)).sum(axis=1) >= 2])


def counts_of(ratings: np.ndarray) -> tuple[np.ndarray, csr_array]:
    """(the values that occur, rising; how often each unit got each of them, sparse[units, values]).

    >>> values, counts = counts_of(np.array([[1, 3], [3, 3.0]]))
    >>> values.tolist(), counts.toarray().tolist()
    ([1.0, 3.0], [[1.0, 1.0], [0.0, 2.0]])
    """
    unit, rater = np.nonzero(~np.isnan(ratings))
    values, place = np.unique(ratings[unit, rater], return_inverse=True)
    ones = np.ones(len(unit))
    return values, csr_array((ones, (unit, place)), shape=(len(ratings), len(values)))
