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
    "double_name": "two questions or groups have the name `name`",
    "double_choice": "a list has the same choice twice",
    "unknown_type": "the type `type` does not exist",
    "unknown_list": "the list of choices `list` is not there",
    "unknown_reference": "${`name`} names a question that is not there",
    "unmatched": "`what` stands alone",
    "no_name": "a question, group or choice has no name",
    "bad_name": "a name has signs that machines do not take",
    "no_label": "the question `name` says nothing",
    "choice_with_blank": "the choice `value` of `list` has blanks in its name",
    "no_type": "a row has no type",
    "large_pictures": "pictures are sent as large as cameras make them",
    "language_without_code": "languages have no code that machines know",
    "converter_warning": "the converter accepted the form and says: `said`",
}


# code -> what the author can do about it, in plain English. Callers translate; a test keeps the list complete.
REMEDIES: Final[Mapping[str, str]] = {
    "not_a_form": "bring an .xlsx, .xls, .ods or .csv file, or the XML that Kobo or ODK Central exports",
    "too_large": "take pictures and other sheets out of the file, or split the form in two",
    "too_many_rows": "split the form, or move long lists of choices to a CSV file beside it",
    "too_many_columns": "delete the columns that the form does not use",
    "no_survey": "name the sheet with the questions survey, and its first two columns type and name",
    "broken_book": "open the file in a spreadsheet program and save it anew as .xlsx, without a password",
    "duplicate_heading": "rename or delete one of the two columns",
    "took_too_long": "make the form shorter, or its patterns and lists simpler",
    "took_too_much": "save only the used part of each sheet anew, or split the form",
    "not_understood": "change the cell that the converter names; its words are in English",
    "broken_xml": "export the form again",
    "forbidden_xml": "take the document type out of the file",
    "too_deep": "put fewer groups inside each other",
    "not_an_xform": "bring the form itself; what was brought may be an answer or a list",
    "no_form_id": "give the form an id in the column form_id of the sheet settings",
    "unknown_function": "use a function of XLSForm; other products have functions of their own",
    "wrong_expression": "correct the expression; often a quote or a bracket is missing",
    "unknown_path": "correct the name of the question, or add it",
    "circular": "take one of the questions out of the other's relevance or calculation",
    "forbidden_regex": "shorten or correct the pattern",
    "no_questions": "add a question",
    "regex_part": "begin the pattern with ^ and end it with $",
    "missing_file": "bring the file along with the form",
    "not_simple": "work on this form in a spreadsheet and bring it again",
    "double_name": "rename one of them; names are what answers hold, and nobody who answers sees them",
    "double_choice": "give each choice of a list a name of its own",
    "unknown_type": "write a type of XLSForm, such as text, integer or select_one",
    "unknown_list": "add the list to the choices sheet, or correct its name",
    "unknown_reference": "correct the name inside of ${ }, or add the question",
    "unmatched": "add the other half, or take this one out",
    "no_name": "write a word in the column name",
    "bad_name": "use letters, digits and _, beginning with a letter",
    "no_label": "write its text in the column label",
    "choice_with_blank": "take the blanks out of the column name",
    "no_type": "write what kind of question it is in the column type",
    "large_pictures": "write max-pixels=1600 under parameters",
    "language_without_code": "write each with its code, such as Espa\u00f1ol (es)",
    "converter_warning": "nothing has to be done; the form works",
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
