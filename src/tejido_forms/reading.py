"""Read a form that somebody brings: XLSForm in any spreadsheet, or XForm XML. Every problem with its place.

What a stranger's file can do is bounded twice: by counting (size, rows, columns, depth) and, in `reading_apart`, by a
process of its own with limits on time and memory.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from tejido_forms.books import Book, read_book
from tejido_forms.compiling import compile_form
from tejido_forms.definition import FormDefinition
from tejido_forms.problems import FormRefused, Problem
from tejido_forms.refusals import SAYINGS, WARNINGS, understood
from tejido_forms.words import slug

_ROW: Final = re.compile(r"\[row\s*:\s*(\d+)\]\s*", re.IGNORECASE)
_SHEET: Final = re.compile(r"'(survey|choices|settings|entities|external_choices)' sheet", re.IGNORECASE)
_NEEDLESS: Final = ("validate", "Java")


def read_form(data: bytes, files: Mapping[str, bytes] | None = None, *, name: str = "") -> FormDefinition:
    """The definition in `data`: XForm XML, XLSX, XLS, ODS, CSV or Markdown. files: lists that the form needs, by name.
    name: of the file, from which a form that names no id of its own gets one.

    Raises FormRefused with every problem found. No Java, no network.
    """
    bare = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if bare.startswith(b"<"):
        return compile_form(bare, files)
    book = read_book(data)
    book.with_form_id(form_id_of(name))
    xform, warnings = to_xform(book)
    try:
        definition = compile_form(xform, files)
    except FormRefused as refused:
        raise FormRefused([at_row(problem, book) for problem in refused.problems]) from refused
    placed = [at_row(problem, book) for problem in definition.problems]
    return replace(definition, problems=(*placed, *warnings))


def form_id_of(name: str) -> str:
    """The id of a form that names none, from the name of its file; "data" where that says nothing.

    >>> form_id_of("Encuesta de cierre (2026).xlsx"), form_id_of("日本.xlsx")
    ('encuesta_de_cierre_2026', 'data')
    """
    return slug(name.replace("\\", "/").rpartition("/")[2].partition(".")[0]) or "data"


def to_xform(book: Book, name: str = "data") -> tuple[bytes, list[Problem]]:
    """The XForm of a book, through pyxform, and what pyxform warns of. Raises FormRefused not_understood."""
    warnings: list[str] = []
    from pyxform.errors import PyXFormError  # here: with it comes half a second of a server's start
    from pyxform.xls2xform import convert

    try:
        result = convert(book.as_pyxform(), warnings=warnings, validate=False, form_name=name)
    except (
        PyXFormError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as error:
        raise FormRefused([refusal(error, book)]) from error
    return result.xform.encode(), _remarks(warnings)


def _remarks(warnings: Sequence[str]) -> list[Problem]:
    """What pyxform warns of, each thing once, with the first row of which it is said."""
    found: dict[tuple[str, str], Problem] = {}
    for text in warnings:
        if any(word in text for word in _NEEDLESS):
            continue
        code, detail = understood(text, WARNINGS)
        row = _ROW.search(text)
        place = {"sheet": "survey", "row": int(row[1])} if row else {}
        bare = _ROW.sub("", text)[:300]
        problem = Problem(
            code or "converter_warning",
            detail=detail if code else {"said": bare},
            weight="warning",
            **place,  # type: ignore[arg-type]
        )
        found.setdefault((code, "" if code else bare), problem)
    return list(found.values())


def refusal(error: Exception, book: Book) -> Problem:
    """What pyxform refused, with the sheet and row that its words name, or whose question they name."""
    said = str(error).strip()
    row, sheet = _ROW.search(said), _SHEET.search(said)
    number = int(row[1]) if row else 0
    code, detail = understood(said, SAYINGS)
    if "should be a choices sheet" in said:
        number, code, detail = book.row_of_select(), "unknown_list", {"list": "–"}
    if code == "choice_with_blank":
        place = ("choices", book.row_of_choice(detail["list"], detail["value"]))
    else:
        place = (sheet[1].lower() if sheet else "survey", number or _row_named(said, book))
    bare = _ROW.sub("", said)[:400] or type(error).__name__
    return Problem(
        code or "not_understood", sheet=place[0], row=place[1], detail=detail if code else {"said": bare}
    )


def _row_named(said: str, book: Book) -> int:
    """The row of the question that the words of pyxform name; 0 where they name none."""
    names = re.findall(r"'([^']+)'", said)
    return next((found for one in names if (found := book.row_of(one) or book.row_of_type(one))), 0)


def at_row(problem: Problem, book: Book) -> Problem:
    """The problem with the row of its question."""
    row = book.row_of(problem.name) if problem.name else 0
    if not row and problem.code == "missing_file":
        row = book.row_with(str(problem.detail["file"]).partition(".")[0])
    return replace(problem, sheet=problem.sheet or "survey", row=problem.row or row)
