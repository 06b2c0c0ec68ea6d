"""The sentences with which a file is refused. Each says what happened and what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.limits import MEGABYTE


def empty_file(name: str) -> Refusal:
    return Refusal(
        "empty_file",
        _("«%(name)s» is empty: it has no row with data. Choose the file that holds the list.")
        % {"name": name},
        name=name,
    )


def too_large(name: str, size: int, limit: int) -> Refusal:
    return Refusal(
        "too_large",
        _(
            "«%(name)s» is larger than %(limit)d MB. Leave out images and sheets that are not needed, or divide the "
            "list into several files."
        )
        % {"name": name, "limit": limit // MEGABYTE},
        name=name,
        size=size,
        limit=limit,
    )


def not_a_table(name: str, looks_like: str = "") -> Refusal:
    if looks_like:
        sentence = _(
            "«%(name)s» is not a table but %(looks_like)s. Choose a CSV, XLSX, ODS or XLS file with one row for each "
            "person, school or attendance."
        ) % {"name": name, "looks_like": looks_like}
    else:
        sentence = _(
            "«%(name)s» holds no text that can be read as a table. Choose a CSV, XLSX, ODS or XLS file with one row "
            "for each person, school or attendance."
        ) % {"name": name}
    return Refusal("not_a_table", sentence, name=name, looks_like=looks_like)


def zip_bomb(name: str) -> Refusal:
    return Refusal(
        "zip_bomb",
        _(
            "«%(name)s» swells to far more than a list needs when it is unpacked, so it was not opened. Copy the cells "
            "into a new workbook and save that."
        )
        % {"name": name},
        name=name,
    )


def broken_book(name: str) -> Refusal:
    return Refusal(
        "broken_book",
        _(
            "«%(name)s» cannot be opened: the workbook is damaged or is of another kind. Open it in a spreadsheet "
            "program, save it again as XLSX, and bring that file."
        )
        % {"name": name},
        name=name,
    )


def protected_book(name: str) -> Refusal:
    return Refusal(
        "protected_book",
        _("«%(name)s» is protected by a password. Save it without a password and bring it again.")
        % {"name": name},
        name=name,
    )


def unknown_sheet(name: str, sheet: str, sheets: list[str]) -> Refusal:
    return Refusal(
        "unknown_sheet",
        _("«%(name)s» has no sheet called «%(sheet)s». It has: %(sheets)s.")
        % {"name": name, "sheet": sheet, "sheets": ", ".join(sheets)},
        name=name,
        sheet=sheet,
        sheets=sheets,
    )


def too_many_rows(name: str, limit: int) -> Refusal:
    return Refusal(
        "too_many_rows",
        ngettext(
            "«%(name)s» has more than %(limit)d row. Divide the list into several files.",
            "«%(name)s» has more than %(limit)d rows. Divide the list into several files.",
            limit,
        )
        % {"name": name, "limit": limit},
        name=name,
        limit=limit,
    )


def too_many_columns(name: str, limit: int) -> Refusal:
    return Refusal(
        "too_many_columns",
        ngettext(
            "«%(name)s» has more than %(limit)d column. Keep only the columns that are needed.",
            "«%(name)s» has more than %(limit)d columns. Keep only the columns that are needed.",
            limit,
        )
        % {"name": name, "limit": limit},
        name=name,
        limit=limit,
    )


def cell_too_long(name: str, row: int, limit: int) -> Refusal:
    return Refusal(
        "cell_too_long",
        _(
            "In row %(row)d of «%(name)s» a cell holds more than %(limit)d characters. Perhaps a quotation mark was "
            "not closed, or this is not a list. Correct that row and bring the file again."
        )
        % {"name": name, "row": row, "limit": limit},
        name=name,
        row=row,
        limit=limit,
    )


def missing_file(name: str) -> Refusal:
    return Refusal(
        "missing_file",
        _("There is no file «%(name)s». Check its name and folder.") % {"name": name},
        name=name,
    )
