"""Numbers as XPath and JavaRosa read, round and write them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal
from typing import Final

_NUMBER: Final = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)\s*")
# Park and Miller's generator, with which enketo and JavaRosa's specification shuffle choices.
_MULTIPLIER, _MODULUS = 16807, 2147483647


def as_number(value: str | float) -> float:
    """The number that XPath 1.0 reads; NaN for anything else, also "" and "1e3".

    >>> as_number(" 3.50 "), as_number("3,5"), as_number(True)
    (3.5, nan, 1.0)
    """
    if isinstance(value, int | float):
        return float(value)
    return float(value) if _NUMBER.fullmatch(value) else math.nan


def as_text_of_number(value: float) -> str:
    """A number as text: whole ones without decimals, NaN as "", no exponent.

    >>> as_text_of_number(3.0), as_text_of_number(0.1), as_text_of_number(1e-7), as_text_of_number(float("nan"))
    ('3', '0.1', '0.0000001', '')
    """
    if math.isnan(value):
        return ""
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{Decimal(repr(value)):f}"


def java_round(value: float, places: float) -> float:
    """Rounded half up to `places` decimals (negative: to tens …), as JavaRosa does: -2.5 becomes -2.

    >>> java_round(2.5, 0), java_round(-2.5, 0), java_round(1.005, 2), java_round(1234, -2)
    (3.0, -2.0, 1.01, 1200.0)
    """
    if not math.isfinite(value) or not math.isfinite(places) or abs(places) > 30:
        return math.nan
    moved = Decimal(repr(value)).scaleb(int(places)) + Decimal("0.5")
    return float(moved.to_integral_value(rounding=ROUND_FLOOR).scaleb(-int(places)))


def checked(work: Callable[[], float]) -> float:
    """The result, or NaN where mathematics has none (as Java says it).

    >>> import math
    >>> checked(lambda: math.sqrt(-1))
    nan
    """
    try:
        return work()
    except (ValueError, OverflowError, ZeroDivisionError):
        return math.nan


def seeded_order(count: int, seed: float) -> list[int]:
    """A shuffled order of `count` places, the same for the same seed (Fisher–Yates on Park and Miller's generator).

    Source: ODK XForms specification, randomize(). A seed that is no number counts as 0, and 0 as the largest value.

    >>> sorted(seeded_order(5, 42.0)), seeded_order(5, 42.0) == seeded_order(5, 42.0)
    ([0, 1, 2, 3, 4], True)
    """
    state = int(seed) % _MODULUS if math.isfinite(seed) else 0
    state = state + _MODULUS - 1 if state <= 0 else state
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        state = state * _MULTIPLIER % _MODULUS
        other = int((state - 1) / (_MODULUS - 1) * (last + 1))
        order[last], order[other] = order[other], order[last]
    return order
