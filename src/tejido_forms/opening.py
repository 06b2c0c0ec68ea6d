"""An XLSForm opened in the quick builder: a draft again, or a refusal that names what the builder cannot show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tejido_forms.books import Book, read_book
from tejido_forms.building import FROM_FILE, TYPES, Draft, DraftChoice, DraftQuestion, QuestionKind
from tejido_forms.problems import FormRefused, Problem
from tejido_forms.words import as_typed

SURVEY: Final = frozenset({"type", "name", "label", "hint", "required", "appearance"})
CHOICES: Final = frozenset({"list_name", "list name", "name", "label"})
SETTINGS: Final = frozenset({"form_title", "form_id", "id_string", "version", "default_language", "title"})
YES: Final = frozenset({"yes", "true", "true()", "1"})
NO: Final = frozenset({"", "no", "false", "false()", "0"})
_KIND_OF: Final[Mapping[tuple[str, str], QuestionKind]] = {how: kind for kind, how in TYPES.items()}  # type: ignore[misc]
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
        for row in self.book.sheets.get("choices", []):
            cells = {heading.strip().lower(): text for heading, text in row.items()}
            name = cells.get("list_name") or cells.get("list name", "")
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
        choices = lists.get(wanted.strip(), ()) if type_name.startswith("select") else ()
        if kind not in FROM_FILE and type_name.startswith("select") and not choices:
            self._cannot("survey", at, cells.get("type", ""))
        return DraftQuestion(
            kind=kind,
            labels=_said(row, "label"),
            hints=_said(row, "hint"),
            name=cells.get("name", ""),
            required=required in YES,
            choices=choices,
            file=wanted.strip() if kind in FROM_FILE else "",
        )

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
