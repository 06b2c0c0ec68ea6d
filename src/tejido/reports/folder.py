"""A folder of tables, as anyone may have them, read into the library's `Tables`. No database.

The data dictionary is `FIELDS`; docs/reference/analyse.md is generated from it. Any table may be
missing, any optional column too; what could not be used is said in `Reading.notes`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.dates import date_order, parse_date
from tejido.foundation.tables.fields import Cells, Field, FieldedTable
from tejido.foundation.tables.plain import plain
from tejido.foundation.tables.reading import read_table
from tejido.foundation.tables.statuses import read_statuses
from tejido.foundation.tables.values import decimal_mark, parse_number, parse_yes_no
from tejido_analytics.tables import ATTENDED, Attendance, Gathering, Membership, Person, Tables, Tie

ENDINGS = (".csv", ".xlsx", ".ods", ".xls", ".tsv", ".txt")


FIELDS: dict[str, dict[str, Field]] = {
    "people": {
        "id": Field(
            ("codigo", "identificador", "documento", "person", "persona", "pessoa"),
            True,
            "string",
            "one per person; the other tables refer to it",
        ),
        "name": Field(("nombre", "nome"), False, "string", "shown only with consent"),
        "school": Field(
            ("escuela", "colegio", "centro", "centro educativo", "escola"),
            False,
            "string",
            "where the person works",
        ),
        "district": Field(
            ("distrito", "comuna", "localidad", "municipio"), False, "string", "where the school is"
        ),
        "sector": Field(("nivel", "setor"), False, "string", "primary, secondary, public …: any words"),
        "subject": Field(
            ("asignatura", "area", "materia", "disciplina"), False, "string", "what the person teaches"
        ),
        "role": Field(
            ("cargo", "funcion", "rol", "funcao"),
            False,
            "string",
            "principal, teacher …; leaders are recognised in es, en, pt",
        ),
        "consent": Field(
            ("consentimiento", "consentimento"),
            False,
            "boolean",
            "for analytics; where the column is there, an empty cell means no",
        ),
    },
    "gatherings": {
        "id": Field(
            ("codigo", "gathering", "encuentro", "encontro", "sesion", "sessao"),
            True,
            "string",
            "one per gathering",
        ),
        "date": Field(("fecha", "data", "dia"), True, "date", "the day"),
        "title": Field(("titulo", "nombre", "nome"), False, "string", "what it was called"),
        "latitude": Field(("lat", "latitud"), False, "number", "of the venue, degrees WGS 84"),
        "longitude": Field(("lon", "lng", "longitud"), False, "number", "of the venue, degrees WGS 84"),
    },
    "attendance": {
        "person": Field(("persona", "pessoa", "person id", "id persona"), True, "string", "an id of people"),
        "gathering": Field(
            ("encuentro", "encontro", "sesion", "sessao", "gathering id"),
            True,
            "string",
            "an id of gatherings",
        ),
        "status": Field(
            ("estado", "asistencia", "presenca", "situacao"),
            False,
            "string",
            "present, online, absent, excused, in the list's own words; no column: everybody listed was there",
        ),
        "minutes": Field(("minutos",), False, "number", "how long the person stayed"),
        "round": Field(("ronda", "rodada"), False, "string", "where people sat at tables: which round"),
        "table": Field(("mesa",), False, "string", "and at which table"),
    },
    "memberships": {
        "person": Field(("persona", "pessoa", "person id", "id persona"), True, "string", "an id of people"),
        "start": Field(
            ("desde", "inicio", "ingreso", "from"),
            False,
            "date",
            "first day as a member; empty: always so far",
        ),
        "end": Field(("hasta", "fin", "salida", "ate", "fim", "saida", "to"), False, "date", "empty: still"),
    },
    "ties": {
        "source": Field(("origen", "de", "origem", "from", "sender"), True, "string", "an id of people"),
        "target": Field(("destino", "a", "para", "to", "receiver"), True, "string", "an id of people"),
        "kind": Field(
            ("tipo",), False, "string", "advice, replied, worked, accompanied, or another word; empty: worked"
        ),
        "weight": Field(("peso",), False, "number", "above 0; empty: 1"),
        "date": Field(("fecha", "data"), False, "date", "empty: it holds at any time"),
    },
}


@dataclass
class Reading:
    """What was in the folder. `names`: person id -> name, where the list has one. `notes`: sentences for people."""

    tables: Tables
    names: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)  # table -> file name
    asks_consent: bool = False  # whether people has a column of consent


def read_folder(folder: Path) -> Reading:
    """Read whatever of people, gatherings, attendance, memberships and ties is in `folder` (CSV, XLSX, ODS or XLS).

    Raises Refusal: no_folder; nothing_to_analyse; column_missing; and those of `read_table`. Rows that
    cannot be used are left out and said in `notes`. Memory grows with the rows.
    """
    if not folder.is_dir():
        raise no_folder(folder)
    found = {kind: path for kind in FIELDS if (path := _file_of(folder, kind)) is not None}
    if not found.keys() & {"attendance", "ties", "gatherings", "people"}:
        raise Refusal(
            "nothing_to_analyse",
            _(
                "%(folder)s holds none of people.csv, gatherings.csv, attendance.csv and ties.csv. See the data dictionary."
            )
            % {"folder": folder},
        )
    columns = {kind: FieldedTable(kind, read_table(path), FIELDS[kind]) for kind, path in found.items()}
    reading = Reading(Tables(), files={kind: path.name for kind, path in found.items()})
    for part in columns.values():
        reading.notes += [f"{part.name}: {problem.sentence}" for problem in part.table.problems]
    people = _people(columns["people"], reading) if "people" in columns else []
    gatherings = _gatherings(columns["gatherings"], reading) if "gatherings" in columns else []
    attendance = _attendance(columns["attendance"], reading) if "attendance" in columns else []
    ties = _ties(columns["ties"], reading) if "ties" in columns else []
    gatherings = _held(gatherings, attendance)
    memberships = _memberships(columns["memberships"], reading) if "memberships" in columns else []
    reading.tables = Tables(
        people=people, memberships=memberships, gatherings=gatherings, attendance=attendance, ties=ties
    )
    return reading


def no_folder(folder: Path) -> Refusal:
    return Refusal(
        "no_folder",
        _("%(folder)s is not a folder. Name the one that holds the tables.") % {"folder": folder},
    )


def _file_of(folder: Path, kind: str) -> Path | None:
    for ending in ENDINGS:
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.name.lower() == kind + ending:
                return path
    return None


def _left_out(reading: Reading, part: FieldedTable, numbers: list[int], why: str) -> None:
    if numbers:
        shown = ", ".join(str(number) for number in numbers[:10]) + (" …" if len(numbers) > 10 else "")
        reading.notes.append(
            ngettext(
                "%(file)s: row %(rows)s was left out: %(why)s",
                "%(file)s: %(count)d rows were left out (%(rows)s): %(why)s",
                len(numbers),
            )
            % {"file": part.name, "rows": shown, "count": len(numbers), "why": why}
        )


def _unique(part: FieldedTable, reading: Reading) -> Iterator[tuple[int, Cells]]:
    """Rows with an id, each id once: the first one counts."""
    seen: set[str] = set()
    empty, twice = [], []
    for number, row in part.rows():
        if not row["id"]:
            empty.append(number)
        elif row["id"] in seen:
            twice.append(number)
        else:
            seen.add(row["id"])
            yield number, row
    _left_out(reading, part, empty, _("there is no id."))
    _left_out(reading, part, twice, _("that id was there before; the first row counts."))


def _people(part: FieldedTable, reading: Reading) -> list[Person]:
    asks = reading.asks_consent = "consent" in part.places
    people = []
    for _number, row in _unique(part, reading):
        if row.get("name"):
            reading.names[row["id"]] = row["name"]
        people.append(
            Person(
                id=row["id"],
                school=row.get("school", ""),
                district=row.get("district", ""),
                sector=row.get("sector", ""),
                subject=row.get("subject", ""),
                role=row.get("role", ""),
                consent=parse_yes_no(row["consent"]) is True if asks else True,
            )
        )
    return people


def _reader_of_dates(
    part: FieldedTable, reading: Reading, column: str = "date"
) -> Callable[[str], dt.date | None]:
    guess = date_order(part.column(column))
    if not guess.certain and guess.because in {"ambiguous", "mixed"}:
        orders = {"dmy": _("day, month, year"), "mdy": _("month, day, year"), "ymd": _("year, month, day")}
        reading.notes.append(
            _("%(file)s: dates such as %(example)s can be read in two ways; they were read as %(order)s.")
            % {
                "file": part.name,
                "example": (guess.examples or guess.contradicting or ("",))[0],
                "order": orders[guess.order],
            }
        )
    return lambda text: parse_date(text, guess.order)


def _gatherings(part: FieldedTable, reading: Reading) -> list[Gathering]:
    day_of = _reader_of_dates(part, reading)
    marks = {name: decimal_mark(part.column(name)) for name in ("latitude", "longitude")}
    gatherings, undated, lost = [], [], []
    for number, row in _unique(part, reading):
        day = day_of(row["date"])
        if day is None:
            undated.append(number)
            continue
        lat, lon = (parse_number(row.get(name, ""), marks[name]) for name in ("latitude", "longitude"))
        if lat is not None and lon is not None and (abs(lat) > 90 or abs(lon) > 180 or (lat, lon) == (0, 0)):
            lost.append(number)
            lat = lon = None
        if lat is None or lon is None:
            lat = lon = None
        gatherings.append(Gathering(id=row["id"], date=day, title=row.get("title", ""), lat=lat, lon=lon))
    _left_out(reading, part, undated, _("the date cannot be read."))
    if lost:
        reading.notes.append(
            _("%(file)s: coordinates of %(count)d gatherings cannot be true and were not used.")
            % {"file": part.name, "count": len(lost)}
        )
    return gatherings


def _held(gatherings: list[Gathering], attendance: list[Attendance]) -> list[Gathering]:
    """Where somebody was present a gathering was held; of the others the lists do not say."""
    attended = {row.gathering for row in attendance if row.status in ATTENDED}
    return [replace(one, state="held") if one.id in attended else one for one in gatherings]


def _attendance(part: FieldedTable, reading: Reading) -> list[Attendance]:
    meanings = read_statuses(part.column("status"))
    strange: Counter[str] = Counter()
    nameless = []
    rows = []
    for number, row in part.rows():
        if not row["person"] or not row["gathering"]:
            nameless.append(number)
            continue
        status = meanings[row["status"]].status if "status" in row else "on_site"
        if status == "unknown":
            strange[row["status"]] += 1
            continue
        minutes = parse_number(row.get("minutes", ""))
        rows.append(
            Attendance(
                person=row["person"],
                gathering=row["gathering"],
                status=status,
                minutes=minutes if minutes and minutes > 0 else None,
                round=row.get("round") or None,
                table=row.get("table") or None,
            )
        )
    _left_out(reading, part, nameless, _("the person or the gathering is missing."))
    _say_statuses(part, reading, {word: guess.status for word, guess in meanings.items()}, strange)
    return rows


def _say_statuses(
    part: FieldedTable, reading: Reading, meanings: Mapping[str, str], strange: Counter[str]
) -> None:
    if meanings:
        words = {
            "on_site": pgettext("attendance in a list", "there"),
            "online": pgettext("attendance in a list", "there online"),
            "absent": pgettext("attendance in a list", "absent"),
            "excused": pgettext("attendance in a list", "excused"),
        }
        read = "; ".join(
            f"«{word}» = {words[status]}" for word, status in sorted(meanings.items()) if status in words
        )
        if read:
            reading.notes.append(
                _("%(file)s: the words for attendance were read as %(words)s.")
                % {"file": part.name, "words": read}
            )
    if strange:
        listed = ", ".join(f"«{word}» ({count})" for word, count in strange.most_common(10))
        reading.notes.append(
            _("%(file)s: rows with %(words)s say neither present nor absent and were left out.")
            % {"file": part.name, "words": listed}
        )


def _memberships(part: FieldedTable, reading: Reading) -> list[Membership]:
    ends = {name: _reader_of_dates(part, reading, name) for name in ("start", "end") if name in part.places}
    memberships, nameless, undated, backwards = [], [], [], []
    for number, row in part.rows():
        days = {name: day_of(row[name]) if row[name] else None for name, day_of in ends.items()}
        start, end = days.get("start"), days.get("end")
        if not row["person"]:
            nameless.append(number)
        elif any(row[name] and days[name] is None for name in ends):
            undated.append(number)
        elif start and end and end < start:
            backwards.append(number)
        else:
            memberships.append(Membership(row["person"], start, end))
    _left_out(reading, part, nameless, _("the person is missing."))
    _left_out(reading, part, undated, _("the date cannot be read."))
    _left_out(reading, part, backwards, _("it ends before it starts."))
    return memberships


def _ties(part: FieldedTable, reading: Reading) -> list[Tie]:
    day_of = _reader_of_dates(part, reading) if "date" in part.places else lambda text: None
    mark = decimal_mark(part.column("weight"))
    ties, nameless, weightless, undated = [], [], [], []
    for number, row in part.rows():
        day = day_of(row["date"]) if row.get("date") else None
        weight = parse_number(row["weight"], mark) if row.get("weight") else 1.0
        if not row["source"] or not row["target"]:
            nameless.append(number)
        elif weight is None or weight <= 0:
            weightless.append(number)
        elif row.get("date") and day is None:
            undated.append(number)
        else:
            ties.append(
                Tie(row["source"], row["target"], plain(row.get("kind", "")) or "worked", weight, day)
            )
    _left_out(reading, part, nameless, _("one of the two people is missing."))
    _left_out(reading, part, weightless, _("the weight is not a number above 0."))
    _left_out(reading, part, undated, _("the date cannot be read."))
    return ties
