"""A form in a spreadsheet, a CSV or a Markdown table, cut into sheets of rows as pyxform wants them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from tejido_forms.problems import FormRefused, Problem
from tejido_forms.words import clean

SHEETS: Final = frozenset({"survey", "choices", "settings", "external_choices", "entities", "osm"})
MOST_BYTES: Final = 10 * 1024 * 1024
MOST_UNPACKED: Final = 20 * 1024 * 1024
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 32_767
NAMING: Final = frozenset({"type", "calculation", "relevant", "constraint", "choice_filter", "default"})
FORM_ID: Final = frozenset({"form_id", "id_string", "form id", "id string"})
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass
class Book:
    """sheets: name in small letters -> rows as heading -> text. rows_at: sheet -> number of each row in the file, from 1."""

    sheets: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    headings: dict[str, list[str]] = field(default_factory=dict)
    rows_at: dict[str, list[int]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def as_pyxform(self) -> dict[str, Any]:
        """What pyxform.xls2xform.convert takes as a workbook."""
        found: dict[str, Any] = {"sheet_names": self.names}
        for sheet, rows in self.sheets.items():
            found[sheet] = rows
            found[f"{sheet}_header"] = [dict.fromkeys(self.headings[sheet])]
        return found

    def with_form_id(self, form_id: str) -> None:
        """Give the form an id where its settings have none."""
        headings = self.headings.setdefault("settings", [])
        rows = self.sheets.setdefault("settings", [])
        if not rows:
            rows.append({})
            self.rows_at["settings"] = [2]
        if not any(heading.strip().lower() in FORM_ID and text for heading, text in rows[0].items()):
            rows[0]["form_id"] = form_id
            headings.append("form_id")
        if not any(name.strip().lower() == "settings" for name in self.names):
            self.names.append("settings")

    def row_of(self, name: str) -> int:
        """The row of the survey sheet that asks the question `name`; 0 where none does."""
        for number, row in zip(self.rows_at.get("survey", []), self.sheets.get("survey", []), strict=True):
            if row.get("name") == name or row.get("Name") == name:
                return number
        return 0

    def row_of_type(self, word: str) -> int:
        """The first row of the survey sheet whose type is `word`, or names the list `word`; 0 where none does."""
        for number, row in zip(self.rows_at.get("survey", []), self.sheets.get("survey", []), strict=True):
            types = next((text for heading, text in row.items() if heading.strip().lower() == "type"), "")
            if word in types.split():
                return number
        return 0

    def row_of_select(self) -> int:
        """The first row of the survey sheet that offers choices; 0 where none does."""
        for number, row in zip(self.rows_at.get("survey", []), self.sheets.get("survey", []), strict=True):
            types = next((text for heading, text in row.items() if heading.strip().lower() == "type"), "")
            if types.startswith("select"):
                return number
        return 0

    def row_of_choice(self, list_name: str, value: str) -> int:
        """The row of the choices sheet with this value in this list; 0 where there is none."""
        for number, row in zip(self.rows_at.get("choices", []), self.sheets.get("choices", []), strict=True):
            if {list_name, value} <= set(row.values()):
                return number
        return 0

    def row_with(self, word: str) -> int:
        """The first row of the survey sheet in which a type or a calculation names `word`; 0 where none does."""
        for number, row in zip(self.rows_at.get("survey", []), self.sheets.get("survey", []), strict=True):
            told = [text for heading, text in row.items() if heading.strip().lower() in NAMING]
            if any(word in text for text in told):
                return number
        return 0


def read_book(data: bytes) -> Book:
    """The sheets of a form in `data`: XLSX, XLS, ODS, CSV or Markdown (as pyxform writes both).

    Raises FormRefused: too_large, broken_book, too_many_rows, too_many_columns, duplicate_heading, not_a_form, no_survey.
    """
    if len(data) > MOST_BYTES:
        raise FormRefused([Problem("too_large", detail={"limit": MOST_BYTES})])
    if data.startswith(ZIP):
        check_zip(data)
    if data.startswith((ZIP, OLE)):
        book = _workbook(data)
    else:
        book = _text(data)
    if "survey" not in book.sheets or not {"type", "name"} & {h.lower() for h in book.headings["survey"]}:
        raise FormRefused([Problem("no_survey", detail={"sheets": ", ".join(book.names)[:200]})])
    return book


def check_zip(data: bytes, most: int = MOST_UNPACKED) -> None:
    """Refuse a ZIP whose parts unpack to more than `most` bytes, by unpacking them, whatever it says of itself."""
    left = most
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.infolist():
                with archive.open(part) as stream:
                    while piece := stream.read(1 << 16):
                        left -= len(piece)
                        if left < 0:
                            raise FormRefused([Problem("too_large", detail={"limit": most})])
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise FormRefused([Problem("broken_book")]) from error


def _workbook(data: bytes) -> Book:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [one.name for one in workbook.sheets_metadata]
        book = Book(names=names)
        for name in names:
            if name.strip().lower() in SHEETS or len(names) == 1:
                cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
                add_sheet(book, name if len(names) > 1 else "survey", cells)
    except (CalamineError, PasswordError, OSError, ValueError) as error:
        raise FormRefused([Problem("broken_book", detail={"said": str(error)[:200]})]) from error
    return book


def add_sheet(book: Book, name: str, cells: Sequence[Sequence[Any]]) -> None:
    """Add a sheet: the first row holds the headings, empty rows are left out, texts are trimmed."""
    sheet = name.strip().lower()
    if len(cells) > MOST_ROWS + 1:
        raise FormRefused([Problem("too_many_rows", sheet=name, detail={"limit": MOST_ROWS})])
    headings = [cell_text(cell) for cell in (cells[0] if cells else ())]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MOST_COLUMNS:
        raise FormRefused([Problem("too_many_columns", sheet=name, detail={"limit": MOST_COLUMNS})])
    check_headings(name, headings)
    rows, numbers = [], []
    for number, line in enumerate(cells[1:], start=2):
        row = {
            heading: text
            for heading, cell in zip(headings, line, strict=False)
            if heading and (text := cell_text(cell))
        }
        if row:
            rows.append(row)
            numbers.append(number)
    book.sheets[sheet] = rows
    book.headings[sheet] = [heading for heading in headings if heading]
    book.rows_at[sheet] = numbers


def check_headings(sheet: str, headings: Sequence[str]) -> None:
    """Refuse a sheet in which two columns have the same heading: one would silently hide the other."""
    seen: set[str] = set()
    doubles: dict[str, str] = {}
    for heading in headings:
        key = "::".join(part.strip().lower() for part in heading.split("::"))
        if key and key in seen:
            doubles[key] = heading
        seen.add(key)
    if doubles:
        raise FormRefused(
            [
                Problem("duplicate_heading", sheet=sheet, row=1, column=one, detail={"heading": one[:80]})
                for one in doubles.values()
            ]
        )


def cell_text(cell: Any) -> str:
    """A cell as the text that its author sees: 1.0 is 1, true is TRUE, no control characters, no odd blanks.

    >>> cell_text(1.0), cell_text(True), cell_text(" a\\u00a0b\\x00 "), cell_text(None)
    ('1', 'TRUE', 'a b', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return clean(str(cell).replace("\u00a0", " ")[:LONGEST_CELL])


def _text(data: bytes) -> Book:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise FormRefused([Problem("not_a_form")])
    if text[:5000].count("|") >= 5:
        return _sections(_markdown(text))
    if text[:5000].count(",") >= 4:
        return _sections(csv.reader(io.StringIO(text, newline="")))
    raise FormRefused([Problem("not_a_form")])


def _markdown(text: str) -> Iterable[list[str]]:
    for line in text.splitlines():
        inside = line.strip()
        if inside.startswith("|") and inside.endswith("|") and set(inside) - set("|- "):
            cells = inside[1:-1].replace(r"\|", "\x01").split("|")
            yield [cell.strip().replace("\x01", "|") for cell in cells]


def _sections(lines: Iterable[list[str]]) -> Book:
    """Sheets below each other: their name in the first column, their cells from the second."""
    book = Book()
    parts: dict[str, list[list[str]]] = {}
    here = ""
    try:
        for line in lines:
            if line and line[0].strip():
                here = line[0].strip()
                parts.setdefault(here, [])
            if here and any(cell.strip() for cell in line[1:]):
                parts[here].append(line[1:])
    except csv.Error as error:
        raise FormRefused([Problem("not_a_form")]) from error
    book.names = list(parts)
    for name, cells in parts.items():
        if name.lower() in SHEETS:
            add_sheet(book, name, cells)
    return book
