"""An XLSForm opened in the quick builder: a draft again, or a refusal that names what the builder cannot show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from tejido_forms.books import Book, read_book
from tejido_forms.building import (
    FROM_FILE,
    OWN_COLUMNS,
    PHOTO_SIZE,
    TYPES,
    WITH_CHOICES,
    Draft,
    DraftChoice,
    DraftQuestion,
    QuestionKind,
)
from tejido_forms.problems import FormRefused, Problem
from tejido_forms.words import as_typed

SURVEY: Final = frozenset({"type", "name", "label", "hint", *OWN_COLUMNS})
CHOICES: Final = frozenset({"list_name", "list name", "name", "label"})
SETTINGS: Final = frozenset({"form_title", "form_id", "id_string", "version", "default_language", "title"})
YES: Final = frozenset({"yes", "true", "true()", "1"})
NO: Final = frozenset({"", "no", "false", "false()", "0"})
_KIND_OF: Final[Mapping[tuple[str, str], QuestionKind]] = {how: kind for kind, how in TYPES.items()}  # type: ignore[misc]
_RULES: Final = (
    re.compile(r"\s*\$\{\s*(?P<name>[^}\s]+)\s*\}\s*=\s*(?P<quote>['\"])(?P<value>[^'\"]*)(?P=quote)\s*"),
    re.compile(
        r"\s*selected\(\s*\$\{\s*(?P<name>[^}\s]+)\s*\}\s*,\s*(?P<quote>['\"])(?P<value>[^'\"]*)(?P=quote)\s*\)\s*"
    ),
)
# Other names that Excel users and Kobo give the same types.
_SAME: Final = {"string": "text", "int": "integer", "photo": "image", "select1": "select_one"}


def opened(data: bytes) -> Draft:
    """The draft in an XLSForm. Raises FormRefused: not_simple with sheet and row for everything the builder has no place for."""
    return draft_of(read_book(data))


def draft_of(book: Book) -> Draft:
    """As `opened`, of sheets that are read already."""
    reader = _Opener(book)
    draft = reader.draft()
    if reader.problems:
        raise FormRefused(reader.problems)
    return draft


class _Opener:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.problems: list[Problem] = []
        settings = (book.sheets.get("settings") or [{}])[0]
        self.settings = {heading.strip().lower(): text for heading, text in settings.items()}
        self.languages = self._languages()
        self.asked: dict[str, DraftQuestion] = {}

    def draft(self) -> Draft:
        for sheet, known in (("survey", SURVEY), ("choices", CHOICES), ("settings", SETTINGS)):
            self._check_columns(sheet, known)
        for sheet in self.book.sheets:
            if sheet not in {"survey", "choices", "settings"}:
                self._cannot(sheet, 0, sheet)
        lists = self._lists()
        questions = tuple(
            self._question(row, at, lists)
            for row, at in zip(self.book.sheets["survey"], self.book.rows_at["survey"], strict=True)
        )
        title = self.settings.get("form_title") or self.settings.get("title", "")
        form_id = self.settings.get("form_id") or self.settings.get("id_string", "")
        return Draft(
            title=as_typed(title or form_id),
            languages=self.languages,
            questions=tuple(question for question in questions if question is not None),
            form_id=form_id,
            version=self.settings.get("version", ""),
        )

    def _languages(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        default = self.settings.get("default_language", "")
        if default:
            found[default] = None
        for heading in self.book.headings["survey"]:
            column, language = _parted(heading)
            if column in {"label", "hint"}:
                found[language] = None
        if default and not any(_parted(one) == ("label", default) for one in self.book.headings["survey"]):
            del found[default]
        return tuple(found) or ("",)

    def _check_columns(self, sheet: str, known: frozenset[str]) -> None:
        for heading in self.book.headings.get(sheet, []):
            filled = any(heading in row for row in self.book.sheets.get(sheet, []))
            if filled and _parted(heading)[0] not in known:
                self._cannot(sheet, 1, heading)

    def _lists(self) -> dict[str, tuple[DraftChoice, ...]]:
        found: dict[str, tuple[DraftChoice, ...]] = {}
        lines = zip(self.book.sheets.get("choices", []), self.book.rows_at.get("choices", []), strict=True)
        for row, at in lines:
            cells = {heading.strip().lower(): text for heading, text in row.items()}
            name = cells.get("list_name") or cells.get("list name", "")
            self._check_texts("choices", at, row)
            choice = DraftChoice(_said(row, "label"), cells.get("name", ""))
            found[name] = (*found.get(name, ()), choice)
        return found

    def _question(
        self, row: Mapping[str, str], at: int, lists: Mapping[str, tuple[DraftChoice, ...]]
    ) -> DraftQuestion | None:
        cells = {heading.strip().lower(): text for heading, text in row.items()}
        type_name, _, wanted = cells.get("type", "").partition(" ")
        type_name = _SAME.get(type_name, type_name)
        look, required = cells.get("appearance", ""), cells.get("required", "").lower()
        kind = _KIND_OF.get((type_name, look))
        if kind is None:
            self._cannot("survey", at, f"{type_name} {look}".strip())
            return None
        if required not in YES | NO:
            self._cannot("survey", at, f"required = {required}")
        parameters = cells.get("parameters", "")
        if parameters and (kind, parameters) != ("photo", PHOTO_SIZE):
            self._cannot("survey", at, f"parameters = {parameters}")
        self._check_texts("survey", at, row)
        choices = lists.get(wanted.strip(), ()) if type_name.startswith("select") else ()
        if kind not in FROM_FILE and type_name.startswith("select") and not choices:
            self._cannot("survey", at, cells.get("type", ""))
        question = DraftQuestion(
            kind=kind,
            labels=_said(row, "label"),
            hints=_said(row, "hint"),
            name=cells.get("name", ""),
            required=required in YES,
            choices=choices,
            file=wanted.strip() if kind in FROM_FILE else "",
            only_if=self._only_if(cells.get("relevant", ""), at),
            dimension=cells.get("dimension", ""),
            reverse=cells.get("reverse", "").lower() in YES,
        )
        self.asked[question.name] = question
        return question

    def _only_if(self, rule: str, at: int) -> tuple[str, str] | tuple[()]:
        """The earlier question and the choice that a simple rule speaks of."""
        if not rule:
            return ()
        match = next((found for pattern in _RULES if (found := pattern.fullmatch(rule))), None)
        before = self.asked.get(match["name"]) if match else None
        if match is None or before is None or before.kind not in WITH_CHOICES:
            self._cannot("survey", at, f"relevant = {rule}")
            return ()
        if match["value"] not in {choice.name for choice in before.choices} or (
            before.kind == "many" and "selected" not in rule
        ):
            self._cannot("survey", at, f"relevant = {rule}")
            return ()
        return match["name"], match["value"]

    def _check_texts(self, sheet: str, at: int, row: Mapping[str, str]) -> None:
        """A text that shows an earlier answer would become one that shows "${name}"."""
        for heading, text in row.items():
            if _parted(heading)[0] in {"label", "hint"} and "${" in text:
                self._cannot(sheet, at, text)

    def _cannot(self, sheet: str, row: int, what: str) -> None:
        self.problems.append(Problem("not_simple", sheet=sheet, row=row, detail={"what": what[:80]}))


def _parted(heading: str) -> tuple[str, str]:
    """ "label::Español (es)" as its column and its language."""
    column, _, language = heading.partition("::")
    return column.strip().lower(), language.strip()


def _said(row: Mapping[str, str], column: str) -> dict[str, str]:
    found = {}
    for heading, text in row.items():
        name, language = _parted(heading)
        if name == column:
            found[language] = as_typed(text)
    return found
