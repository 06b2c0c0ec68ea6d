"""What was noticed in a table, as a code with its numbers; the sentence is made in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Detail = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person should know about a file that was read all the same.

    code: one of `SENTENCES`. detail: plain values (numbers, words, lists of them), fit for JSON.
    """

    code: str
    detail: Detail = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What happened and what it means, in the active language."""
        return SENTENCES[self.code](self.detail)


def _words(values: Any) -> str:
    return ", ".join(str(value) for value in values)


def _duplicated_headers(d: Detail) -> str:
    return _(
        "Some columns carry the same heading (%(headings)s). They are told apart by a number behind the heading; "
        "check that each goes to the right field."
    ) % {"headings": _words(d["headings"])}


def _unnamed_columns(d: Detail) -> str:
    return ngettext(
        "Column %(columns)s has content but no heading. Say what it is, or leave it out.",
        "Columns %(columns)s have content but no heading. Say what they are, or leave them out.",
        len(d["columns"]),
    ) % {"columns": _words(d["columns"])}


def _rows_skipped_above(d: Detail) -> str:
    return ngettext(
        "%(count)d row above the headings was taken as a title and left out.",
        "%(count)d rows above the headings were taken as titles and left out.",
        d["count"],
    ) % {"count": d["count"]}


def _no_header(_d: Detail) -> str:
    return _(
        "The first row looks like data, not like headings. Columns are named A, B, C…; say what each one is."
    )


def _ragged_rows(d: Detail) -> str:
    return ngettext(
        "%(count)d row has another number of cells than the headings (row %(rows)s). Look whether its values stand "
        "in the right columns.",
        "%(count)d rows have another number of cells than the headings (rows %(rows)s). Look whether their values "
        "stand in the right columns.",
        d["count"],
    ) % {"count": d["count"], "rows": _words(d["rows"])}


def _formula_text(d: Detail) -> str:
    return ngettext(
        "%(count)d cell begins with =, +, - or @ like a formula (%(cells)s). It is kept as plain text and never "
        "calculated.",
        "%(count)d cells begin with =, +, - or @ like formulas (%(cells)s). They are kept as plain text and never "
        "calculated.",
        d["count"],
    ) % {"count": d["count"], "cells": _words(d["cells"])}


def _several_sheets(d: Detail) -> str:
    return _(
        "The file has several sheets with data (%(sheets)s). «%(sheet)s» was read; choose another if need be."
    ) % {
        "sheets": _words(d["sheets"]),
        "sheet": d["sheet"],
    }


def _guessed_encoding(d: Detail) -> str:
    return _(
        "The file does not say how its letters are written; it was read as %(encoding)s. Look whether accents and ñ "
        "are right. If not, save it again as «CSV UTF-8» or as XLSX."
    ) % {"encoding": d["encoding"]}


def _twice_encoded(d: Detail) -> str:
    return ngettext(
        "%(count)d cell had garbled accents and was mended, for example «%(before)s» to «%(after)s».",
        "%(count)d cells had garbled accents and were mended, for example «%(before)s» to «%(after)s».",
        d["count"],
    ) % {"count": d["count"], "before": d["before"], "after": d["after"]}


def _broken_letters(d: Detail) -> str:
    return ngettext(
        "%(count)d cell holds letters that were lost before the file came here (�, %(cells)s). Correct it in the file.",
        "%(count)d cells hold letters that were lost before the file came here (�, %(cells)s). Correct them in the file.",
        d["count"],
    ) % {"count": d["count"], "cells": _words(d["cells"])}


def _nul_bytes(_d: Detail) -> str:
    return _("The file held empty bytes (NUL) between its letters. They were left out.")


def _swallowed_lines(d: Detail) -> str:
    return _(
        "A quotation mark seems not to be closed: the cell in row %(row)d holds %(lines)d lines. Close the mark, or "
        "delete it, and bring the file again."
    ) % {"row": d["row"], "lines": d["lines"]}


SENTENCES: dict[str, Callable[[Detail], str]] = {
    "duplicated_headers": _duplicated_headers,
    "unnamed_columns": _unnamed_columns,
    "rows_skipped_above": _rows_skipped_above,
    "no_header": _no_header,
    "ragged_rows": _ragged_rows,
    "formula_text": _formula_text,
    "several_sheets": _several_sheets,
    "guessed_encoding": _guessed_encoding,
    "twice_encoded": _twice_encoded,
    "broken_letters": _broken_letters,
    "nul_bytes": _nul_bytes,
    "swallowed_lines": _swallowed_lines,
}
