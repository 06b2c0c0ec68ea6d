"""Answers as files: one line for each answer, one for each value, the XML as it came."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from tejido.instruments.models import Answer, Collection, Response
from tejido.instruments.selectors import definition_of
from tejido_forms.codebook import as_table
from tejido_forms.definition import Node

OWN = ("id", "received", "state", "channel", "version", "person")
LONG = ("id", "path", "repeat", "position", "text", "number", "day")
MOST_IN_A_CELL = 32_767  # characters, a limit of spreadsheets


def columns_of(collection: Collection) -> list[Node]:
    """Questions and hidden values that stand once in an answer, in the order of the form."""
    form = definition_of(collection.version)
    repeats = tuple(f"{node.path}/" for node in form.nodes() if node.kind == "repeat")
    return [
        node
        for node in form.nodes()
        if not node.children and node.kind in {"question", "hidden"} and not node.is_note
        and not (repeats and node.path.startswith(repeats)) and "/meta/" not in node.path
    ]  # fmt: skip


def header(collection: Collection) -> list[str]:
    """Headings of the wide table: what is known of each answer, then the questions by their path in the form."""
    return [*OWN, *("/".join(node.path.split("/")[2:]) for node in columns_of(collection))]


def wide(collection: Collection) -> Iterator[list[Any]]:
    """One line for each answer. Several choices are joined by a blank; values in repeats are in `long`. Two queries."""
    paths = [node.path for node in columns_of(collection)]
    held: dict[str, dict[str, list[str]]] = {}
    rows = Answer.objects.filter(response__collection=collection, repeat="").order_by("path", "position")
    for response, path, text in rows.values_list("response_id", "path", "text"):
        held.setdefault(str(response), {}).setdefault(path, []).append(text)
    for one in _responses(collection):
        values = held.get(str(one.pk), {})
        yield [*_own(collection, one), *(" ".join(values.get(path, [])) for path in paths)]


def long(collection: Collection) -> Iterator[list[Any]]:
    """One line for each value, repeats too. One query."""
    rows = Answer.objects.filter(response__collection=collection).order_by(
        "response_id", "path", "repeat", "position"
    )
    for response, path, repeat, position, text, number, day in rows.values_list(
        "response_id", "path", "repeat", "position", "text", "number", "day"
    ).iterator(chunk_size=5_000):
        yield [str(response), path, repeat, position, text, number, day.isoformat() if day else ""]


def _responses(collection: Collection) -> Iterable[Response]:
    order = ("pk",) if collection.anonymous else ("received_at", "pk")
    rows = collection.responses.select_related("person", "version").defer(
        "xml", "version__xform", "version__source"
    )
    return rows.order_by(*order)


def _own(collection: Collection, one: Response) -> list[Any]:
    moment = one.received_at.date() if collection.anonymous else one.received_at.replace(microsecond=0)
    name = one.person.name if one.person else one.name_given
    return [str(one.pk), moment.isoformat(), one.state, one.channel, one.version.version, name]


def codebook(collection_or_version: Any) -> list[list[str]]:
    """The codebook of a version, headings first."""
    return as_table(definition_of(collection_or_version))


def workbook(collection: Collection) -> IO[bytes]:
    """Answers, values and codebook as sheets of one XLSX. Nothing in it is ever a formula; memory does not grow with it."""
    import xlsxwriter  # slow to load

    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    never = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
    book = xlsxwriter.Workbook(out, {"constant_memory": True, **dict.fromkeys(never, False)})
    bold = book.add_format({"bold": True, "bottom": 1})
    first, *rest = codebook(collection.version)
    for name, heading, rows in (
        ("answers", header(collection), wide(collection)),
        ("values", LONG, long(collection)),
        ("codebook", first, rest),
    ):
        _sheet(book.add_worksheet(name), heading, rows, bold)
    book.close()
    out.seek(0)
    return out


def _sheet(sheet: Any, heading: Sequence[str], rows: Iterable[Sequence[Any]], bold: Any) -> None:
    for column, words in enumerate(heading):
        sheet.write_string(0, column, words, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(number, column, value)
            elif value:
                sheet.write_string(number, column, str(value)[:MOST_IN_A_CELL])


def archive(collection: Collection) -> IO[bytes]:
    """The XML of every answer, as it is kept, and the form, in one ZIP."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(_member("form.xml"), bytes(collection.version.xform))
        for pk, state, xml in (
            collection.responses.order_by("pk").values_list("pk", "state", "xml").iterator(500)
        ):
            packed.writestr(_member(f"{state}/{pk}.xml"), bytes(xml))
    out.seek(0)
    return out


def _member(name: str) -> zipfile.ZipInfo:
    """A file of the archive without the moment at which it was packed."""
    return zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
