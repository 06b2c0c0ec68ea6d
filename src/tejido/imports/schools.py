"""What the cells of a row of a school register say. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tejido.foundation.tables.dates import parse_date
from tejido.foundation.tables.formulas import looks_like_formula
from tejido.foundation.tables.osgb import to_wgs84
from tejido.foundation.tables.plain import plain
from tejido.foundation.tables.values import clean_code, is_ruined_code, parse_number, parse_yes_no
from tejido.imports.profiles import Profile
from tejido.imports.rows import ColumnUse, Said, Values

NUMBERS = ("enrolment", "staff", "educators", "technicians", "staff_on_leave")
TEXTS = ("region", "municipality", "district", "address")
CODES = ("code", "region_code", "municipality_code")
LARGEST_NUMBER = 1_000_000


def school_said(cells: Sequence[str], columns: Sequence[ColumnUse], profile: Profile) -> Said:
    """What a row says of a school, in one form, with notes on what cannot be true."""
    said = Said()
    raw: Values = {}
    used: dict[str, ColumnUse] = {}
    for column in columns:
        text = cells[column.position] if column.position < len(cells) else ""
        if text:
            raw[column.field], used[column.field] = text, column
            if looks_like_formula(text):
                said.note("formula", column=column.header)
    _name(said, raw)
    for name in TEXTS:
        if raw.get(name):
            said.values[name] = " ".join(raw[name].split())[:200]
    for name in CODES:
        if raw.get(name) and is_ruined_code(raw[name]):
            said.note("ruined_code", text=raw[name][:40])
        elif raw.get(name):
            said.values[name] = clean_code(raw[name])[:20]
    _check_digit(said, raw, profile)
    _meanings(said, raw, profile)
    _place(said, raw, profile)
    _figures(said, raw, used)
    return said


def _name(said: Said, raw: Values) -> None:
    name, establishment = (
        " ".join(raw.get("name", "").split()),
        " ".join(raw.get("establishment", "").split()),
    )
    if establishment and name and plain(establishment) != plain(name):
        name = f"{establishment}, {name}"
    if name or establishment:
        said.values["name"] = (name or establishment)[:200]


def _check_digit(said: Said, raw: Values, profile: Profile) -> None:
    code = said.values.get("code", "")
    digit = raw.get("check_digit", "").strip().lower()
    if profile.check_digit and digit and code.isdigit() and profile.check_digit(code) != digit:
        said.note("wrong_check_digit", code=code)


def _meanings(said: Said, raw: Values, profile: Profile) -> None:
    def meaning(field: str) -> str:
        text = raw.get(field, "")
        return profile.codes.get(field, {}).get(plain(text), text)

    if raw.get("sector"):
        said.values["sector"] = meaning("sector")[:40]
    rural = _rural(meaning("rural"))
    if rural:
        said.values["rural"] = rural
    if meaning("state") == "closed" or plain(raw.get("state", "")).startswith(
        ("cerrad", "closed", "inactiv", "extint")
    ):
        said.note("closed_school")
        said.values["closed"] = "yes"


def _rural(text: str) -> str:
    """ "yes", "no" or "" for 0 and 1, sí and no, «Urban city and town», «Zona rural»."""
    word = plain(text)
    if "rural" in word.split() and "no" not in word.split():
        return "no" if word.startswith("urban") and "rural" not in word.split()[:2] else "yes"
    if "urban" in word or "urbano" in word or "urbana" in word:
        return "no"
    answer = parse_yes_no(text) if text else None
    return "" if answer is None else "yes" if answer else "no"


def _place(said: Said, raw: Values, profile: Profile) -> None:
    place = _grid(raw) if raw.get("easting") and raw.get("northing") else _degrees(raw)
    if place is None:
        if any(raw.get(name) for name in ("latitude", "longitude", "easting", "northing")):
            text = raw.get("latitude") or raw.get("easting") or raw.get("longitude") or ""
            said.note("bad_number", text=text[:40], column="latitude")
        else:
            said.note("no_place")
        return
    latitude, longitude = place
    if abs(latitude) < 1e-6 and abs(longitude) < 1e-6:
        said.note("zero_place")
    elif not profile.box.holds(latitude, longitude):
        said.note("outside_country", latitude=round(latitude, 5), longitude=round(longitude, 5))
    else:
        said.values["latitude"], said.values["longitude"] = f"{latitude:.7f}", f"{longitude:.7f}"


def _grid(raw: Values) -> tuple[float, float] | None:
    easting, northing = parse_number(raw["easting"]), parse_number(raw["northing"])
    if easting is None or northing is None:
        return None
    if easting == 0 or northing == 0:
        return 0.0, 0.0
    return to_wgs84(easting, northing)


def _degrees(raw: Values) -> tuple[float, float] | None:
    latitude, longitude = (_degree(raw.get(name, "")) for name in ("latitude", "longitude"))
    return None if latitude is None or longitude is None else (latitude, longitude)


def _degree(text: str) -> float | None:
    """Degrees never have thousands: "-33,488" is -33.488."""
    number = parse_number(
        text, "," if "," in text and "." not in text else "." if text.count(".") == 1 else None
    )
    return number


def _figures(said: Said, raw: Values, used: dict[str, ColumnUse]) -> None:
    for name in NUMBERS:
        if not raw.get(name):
            continue
        number = parse_number(raw[name])
        if number is not None and 0 <= number <= LARGEST_NUMBER:
            said.values[name] = str(round(number))
        else:
            said.note("bad_number", text=raw[name][:40], column=used[name].header)
    on = _day(raw.get("profile_on", ""), used)
    if on:
        said.values["profile_on"] = on.isoformat()
    if said.values.pop("closed", ""):
        said.values["closed_on"] = (on or date.today()).isoformat()  # noqa: DTZ011 - a day, not a moment


def _day(text: str, used: dict[str, ColumnUse]) -> date | None:
    """A date, or the first day of a year."""
    if not text:
        return None
    if text.isdigit() and len(text) == 4 and 1900 <= int(text) <= 2100:
        return date(int(text), 1, 1)
    return parse_date(text, used["profile_on"].order)
