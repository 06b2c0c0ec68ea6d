"""A number with its interval and what it rests on: how this library reports what was worked out from a sample."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value, the interval in which it may lie, and the size it rests on; or the reason why there is none.

    value: the number, None where it is undefined. low, high: ends of the interval, both None where there is none.
    n: records (people, units, groups; the function says which). because: one of `reasons.STATISTICAL`, empty where
    `value` is a number. method: how the interval came about. level: its coverage, 0..1.
    detail: plain dicts, lists, strings and numbers behind it.

    >>> Estimate(0.7, 0.6, 0.8, 120, method="Feldt").spread
    0.2
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    because: str = ""
    method: str = ""
    level: float = 0.95
    detail: Mapping[str, Any] = field(default_factory=dict, repr=False, hash=False)

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.because):
            raise ValueError("an Estimate has either a value or a reason for having none")
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval has two ends or none")
        if any(end is not None and not math.isfinite(end) for end in (self.value, self.low, self.high)):
            raise ValueError("an Estimate holds finite numbers, or None with a reason")

    @property
    def spread(self) -> float | None:
        """Width of the interval, in the unit of the value; None without one."""
        return None if self.low is None or self.high is None else round(self.high - self.low, 12)


def unknown(because: str, n: int = 0, **detail: Any) -> Estimate:
    """No value, and why.

    because: one of `reasons.STATISTICAL`. n: how many records there were all the same.

    >>> unknown("fewer than two raters", 1).value is None
    True
    """
    return Estimate(None, None, None, n, because, detail=detail)
