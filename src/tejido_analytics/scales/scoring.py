"""From answers to scores: items that are worded the other way turned round, missing answers by a stated rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Key:
    """How a scale is scored.

    low, high: the lowest and the highest answer that can be given. reverse: positions of items worded the other way;
    their answers become low + high - answer. least: share of the items (0..1) that a person has to have answered.
    """

    low: float
    high: float
    reverse: tuple[int, ...] = ()
    least: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """answers: float[people, items], turned round where the key says so. values: float[people], nan without a score.

    complete: people who answered every item. prorated: people with a score although answers are missing.
    without: people with too few answers.
    """

    answers: np.ndarray
    values: np.ndarray
    complete: int
    prorated: int
    without: int


def score(answers: np.ndarray, key: Key) -> Scores:
    """The mean of the items that a person answered, where she answered at least `key.least` of them; else none.

    answers: float[people, items], nan where one is missing. The half rule: Fairclough & Cella (1996).
    Raises ValueError for another shape, a reversed item that is not there, and answers outside low..high.

    >>> score(np.array([[1, 5], [4, np.nan], [np.nan, np.nan]]), Key(1, 5, reverse=(1,))).values.tolist()
    [1.0, 4.0, nan]
    """
    given = as_answers(answers)
    if key.low >= key.high or not 0 < key.least <= 1:
        raise ValueError("a key has low below high, and a least share above 0 and up to 1")
    if any(not 0 <= item < given.shape[1] for item in key.reverse):
        raise ValueError("an item to be reversed is not among the items")
    if (given < key.low).any() or (given > key.high).any():
        raise ValueError(f"an answer lies outside {key.low:g} to {key.high:g}")
    turned = given.copy()
    turned[:, list(key.reverse)] = key.low + key.high - turned[:, list(key.reverse)]
    known = ~np.isnan(turned)
    number = known.sum(axis=1)
    enough = number >= max(1, np.ceil(key.least * given.shape[1] - 1e-9))
    total = np.where(known, turned, 0).sum(axis=1)
    values = np.where(enough, total / np.maximum(number, 1), np.nan)
    complete = int((number == given.shape[1]).sum())
    return Scores(turned, values, complete, int(enough.sum()) - complete, int((~enough).sum()))


def as_answers(answers: np.ndarray) -> np.ndarray:
    """`answers` as float[people, items]. Raises ValueError for another shape or an infinite answer.

    >>> as_answers(np.array([[1, 2]])).shape
    (1, 2)
    """
    given = np.asarray(answers, dtype=np.float64)
    if given.ndim != 2 or not given.shape[1]:
        raise ValueError("answers are an array of people × items")
    if np.isinf(given).any():
        raise ValueError("answers are finite numbers, or nan where one is missing")
    return given
