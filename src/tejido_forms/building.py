"""The quick builder: a plain list of questions becomes an XLSForm and an XForm, and an XLSForm of that kind a list again.

A draft holds what a person needs for an exit ticket or a survey, no more: text, numbers, dates, choices, scales, notes, and that a
question is only for those who chose something before. What an XLSForm can say beyond that (rules, groups, repeats) is for
spreadsheets; `opened` then refuses instead of losing it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from tejido_forms.books import Book, add_sheet
from tejido_forms.reading import to_xform
from tejido_forms.words import clean, free_name, harmless

QuestionKind = Literal[
    "text",
    "long_text",
    "integer",
    "decimal",
    "date",
    "time",
    "one",
    "many",
    "scale",
    "note",
    "photo",
    "person",
    "people",
]
# kind -> (type of the XLSForm without its list, appearance)
TYPES: Final[Mapping[str, tuple[str, str]]] = {
    "text": ("text", ""),
    "long_text": ("text", "multiline"),
    "integer": ("integer", ""),
    "decimal": ("decimal", ""),
    "date": ("date", ""),
    "time": ("time", ""),
    "one": ("select_one", ""),
    "many": ("select_multiple", ""),
    "scale": ("select_one", "likert"),
    "note": ("note", ""),
    "photo": ("image", ""),
    "person": ("select_one_from_file", ""),
    "people": ("select_multiple_from_file", ""),
}
WITH_CHOICES: Final = frozenset({"one", "many", "scale"})
FROM_FILE: Final = frozenset({"person", "people"})
PEOPLE_FILE: Final = "tejido-people.csv"  # the list of the community, for whoever answers
MOST_QUESTIONS: Final = 200
MOST_CHOICES: Final = 200
# Beside type, name, label and hint. What a question measures is no business of phones: the last two are read by nobody else.
OWN_COLUMNS: Final = ("required", "appearance", "parameters", "relevant", "dimension", "reverse")
# Wide enough to read a page of a notebook, and a tenth of what a camera makes.
PHOTO_SIZE: Final = "max-pixels=1600"
Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DraftChoice:
    """labels: language -> text. name: what answers hold; made from the first label where it is empty."""

    labels: Said
    name: str = ""


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """labels, hints: language -> text. name: made from the first label where it is empty. file: of a person or people question.

    only_if: name of an earlier choice question and the choice that makes this one apply; () for always. dimension: what a scale
    question measures together with others, "" where it stands for itself; reverse: a high answer means little of it.
    """

    kind: QuestionKind
    labels: Said
    hints: Said = field(default_factory=dict)
    name: str = ""
    required: bool = False
    choices: tuple[DraftChoice, ...] = ()
    file: str = ""
    only_if: tuple[str, str] | tuple[()] = ()
    dimension: str = ""
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as its author thinks of it. languages: as the form names them ("Español (es)"), the default first."""

    title: str
    languages: tuple[str, ...]
    questions: tuple[DraftQuestion, ...]
    form_id: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Sheets:
    """An XLSForm as rows of texts, headings first; every cell is text."""

    survey: list[list[str]]
    choices: list[list[str]]
    settings: list[list[str]]

    def each(self) -> tuple[tuple[str, list[list[str]]], ...]:
        return (("survey", self.survey), ("choices", self.choices), ("settings", self.settings))


def named(draft: Draft) -> Draft:
    """The draft with a name for every question and choice, and an id, so that it stays the same from here on.

    Raises ValueError for a draft without a title, a language, or a question; or with more than `MOST_QUESTIONS`.
    """
    if not (draft.title.strip() and draft.languages and draft.questions):
        raise ValueError("a draft needs a title, a language and a question")
    if len(draft.questions) > MOST_QUESTIONS or any(len(q.choices) > MOST_CHOICES for q in draft.questions):
        raise ValueError("a draft has too many questions or choices")
    taken: set[str] = {"meta", "data"}
    questions = []
    for question in draft.questions:
        name = question.name or free_name(_first(question.labels), taken, "question")
        name = name if name not in taken else free_name(name, taken, "question")
        taken.add(name)
        file = (question.file or PEOPLE_FILE) if question.kind in FROM_FILE else ""
        questions.append(
            replace(
                question,
                name=name,
                labels=_tidy(question.labels),
                hints=_tidy(question.hints),
                choices=_named_choices(question.choices),
                file=file,
            )
        )
    return replace(
        draft, questions=tuple(questions), form_id=draft.form_id or free_name(draft.title, (), "form")
    )


def _named_choices(choices: Sequence[DraftChoice]) -> tuple[DraftChoice, ...]:
    taken: set[str] = set()
    found = []
    for choice in choices:
        name = choice.name or free_name(_first(choice.labels), taken, "choice")
        name = name if name not in taken else free_name(name, taken, "choice")
        taken.add(name)
        found.append(replace(choice, name=name, labels=_tidy(choice.labels)))
    return tuple(found)


def _tidy(said: Said) -> dict[str, str]:
    """Texts as a cell can hold them; languages in which nothing is said left out."""
    return {language: text for language, written in said.items() if (text := clean(written))}


def _first(said: Said) -> str:
    return next((text for text in said.values() if text.strip()), "")


def sheets(draft: Draft) -> Sheets:
    """The XLSForm of a draft. Choices that two questions share stand in one list. Raises ValueError as `named`."""
    whole = named(draft)
    languages = whole.languages
    lists: dict[tuple[DraftChoice, ...], str] = {}
    survey = [
        [
            "type",
            "name",
            *_headings("label", languages),
            *_headings("hint", languages),
            *OWN_COLUMNS,
        ]
    ]
    before: dict[str, DraftQuestion] = {}
    for question in whole.questions:
        type_name, look = TYPES[question.kind]
        if question.kind in WITH_CHOICES:
            if not question.choices:
                raise ValueError(f"{question.name} has no choices")
            key = tuple(DraftChoice(_Frozen(one.labels), one.name) for one in question.choices)
            type_name += " " + lists.setdefault(key, f"{question.name}_list")
        elif question.kind in FROM_FILE:
            type_name += " " + question.file
        survey.append(
            [
                type_name,
                question.name,
                *_said(question.labels, languages),
                *_said(question.hints, languages),
                *_own_cells(question, look, before),
            ]
        )
        before[question.name] = question
    choices = [["list_name", "name", *_headings("label", languages)]]
    for key, name in lists.items():
        choices += [[name, one.name, *_said(one.labels, languages)] for one in key]
    titles = ["form_title", "form_id", "version", "default_language"]
    values = [harmless(whole.title), whole.form_id, whole.version, languages[0]]
    return Sheets(survey, choices, [titles, values])


def _own_cells(question: DraftQuestion, look: str, before: Mapping[str, DraftQuestion]) -> list[str]:
    """What stands under `OWN_COLUMNS`."""
    return [
        "yes" if question.required and question.kind != "note" else "",
        look,
        PHOTO_SIZE if question.kind == "photo" else "",
        _relevant(question, before),
        clean(question.dimension),
        "yes" if question.dimension and question.reverse else "",
    ]


def _relevant(question: DraftQuestion, before: Mapping[str, DraftQuestion]) -> str:
    """The rule of a question that is only for those who chose something. Raises ValueError where nobody can choose it before."""
    if not question.only_if:
        return ""
    name, value = question.only_if
    asked = before.get(name)
    if asked is None or asked.kind not in WITH_CHOICES or value not in {one.name for one in asked.choices}:
        raise ValueError(f"{question.name} waits for {name}, where nobody can choose {value}")
    return f"selected(${{{name}}}, '{value}')" if asked.kind == "many" else f"${{{name}}} = '{value}'"


class _Frozen(dict[str, str]):
    """Labels as the key of a list of choices."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted(self.items())))


def _headings(column: str, languages: Sequence[str]) -> list[str]:
    return [f"{column}::{language}" if language else column for language in languages]


def _said(said: Said, languages: Sequence[str]) -> list[str]:
    return [harmless(said.get(language, "")) for language in languages]


def as_book(draft: Draft) -> Book:
    """The draft as the spreadsheet it would be."""
    made = sheets(draft)
    book = Book(names=[name for name, _rows in made.each()])
    for name, rows in made.each():
        add_sheet(book, name, rows)
    return book


def as_xform(draft: Draft) -> bytes:
    """The XForm of a draft, ready for `compile_form`. Raises ValueError as `named`, FormRefused where pyxform refuses it."""
    return to_xform(as_book(draft))[0]


def as_xlsx(draft: Draft) -> bytes:
    """The draft as an XLSForm that Excel, Kobo and `opened` read. Raises ValueError as `named`."""
    return written(sheets(draft))


def written(form: Sheets) -> bytes:
    """The sheets as XLSX. Every cell is text: "=1+1" stays what was typed."""
    import xlsxwriter  # slow to load

    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for name, rows in form.each():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for at, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell:
                        sheet.write_string(at, column, cell, wrapped if at else bold)
            for column, heading in enumerate(rows[0]):
                sheet.set_column(column, column, 44 if heading.startswith(("label", "hint")) else 20)
    return out.getvalue()
