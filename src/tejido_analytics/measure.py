"""A number together with what it rests on: the one way in which this library says "undefined"."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """A value, the size it rests on, and the reason where there is none.

    value: the number, or None where it is undefined; never NaN, never a 0 that means "unknown".
    n: how many records (people, ties, gatherings; the function says which) it rests on.
    because: a stable English code phrase, empty where `value` is a number. Callers translate it.
    numerator, denominator: of a share or ratio, where there is one.

    >>> Measure(0.5, 4, numerator=2, denominator=4).value
    0.5
    """

    value: float | None
    n: int
    because: str = ""
    numerator: float | None = None
    denominator: float | None = None

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.because):
            raise ValueError("a Measure has either a value or a reason for having none")
