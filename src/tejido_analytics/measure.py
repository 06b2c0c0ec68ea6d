"""A number together with what it rests on: the one way in which this library says "undefined"."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Measure:
    """A value, the size it rests on, and the reason where there is none.

    value: the number, or None where it is undefined; never NaN, never a 0 that means "unknown".
    n: how many records (people, ties, gatherings; the function says which) it rests on.
    because: a stable English code phrase (`reasons.REASONS`), empty where `value` is a number. Callers translate it.
    numerator, denominator: of a share or ratio, where there is one.
    missing: what could not be taken into account: code phrase (`reasons.MISSING`) -> how many records.
    detail: lists, tables and breakdowns behind the number, as plain dicts, lists, strings, numbers and dates.

    >>> Measure(0.5, 4, numerator=2, denominator=4).value
    0.5
    """

    value: float | None
    n: int
    because: str = ""
    numerator: float | None = None
    denominator: float | None = None
    missing: Mapping[str, int] = field(default_factory=dict, repr=False, hash=False)
    detail: Mapping[str, Any] = field(default_factory=dict, repr=False, hash=False)

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.because):
            raise ValueError("a Measure has either a value or a reason for having none")
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError("a Measure is a finite number, or None with a reason")


def share(
    numerator: float,
    denominator: float,
    because: str,
    *,
    missing: Mapping[str, int] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Measure:
    """`numerator / denominator` as a Measure with n = denominator, or None `because` where there is nothing to share.

    numerator, denominator: counts or sums, in the same unit; denominator 0 makes the value undefined.
    missing, detail: as in `Measure`.

    >>> share(1, 4, "nobody came")
    Measure(value=0.25, n=4, because='', numerator=1, denominator=4)
    >>> share(0, 0, "nobody came")
    Measure(value=None, n=0, because='nobody came', numerator=None, denominator=None)
    """
    known, told = with_counts(missing), dict(detail or {})
    if denominator <= 0:
        return Measure(None, 0, because, missing=known, detail=told)
    return Measure(
        numerator / denominator, int(denominator), "", numerator, denominator, missing=known, detail=told
    )


def with_counts(missing: Mapping[str, int] | None) -> dict[str, int]:
    """Only what is really missing: entries above 0.

    >>> with_counts({"people without a school": 2, "people without consent": 0})
    {'people without a school': 2}
    """
    return {phrase: int(count) for phrase, count in (missing or {}).items() if count > 0}
