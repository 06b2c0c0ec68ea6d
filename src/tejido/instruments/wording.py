"""What is wrong with a form or an answer, as sentences for people: where, what, and what to do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tejido_forms.problems import Problem

# Every code of tejido_forms.problems.FORM_PROBLEMS; a test keeps the two alike.
PROBLEMS: Final[Mapping[str, Promise | str]] = {
    "not_a_form": gettext_lazy(
        "This file is no form. Bring an XLSForm (XLSX, XLS, ODS or CSV) or an XForm as KoboToolbox and ODK Central export it."
    ),
    "too_large": gettext_lazy(
        "The form is larger than can be read. Leave out pictures and long lists, and bring those as files."
    ),
    "too_many_rows": gettext_lazy(
        "The sheet has more than %(limit)s rows. Move long lists of choices to a CSV file beside the form."
    ),
    "too_many_columns": gettext_lazy(
        "The sheet has more than %(limit)s columns. Delete the empty ones on its right."
    ),
    "no_survey": gettext_lazy(
        "There is no sheet called survey with the columns type and name. The sheets are: %(sheets)s. Rename the one with the questions."
    ),
    "broken_book": gettext_lazy(
        "The spreadsheet cannot be opened. Open it, save it again as XLSX, and bring it once more."
    ),
    "duplicate_heading": gettext_lazy(
        "Two columns have the heading «%(heading)s». Rename or delete one of them."
    ),
    "took_too_long": gettext_lazy(
        "Reading the form took longer than %(limit)s seconds. Shorten its lists and its longest expressions."
    ),
    "took_too_much": gettext_lazy(
        "Reading the form takes more memory than is allowed. Delete empty rows and columns, and save it again."
    ),
    "not_understood": gettext_lazy("This is not written as XLSForm wants it. Its converter says: %(said)s"),
    "broken_xml": gettext_lazy("The XML of the form is broken. Export it again from where it was made."),
    "forbidden_xml": gettext_lazy(
        "The XML declares a document type or entities, which forms never need. Take the DOCTYPE out."
    ),
    "too_deep": gettext_lazy("Groups stand inside each other too deeply. Leave out some levels of groups."),
    "not_an_xform": gettext_lazy(
        "This XML is no XForm: it has no model with an instance. Export the form as XForm or XLSForm."
    ),
    "no_form_id": gettext_lazy("The form has no id. Write one word as form_id in the settings sheet."),
    "unknown_function": gettext_lazy(
        "%(function)s() does not exist in XLSForm; other products have functions of their own. Take it out, or check how it is spelled: %(expression)s"
    ),
    "wrong_expression": gettext_lazy(
        "This cannot be read as an expression: %(expression)s. Check its brackets and quotation marks."
    ),
    "unknown_path": gettext_lazy("«%(path)s» is no question of this form. Check the name in: %(expression)s"),
    "circular": gettext_lazy(
        "These questions wait for each other: %(circle)s. Take one of them out of the other's relevant or calculation."
    ),
    "forbidden_regex": gettext_lazy(
        "The pattern in regex() cannot be read, or is too long: %(expression)s. Make it simpler."
    ),
    "no_questions": gettext_lazy("The form asks nothing. Add at least one question to the survey sheet."),
    "regex_part": gettext_lazy(
        "The pattern %(pattern)s has no ^ and $: browsers accept a part of the text, phones want all of it. Write ^ before and $ after it."
    ),
    "missing_file": gettext_lazy("The form needs the file %(file)s. Bring it together with the form."),
    "not_simple": gettext_lazy(
        "The form has %(what)s, which the quick builder cannot show. Change it in the spreadsheet instead."
    ),
    "double_name": gettext_lazy(
        "Two questions are called «%(name)s». Rename one of them in the column name."
    ),
    "double_choice": gettext_lazy(
        "A list of choices has the same name twice. Give each choice a name of its own in the column name."
    ),
    "unknown_type": gettext_lazy(
        "«%(type)s» is no type of question. Write one of XLSForm in the column type, for example text, integer or select_one."
    ),
    "unknown_list": gettext_lazy(
        "The list of choices «%(list)s» is not there. Add it to the sheet choices, with the columns list_name, name and label, or correct its name."
    ),
    "unknown_reference": gettext_lazy(
        "${%(name)s} is no question of this form. Correct the name between the braces, or add the question."
    ),
    "unmatched": gettext_lazy(
        "%(what)s stands alone. Add the row that begins or ends the group or repeat, or take this one out."
    ),
    "no_name": gettext_lazy("The name is missing. Write one word in the column name."),
    "bad_name": gettext_lazy(
        "The name cannot be used. Write it with letters, digits and _, without blanks, beginning with a letter."
    ),
    "no_label": gettext_lazy("The question «%(name)s» says nothing. Write its text in the column label."),
    "choice_with_blank": gettext_lazy(
        "The choice «%(value)s» of the list %(list)s has a blank in its name. Write _ instead of it in the column name."
    ),
    "no_type": gettext_lazy(
        "The row does not say what kind of question it is. Write it in the column type, or delete the row."
    ),
    "large_pictures": gettext_lazy(
        "Pictures are sent as large as the camera makes them, which is costly on a phone. Write max-pixels=1600 in the column parameters."
    ),
    "language_without_code": gettext_lazy(
        "It cannot be told which languages these are: %(languages)s. Write each with its code, for example Español (es)."
    ),
    "converter_warning": gettext_lazy("The form can be used. Its converter remarks: %(said)s"),
}

# Every code of tejido_forms.judging.Flag, and those of this domain (OWN_FLAGS).
OWN_FLAGS: Final = ("answered_before", "not_asked", "same_id", "unknown_version", "early")
FLAGS: Final[Mapping[str, Promise | str]] = {
    "required": gettext_lazy("An answer that the form asks for is missing."),
    "constraint": gettext_lazy("«%(value)s» is outside what the form allows."),
    "wrong_type": gettext_lazy("«%(value)s» is not the kind of value that the form asks for."),
    "unknown_choice": gettext_lazy("«%(value)s» is none of the choices."),
    "not_relevant": gettext_lazy("This was answered although the form does not ask it here."),
    "unknown_node": gettext_lazy("This version of the form has no such question."),
    "cannot_judge": gettext_lazy("Whether this fits cannot be worked out."),
    "answered_before": gettext_lazy("This person had answered already. One answer each was asked for."),
    "not_asked": gettext_lazy("It came from the phone of somebody who is not among those who are asked."),
    "same_id": gettext_lazy("Another answer with the same id says something else."),
    "unknown_version": gettext_lazy(
        "It was filled in with a version that is not known here: %(value)s. It is read as the newest."
    ),
    "early": gettext_lazy("It came before the opening."),
}


def form_problem(problem: Problem) -> dict[str, Any]:
    """A problem for a page: `words` with its remedy, `where` it is ("" where nobody can say), whether it `refuses`."""
    detail = defaultdict(lambda: "–", {name: str(value) for name, value in problem.detail.items()})
    return {
        "words": str(PROBLEMS[problem.code]) % detail,
        "where": place_of(problem),
        "refuses": problem.weight == "refused",
    }


def place_of(problem: Problem) -> str:
    """Where a problem is, as the spreadsheet shows it."""
    words = {"sheet": problem.sheet, "row": problem.row, "column": problem.column, "name": problem.name}
    if problem.sheet and problem.row and problem.column:
        return _("Sheet %(sheet)s, row %(row)d, column %(column)s") % words
    if problem.sheet and problem.row:
        return _("Sheet %(sheet)s, row %(row)d") % words
    if problem.name:
        return _("Question %(name)s") % words
    return _("Sheet %(sheet)s") % words if problem.sheet else ""


def flag_words(code: str, value: str) -> str:
    """A flag of an answer as a sentence."""
    return str(FLAGS[code]) % {"value": value}


def language_for(spoken: tuple[str, ...], reader: str | None = None) -> str:
    """The language of a form that fits the reader's best, else its default. Forms write "Español (es)", "es", "Spanish" …

    >>> language_for(("Español (es)", "English (en)", "Português (pt-BR)"), "pt-br")
    'Português (pt-BR)'
    >>> language_for(("Deutsch (de)",), "en")
    'Deutsch (de)'
    """
    wanted = (reader or get_language() or "")[:2].lower()
    names = {"es": ("espa", "spanish"), "en": ("engl", "ingl"), "pt": ("portug",)}.get(wanted, ())
    for language in spoken:
        code = language.rpartition("(")[2].strip(") ").lower()
        if code[:2] == wanted and len(code) <= 6:
            return language
    return next((one for one in spoken if one.lower().startswith(names)), spoken[0]) if names else spoken[0]
