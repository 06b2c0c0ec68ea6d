"""What is wrong with a form or an answer, as codes with numbers: callers put them into the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

Weight = Literal["refused", "warning"]

# code -> what it means, in plain English. Callers translate; a test keeps the list complete.
FORM_PROBLEMS: Final[Mapping[str, str]] = {
    "not_a_form": "the file is neither a spreadsheet, a CSV, a Markdown table nor an XForm",
    "too_large": "the file, or what it unpacks to, is larger than `limit` bytes",
    "too_many_rows": "a sheet has more than `limit` rows",
    "too_many_columns": "a sheet has more than `limit` columns",
    "no_survey": "there is no sheet called survey with the columns type and name",
    "broken_book": "the spreadsheet cannot be opened",
    "duplicate_heading": "two columns of a sheet have the heading `heading`",
    "took_too_long": "reading the form took longer than `limit` seconds",
    "took_too_much": "reading the form needed more memory than is allowed",
    "not_understood": "the converter refused the form; `said` holds its own English words",
    "broken_xml": "the XML cannot be read",
    "forbidden_xml": "the XML declares a document type or entities, which forms never need",
    "too_deep": "elements are nested deeper than `limit`",
    "not_an_xform": "the XML is not an XForm: it has no model with an instance",
    "no_form_id": "the form has no id",
    "unknown_function": "an expression calls `function`, which does not exist",
    "wrong_expression": "an expression cannot be read",
    "unknown_path": "an expression names a question that is not there",
    "circular": "what applies or is calculated waits for itself: `circle`",
    "forbidden_regex": "a pattern in regex() cannot be read, or is longer than `limit`",
    "no_questions": "the form asks nothing",
    "regex_part": "regex() without ^ and $: browsers accept a part, phones want the whole text",
    "missing_file": "the form needs the file `file`, which was not brought along",
    "not_simple": "the form has `what`, which the quick builder cannot show",
    "converter_warning": "the converter accepted the form and says: `said`",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about a form that its author should know.

    code: a key of `FORM_PROBLEMS`. sheet, row, column: where, as the spreadsheet shows it (row from 1, 0 unknown).
    name: the question. detail: the numbers and words of the sentence. weight: whether the form is refused for it.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    name: str = ""
    detail: Mapping[str, str | int] = field(default_factory=dict)
    weight: Weight = "refused"

    def __post_init__(self) -> None:
        if self.code not in FORM_PROBLEMS:
            raise ValueError(f"{self.code} is no known problem of a form")


class FormRefused(Exception):
    """A form that cannot be used, with every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{one.code} {dict(one.detail)}" for one in problems))
        self.problems = tuple(problems)


class AnswerRefused(Exception):
    """Something that is not an answer to any form. code: not_xml, forbidden_xml, too_large, too_deep, other_form."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
