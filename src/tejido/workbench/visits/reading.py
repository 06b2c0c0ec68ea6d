"""The lists that a plan of visits is made from: schools, teams, closures, holidays, absences, measured ways."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.dates import Order, date_order, parse_date
from tejido.foundation.tables.fields import Cells, Field, FieldedTable
from tejido.foundation.tables.osgb import to_wgs84
from tejido.workbench.lists import numbers_in, open_list
from tejido_analytics.routes.model import Due, Team

LATITUDE = Field(("latitud", "lat", "latitude", "y"), False, "number", "degrees WGS84")
LONGITUDE = Field(("longitud", "longitude", "lon", "lng", "long", "x"), False, "number", "degrees WGS84")
EASTING = Field(("easting", "este"), False, "number", "metres, British National Grid, instead of degrees")
NORTHING = Field(("northing", "norte"), False, "number", "metres, British National Grid, instead of degrees")
SKILL = ("habilidad", "competencia", "habilidade", "competência", "especialidad", "especialidade", "perfil")

SCHOOLS: Mapping[str, Field] = {
    "school": Field(
        ("centro educativo", "escuela", "colegio", "escola", "rbd", "urn", "cons_sede", "dane", "código"),
        True,
        "string",
        "key of the school: code or name, the same in all lists",
    ),
    "name": Field(
        ("nombre", "nome", "nom_rbd", "establishmentname", "sede_educativa"),
        False,
        "string",
        "of the school, for people",
    ),
    "latitude": LATITUDE,
    "longitude": LONGITUDE,
    "easting": EASTING,
    "northing": NORTHING,
    "visits": Field(
        ("visitas", "visits due", "visitas previstas"), False, "number", "visits due in the season"
    ),
    "minutes": Field(("minutos", "duración", "duração"), False, "number", "of one visit"),
    "skill": Field(SKILL, False, "string", "that each of these visits asks for; empty: any team"),
}
TEAMS: Mapping[str, Field] = {
    "team": Field(("equipo", "dupla", "pareja", "equipe"), True, "string", "key or name of the team"),
    "latitude": LATITUDE,
    "longitude": LONGITUDE,
    "easting": EASTING,
    "northing": NORTHING,
    "skills": Field(
        ("habilidades", "competencias", "competências", "skill", *SKILL), False, "string", "separated by ;"
    ),
    "max_days": Field(
        ("días máximos", "dias máximos", "máximo de días", "máximo de dias"), False, "number", "most days out"
    ),
    "members": Field(
        ("integrantes", "personas", "pessoas", "people"), False, "string", "names, separated by ;"
    ),
}
DATE = Field(
    ("fecha", "data", "día", "dia", "from", "desde", "first day"), True, "date", "the day, or the first"
)
UNTIL = Field(
    ("hasta", "até", "last", "to", "last day"), False, "date", "the last day, where there are several"
)
HOLIDAYS: Mapping[str, Field] = {"date": DATE, "until": UNTIL}
CLOSURES: Mapping[str, Field] = {"school": SCHOOLS["school"], "date": DATE, "until": UNTIL}
AWAY: Mapping[str, Field] = {"team": TEAMS["team"], "date": DATE, "until": UNTIL}
MATRIX: Mapping[str, Field] = {
    "from": Field(("desde", "de", "origen", "origem"), True, "string", "key of a school or team"),
    "to": Field(("hasta", "hacia", "para", "destino"), True, "string", "key of a school or team"),
    "km": Field(("kilómetros", "quilômetros", "kilometres"), True, "number", "of the way"),
    "minutes": Field(("minutos", "duración", "duração"), True, "number", "of the way"),
}


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a school is owed where its row does not say."""

    visits: int
    minutes: int


def read_schools(path: Path, defaults: Defaults) -> tuple[tuple[Due, ...], dict[str, str]]:
    """The visits owed, and school -> name. Raises Refusal as `open_list`, and for what is no whole number."""
    table = open_list(path, "schools", SCHOOLS)
    places = _places(table)
    visits = _whole(table, "visits", defaults.visits)
    minutes = _whole(table, "minutes", defaults.minutes)
    dues: list[Due] = []
    names: dict[str, str] = {}
    for index, cells in _rows(table, "school"):
        lat, lon = places[index]
        school = cells["school"]
        names.setdefault(school, cells.get("name") or school)
        dues.append(Due(school, lat, lon, visits[index] or 0, minutes[index] or 0, cells.get("skill", "")))
    return tuple(dues), names


def read_teams(path: Path, away: Mapping[str, frozenset[dt.date]]) -> tuple[Team, ...]:
    """The teams. away: team -> dates on which it cannot go."""
    table = open_list(path, "teams", TEAMS)
    places, most = _places(table), _whole(table, "max_days", None)
    teams = [
        Team(
            cells["team"],
            *places[index],
            skills=frozenset(_parts(cells.get("skills", ""))),
            max_days=most[index],
            away=away.get(cells["team"], frozenset()),
            members=_parts(cells.get("members", "")),
        )
        for index, cells in _rows(table, "team")
    ]
    unknown = sorted(set(away) - {team.team for team in teams})
    if unknown:
        raise unknown_name(path.name, unknown[0], "team")
    return tuple(teams)


def read_dates(path: Path | None, kind: str) -> dict[str, frozenset[dt.date]]:
    """School or team -> dates, of a list of closures ("school"), absences ("team") or holidays ("", all under "")."""
    if path is None:
        return {}
    table = open_list(path, kind or "holidays", {"school": CLOSURES, "team": AWAY, "": HOLIDAYS}[kind])
    order = date_order([*table.column("date"), *table.column("until")]).order
    found: dict[str, set[dt.date]] = defaultdict(set)
    for number, cells in table.rows():
        first = date_in(table, number, cells["date"], order)
        last = date_in(table, number, cells["until"], order) if cells.get("until") else first
        if not 0 <= (last - first).days <= 366:
            raise Refusal(
                "wrong_period",
                _("«%(file)s», row %(row)d: the last day is before the first, or more than a year later.")
                % {"file": table.name, "row": number},
            )
        found[cells[kind] if kind else ""] |= {
            first + dt.timedelta(days=offset) for offset in range((last - first).days + 1)
        }
    return {key: frozenset(days) for key, days in found.items()}


def read_matrix(path: Path | None) -> dict[tuple[str, str], tuple[float, float]]:
    """(from, to) -> (kilometres, minutes)."""
    if path is None:
        return {}
    table = open_list(path, "ways", MATRIX)
    km, minutes = (_numbers(table, name) for name in ("km", "minutes"))
    found = {}
    for index, (number, cells) in enumerate(table.rows()):
        length, duration = km[index], minutes[index]
        if length is None or duration is None or length < 0 or duration < 0:
            raise Refusal(
                "wrong_way",
                _("«%(file)s», row %(row)d: a way needs its kilometres and minutes, 0 or more.")
                % {"file": table.name, "row": number},
            )
        found[cells["from"], cells["to"]] = (length, duration)
    return found


def unknown_name(file: str, name: str, what: str) -> Refusal:
    """A list speaks of a school or team that the other list does not have."""
    return Refusal(
        "unknown_name",
        _(
            "«%(file)s» names «%(name)s», which is not in the list (column «%(what)s»). Write it the same in both."
        )
        % {"file": file, "name": name, "what": what},
    )


def _rows(table: FieldedTable, key: str) -> Iterator[tuple[int, Cells]]:
    """(place in the columns, cells) of every row that has its key."""
    for index, (number, cells) in enumerate(table.rows()):
        if not cells[key]:
            raise Refusal(
                "no_key",
                _("«%(file)s», row %(row)d: the column «%(column)s» is empty. Fill it in, or delete the row.")
                % {"file": table.name, "row": number, "column": key},
            )
        yield index, cells


def _places(table: FieldedTable) -> list[tuple[float | None, float | None]]:
    """Coordinates of every row, from degrees or from the British grid; (None, None) where they are missing."""
    degrees = list(zip(_numbers(table, "latitude"), _numbers(table, "longitude"), strict=True))
    metres = zip(_numbers(table, "easting"), _numbers(table, "northing"), strict=True)
    found: list[tuple[float | None, float | None]] = []
    for (lat, lon), (east, north) in zip(degrees, metres, strict=True):
        found.append(
            to_wgs84(east, north) if lat is None and east is not None and north is not None else (lat, lon)
        )
    return found


def _numbers(table: FieldedTable, name: str) -> list[float | None]:
    if name not in table.places:
        return [None] * table.table.row_count
    heading = table.table.headers[table.places[name]]
    return numbers_in(table.table, heading, table.column(name))


def _whole(table: FieldedTable, name: str, default: int | None) -> list[int | None]:
    found: list[int | None] = []
    for value in _numbers(table, name):
        if value is not None and not value.is_integer():
            raise Refusal(
                "not_whole",
                _("«%(file)s», column «%(column)s»: %(value)s is not a whole number.")
                % {"file": table.name, "column": name, "value": value},
            )
        found.append(default if value is None else int(value))
    return found


def date_in(table: FieldedTable, number: int, text: str, order: Order) -> dt.date:
    """The date in a cell. Raises Refusal not_a_date, which names the row."""
    day = parse_date(text, order)
    if day is None:
        raise Refusal(
            "not_a_date",
            _("«%(file)s», row %(row)d: «%(text)s» is not a date. Write it like this: 2025-03-14.")
            % {"file": table.name, "row": number, "text": text},
        )
    return day


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("|", ";").split(";") if part.strip())
