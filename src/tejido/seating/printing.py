"""What is printed: a card for each table, a badge for each person, a list for the wall. A4, set by typst."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import segno
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tejido.gatherings.models import Gathering
from tejido.seating.models import TableTalk
from tejido.seating.selectors import Standing, prompts_of
from tejido.seating.tokens import table_address

TEMPLATE = Path(__file__).parent / "typst" / "sheets.typ"


def cards(standing: Standing, talks: dict[tuple[int, int], TableTalk]) -> list[dict[str, Any]]:
    """One for each table and round: its number, what it talks about, who sits there, a code with the link of the table."""
    pk, most = (
        standing.plan.gathering_id,
        max((max(at.values()) for at in standing.rounds.values()), default=0),
    )
    codes = {one: _code(table_address(pk, one)) for one in range(1, most + 1)}
    return [
        {
            "table": table,
            "title": _("Table %(number)d") % {"number": table},
            "round": _("Round %(number)d") % {"number": number},
            "prompts": prompts_of(talks, number, table),
            "names": [standing.traits[one].name for one in people],
            "code": codes[table],
        }
        for number in standing.rounds
        for table, people in standing.tables(number).items()
        if people
    ]


def _code(address: str) -> str:
    return segno.make(address, error="m").svg_inline(border=0)


def badges(standing: Standing, address: str) -> list[dict[str, Any]]:
    """One for each person: name, school, their tables, a code with the address of the gathering."""
    code = _code(address)
    return [
        {
            "name": standing.traits[one].name,
            "school": standing.traits[one].school,
            "tables": tables_of(standing, one),
            "code": code,
        }
        for one in standing.people
    ]


def poster(standing: Standing) -> list[dict[str, Any]]:
    """Everybody by name, with their table in each round."""
    return [
        {"name": standing.traits[one].name, "tables": tables_of(standing, one)} for one in standing.people
    ]


def tables_of(standing: Standing, person: int) -> list[str]:
    """The table of one person in each round, as text; – where there is none."""
    return [str(at[person]) if person in at else "–" for at in standing.rounds.values()]


def as_pdf(what: str, gathering: Gathering, rows: list[dict[str, Any]], rounds: int) -> bytes:
    """what: cards, badges, poster. The data goes in as input, never as markup. About 0.3 s for 200 people."""
    import font_lato
    import typst  # slow to load, and only a PDF needs it

    words: dict[str, Any] = {"name": _("Name"), "write": _("Write down here what came out of it")}
    words |= {"rounds": [_("Round %(number)d") % {"number": n + 1} for n in range(rounds)]}
    language = get_language() or "es"
    data = {"what": what, "title": gathering.title, "language": language, "rows": rows, "words": words}
    pdf = typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=[str(Path(font_lato.__file__).parent / "files")],
        ignore_system_fonts=True,
        sys_inputs={"sheets": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(pdf, bytes)
    return pdf
