"""Ballots from a list: one on each line, first choice first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.plain import plain
from tejido.foundation.tables.reading import read_table
from tejido_analytics.counting import Ballot

BLANK = frozenset(
    {"blank", "blanco", "en blanco", "em branco", "branco", "voto en blanco", "voto em branco", "none"}
)
TIMES = frozenset(
    {"ballots", "papeletas", "cedulas", "votos", "votes", "times", "veces", "vezes", "number of ballots"}
)
_ORDINAL = r"(1st|first|1a|1ra|1o|1er|primera?|primeira|primeiro)"
_PLACE = r"(choice|choices|preference|rank|option|opcion|opciones|eleccion|preferencia|escolha|opcao|lugar|place|candidate|candidata|candidato|ballot|papeleta|cedula|voto|vote)"
_HEADING = re.compile(rf"({_ORDINAL} )?{_PLACE}( ?\d+)?\Z|{_ORDINAL}\Z")


@dataclass(frozen=True, slots=True)
class BallotBox:
    """ballots: (places, how many alike). heading: whether the first line was one."""

    ballots: tuple[tuple[Ballot, int], ...]
    heading: bool


def read_ballots(path: Path, heading: bool | None = None) -> BallotBox:
    """The ballots in `path`: a line is a ballot, its cells are the choices in order.

    One cell may hold a whole ballot as `Ana > Eva > Luz`; `Ana = Eva` shares a place. An empty line between ballots, or
    the word blank, is a blank ballot. heading: whether the first line is one; None: it is where it says choice 1, first,
    primera opción, ballots … A column headed ballots (papeletas, votos, cédulas) says how many ballots are alike.
    Raises Refusal: those of reading a list, no_ballots, not_a_count.
    """
    table = read_table(path, header_row=0)
    rows = [(row.number, list(row.cells)) for row in table.rows()]
    titled = _is_heading(rows[0][1]) if heading is None else heading
    times = _column_of_times(rows[0][1]) if titled else None
    rows = rows[1:] if titled else rows
    if not rows:
        raise Refusal(
            "no_ballots", _("«%(file)s» has a heading and no ballot below it.") % {"file": path.name}
        )
    found: list[tuple[Ballot, int]] = []
    expected = rows[0][0]
    for number, cells in rows:
        found += [((), 1)] * (number - expected if times is None else 0)  # lines left empty in between
        expected = number + 1
        many = 1 if times is None else _count(cells[times], path, number)
        choices = cells if times is None else cells[:times] + cells[times + 1 :]
        if many:
            found.append((_places(choices), many))
    return BallotBox(tuple(found), titled)


def _is_heading(cells: list[str]) -> bool:
    words = [plain(cell) for cell in cells if cell]
    return any(word in TIMES or _HEADING.match(word) for word in words)


def _column_of_times(cells: list[str]) -> int | None:
    named = [at for at, cell in enumerate(cells) if plain(cell) in TIMES]
    return named[0] if named and sum(1 for cell in cells if cell) > 1 else None


def _count(cell: str, path: Path, number: int) -> int:
    if not cell.isdecimal():
        raise Refusal(
            "not_a_count",
            _("«%(file)s», line %(line)d: «%(cell)s» is not a number of ballots.")
            % {"file": path.name, "line": number, "cell": cell},
        )
    return int(cell)


def _places(cells: list[str]) -> Ballot:
    filled = [cell for cell in cells if cell]
    if len(filled) == 1 and ">" in filled[0]:
        cells = filled[0].split(">")
    if all(plain(cell) in BLANK or not cell for cell in cells):
        return ()
    return [[" ".join(name.split()) for name in cell.split("=") if name.strip()] for cell in cells]
