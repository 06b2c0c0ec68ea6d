"""What a text must look like to be a value of a type. Source of the types: ODK XForms specification, Data Types."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from tejido_forms import dates

_INT: Final = re.compile(r"[+-]?\d{1,19}")
_DECIMAL: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_POINT: Final = re.compile(r"-?\d+(\.\d+)? -?\d+(\.\d+)?( -?\d+(\.\d+)?){0,2}")


def _date(text: str) -> bool:
    return dates.date_of(text) is not None and len(text) <= 40


def _date_time(text: str) -> bool:
    return dates.date_of(text) is not None and (dates.time_of(text) is not None or len(text) == 10)


def _point(text: str) -> bool:
    parts = text.split()
    return bool(_POINT.fullmatch(text.strip())) and abs(float(parts[0])) <= 90 and abs(float(parts[1])) <= 180


def _points(text: str) -> bool:
    return all(_point(part.strip()) for part in text.split(";") if part.strip())


FITS: Final[Mapping[str, Callable[[str], bool]]] = {
    "int": lambda text: _INT.fullmatch(text) is not None,
    "decimal": lambda text: _DECIMAL.fullmatch(text) is not None,
    "boolean": lambda text: text in {"true", "false", "1", "0"},
    "date": _date,
    "time": lambda text: dates.time_of(text) is not None,
    "dateTime": _date_time,
    "geopoint": _point,
    "geotrace": _points,
    "geoshape": _points,
}


def fits(text: str, type_name: str) -> bool:
    """Whether `text` can be a value of the type; types that hold any text, and unknown ones, take everything.

    >>> fits("12", "int"), fits("1.5", "int"), fits("2026-02-30", "date"), fits("10:30:00.000-05:00", "time")
    (True, False, False, True)
    """
    check = FITS.get(type_name)
    return check is None or check(text)
