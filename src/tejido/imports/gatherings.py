"""What the cells of a row of a list of gatherings say. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from tejido.foundation.tables.dates import parse_moment
from tejido.foundation.tables.formulas import looks_like_formula
from tejido.foundation.tables.plain import plain
from tejido.foundation.tables.values import clean_code, code_key, parse_number
from tejido.gatherings.models import Gathering
from tejido.imports.fields import words_of
from tejido.imports.rows import ColumnUse, Said, Values

Kind, Modality = Gathering.Kind, Gathering.Modality
USUAL_START, USUAL_LENGTH, USUAL_CLOSE = time(9), timedelta(hours=2), time(17)  # where a list gives only days
_HOUR = re.compile(
    r"(\d{1,2})(?:[:h.](\d{2})(?::\d{2})?)?\s*(?:h|hs|hrs)?\s*([ap])?\.?\s?m?\.?\Z", re.IGNORECASE
)
KINDS = words_of(
    {
        Kind.ASSEMBLY: "assembly|general assembly|asamblea|asamblea general|assembleia|assembleia geral|plenaria|plenary",
        Kind.NODE_MEETING: "node meeting|meeting|reunion|reunion de nodo|encuentro|encuentro de nodo|reuniao|reuniao do nucleo|encontro",
        Kind.ITINERANT_CHAIR: "itinerant chair|catedra itinerante|catedra|catedra itinerante de nodo",
        Kind.TERMLY: "termly meeting|termly|reunion trimestral|encuentro trimestral|trimestral",
        Kind.WORKSHOP: "workshop|taller|oficina|formacion|training|capacitacion|formacao",
        Kind.WEBINAR: "webinar|webinario|seminario web|seminario virtual",
        Kind.VISIT: "visit|visita|visita a la escuela|visita escolar|visita a escola",
        Kind.INTERVIEW: "interview|interview round|entrevista|ronda de entrevistas|rodada de entrevistas",
    }
)
MODALITIES = words_of(
    {
        Modality.ON_SITE: "on site|in person|face to face|presencial|en persona|no local",
        Modality.ONLINE: "online|virtual|remote|remoto|remota|en linea|a distancia|zoom|meet|teams",
        Modality.HYBRID: "hybrid|hibrido|hibrida|mixto|mixta|misto|mista|bimodal",
    }
)


def gathering_said(cells: Sequence[str], columns: Sequence[ColumnUse]) -> Said:
    """What a row says of a gathering. values: gathering_id, name, kind, modality, starts, ends, address, latitude,
    longitude, community; moments without zone, as the list writes them."""
    said = Said()
    raw: Values = {}
    used: dict[str, ColumnUse] = {}
    for column in columns:
        text = " ".join(cells[column.position].split()) if column.position < len(cells) else ""
        if text:
            raw[column.field], used[column.field] = text, column
            if looks_like_formula(text) and column.field not in {"latitude", "longitude"}:
                said.note("formula", column=column.header)
    if raw.get("gathering_id"):
        said.values["gathering_id"] = clean_code(raw["gathering_id"])[:200]
    for name, field in (("name", "gathering_title"), ("address", "place"), ("community", "community")):
        if raw.get(field):
            said.values[name] = raw[field][:200]
    _choice(said, raw, "gathering_kind", KINDS)
    _choice(said, raw, "modality", MODALITIES)
    _times(said, raw, used)
    _place(said, raw)
    return said


def _choice(said: Said, raw: Values, field: str, words: dict[str, str]) -> None:
    text = raw.get(field, "")
    if not text:
        return
    word = plain(text)
    found = words.get(word) or (word.replace(" ", "_") if word.replace(" ", "_") in words.values() else "")
    if found:
        said.values[field] = found
    else:
        said.note(f"unknown_{field}", text=text[:60])


def _times(said: Said, raw: Values, used: dict[str, ColumnUse]) -> None:
    """Start and end: from a day and two hours, from two moments, or from a day alone."""

    def moment(field: str) -> datetime | None:
        return parse_moment(raw[field], used[field].order) if raw.get(field) else None

    for field in ("date", "starts", "ends"):
        if raw.get(field) and moment(field) is None and (field == "date" or hour_of(raw[field]) is None):
            said.note("bad_date", text=raw[field][:40], column=used[field].header)
    day, starts, ends = moment("date"), moment("starts"), moment("ends")
    first = day or starts
    if first is None:
        return
    hour = hour_of(raw.get("starts", "")) if starts is None else starts.time() or None
    begin = datetime.combine(first.date(), _hour_or(hour, first.time()))
    end = _end(begin, ends, hour_of(raw.get("ends", "")) if ends is None else None)
    if end is None or end <= begin:
        if end is not None:
            said.note("ends_before_start", starts=_text(begin), ends=_text(end))
        end = begin + USUAL_LENGTH
    said.values["starts"], said.values["ends"] = _text(begin), _text(end)


def _hour_or(said: time | None, of_the_day: time) -> time:
    for hour in (said, of_the_day):
        if hour is not None and hour != time(0):
            return hour
    return USUAL_START


def _end(begin: datetime, ends: datetime | None, hour: time | None) -> datetime | None:
    """A day without an hour ends the last of several days in the afternoon; on the day itself it says nothing."""
    if hour is not None:
        return datetime.combine(begin.date(), hour)
    if ends is None or (ends.time() == time(0) and ends.date() == begin.date()):
        return None
    return ends if ends.time() != time(0) else datetime.combine(ends.date(), USUAL_CLOSE)


def hour_of(text: str) -> time | None:
    """The hour that a cell without a day names, or None.

    >>> hour_of("14:30"), hour_of("2 p. m."), hour_of("8h"), hour_of("mañana")
    (datetime.time(14, 30), datetime.time(14, 0), datetime.time(8, 0), None)
    """
    found = _HOUR.match(text.strip())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _text(moment: datetime) -> str:
    return moment.isoformat(" ", "minutes")


def _place(said: Said, raw: Values) -> None:
    latitude, longitude = _degrees(raw.get("latitude", "")), _degrees(raw.get("longitude", ""))
    if latitude is None or longitude is None:
        return
    if (latitude, longitude) == (0, 0):
        said.note("zero_place")
    elif abs(latitude) > 90 or abs(longitude) > 180:
        said.note("off_the_globe", latitude=raw["latitude"][:20], longitude=raw["longitude"][:20])
    else:
        said.values["latitude"], said.values["longitude"] = repr(latitude), repr(longitude)


def _degrees(text: str) -> float | None:
    """A lone comma divides degrees, never thousands: -70,661 lies in Santiago.

    >>> _degrees("-70,661"), _degrees("4.598")
    (-70.661, 4.598)
    """
    return parse_number(text, "," if text.count(",") == 1 and "." not in text else None)


def numbered(number: str) -> str:
    """A hash by which a gathering is known again by the number that the lists of a community give it."""
    return hashlib.blake2b(f"gathering\x1f{code_key(number)}".encode(), digest_size=16).hexdigest()


def gathering_print(values: Values) -> str:
    """A hash of which gathering a row speaks of: its number, else its moment and title."""
    if values.get("gathering_id"):
        return numbered(values["gathering_id"])
    text = f"gathering\x1f{values.get('starts', '')}\x1f{plain(values.get('name', ''))}"
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def day_of(values: Values) -> date | None:
    return datetime.fromisoformat(values["starts"]).date() if values.get("starts") else None
