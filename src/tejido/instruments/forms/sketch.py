"""A form while it is drawn in the quick builder: what stands on the page, and what its buttons do. Nothing of it is stored.

The page carries everything, so that a lost session or a second window takes nothing away. A line is a question with a key
that stays while it is moved; its choices have ids, so that a rule that names one survives when words change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tejido.instruments.models import Instrument
from tejido.instruments.shelf import LANGUAGES
from tejido_forms.building import (
    FROM_FILE,
    WITH_CHOICES,
    Draft,
    DraftChoice,
    DraftQuestion,
    QuestionKind,
    named,
)
from tejido_forms.texts import language_code

MOST_LINES: Final = 100  # a page sends nine fields for each, and a server takes a thousand
STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class Option:
    """A choice. labels: language -> text."""

    id: int
    labels: Mapping[str, str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A question. only_if: key of an earlier line and id of one of its options, or ()."""

    key: str
    kind: QuestionKind
    labels: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    file: str = ""
    only_if: tuple[str, int] | tuple[()] = ()
    dimension: str = ""
    reverse: bool = False

    @property
    def chooses(self) -> bool:
        return self.kind in WITH_CHOICES


@dataclass
class Sketch:
    """languages: as the form names them, the default first. speaks: the one that is being written. removed: what undo brings back."""

    title: str
    kind: str
    languages: tuple[str, ...]
    lines: list[Line]
    form_id: str = ""
    speaks: str = ""
    removed: tuple[int, Line] | None = None
    touched: str = ""  # key of the line that the focus goes to

    def __post_init__(self) -> None:
        if self.speaks not in self.languages:
            self.speaks = self.languages[0]

    @property
    def first(self) -> str:
        return self.languages[0]

    def at(self, key: str) -> int:
        """Where the line stands; -1 where there is none."""
        return next((place for place, line in enumerate(self.lines) if line.key == key), -1)

    # Buttons

    def do(self, act: str) -> None:
        """What a button says: "add:scale", "up:k3", "down:k3", "remove:k3", "copy:k3", "restore:", "speak:English (en)". Others look."""
        verb, _colon, word = act.partition(":")
        deeds: dict[str, Callable[[str], None]] = {
            "add": self.add,
            "up": lambda key: self._move(key, -1),
            "down": lambda key: self._move(key, 1),
            "remove": self._remove,
            "copy": self._copy,
            "restore": lambda _key: self._restore(),
            "speak": self._speak,
        }
        if verb in deeds:
            deeds[verb](word)

    def add(self, what: str) -> None:
        """A question of a kind at the end; "yes_no" is a choice between two that are written already."""
        if len(self.lines) >= MOST_LINES or what not in ADDED:
            return
        kind: QuestionKind = "one" if what == "yes_no" else what  # type: ignore[assignment]
        options = self._ready_made(what)
        self.lines.append(Line(self._free_key(), kind, options=options))
        self.touched = self.lines[-1].key

    def _ready_made(self, what: str) -> tuple[Option, ...]:
        if what == "yes_no":
            words = [
                ("yes", lambda: pgettext("an answer", "Yes")),
                ("no", lambda: pgettext("an answer", "No")),
            ]
        elif what == "scale":
            ends = {1: lambda: _("1 · Not at all"), STEPS: lambda: _("5 · Very much")}
            words = [(str(step), ends.get(step, lambda step=step: str(step))) for step in range(1, STEPS + 1)]  # type: ignore[misc]
        else:
            return ()
        return tuple(Option(at, self._said(say), name) for at, (name, say) in enumerate(words, 1))

    def _said(self, say: Callable[[], str]) -> dict[str, str]:
        """The same in every language of the form that the house speaks too."""
        found = {}
        for language in self.languages:
            code = language_code(language)[:2]
            with translation.override(
                {"es": "es", "en": "en", "pt": "pt-br"}.get(code, translation.get_language())
            ):
                found[language] = say()
        return found

    def _free_key(self) -> str:
        numbers = [int(line.key[1:]) for line in self.lines if line.key[1:].isdecimal()]
        return f"k{max(numbers, default=0) + 1}"

    def _move(self, key: str, by: int) -> None:
        here = self.at(key)
        there = here + by
        if here >= 0 and 0 <= there < len(self.lines):
            self.lines[here], self.lines[there] = self.lines[there], self.lines[here]

    def _remove(self, key: str) -> None:
        here = self.at(key)
        if here >= 0:
            self.removed = (here, self.lines.pop(here))

    def _restore(self) -> None:
        if self.removed is not None:
            place, line = self.removed
            self.lines.insert(min(place, len(self.lines)), line)
            self.removed, self.touched = None, line.key

    def _copy(self, key: str) -> None:
        here = self.at(key)
        if here >= 0 and len(self.lines) < MOST_LINES:
            self.lines.insert(here + 1, replace(self.lines[here], key=self._free_key(), name=""))
            self.touched = self.lines[here + 1].key

    def _speak(self, language: str) -> None:
        if language in self.languages:
            self.speaks = language

    # Drafts

    @classmethod
    def empty(cls, reader: str) -> Sketch:
        """A form without a question, in the reader's language."""
        language = LANGUAGES.get(reader[:2], LANGUAGES["en"])
        return cls("", Instrument.Kind.SURVEY.value, (language,), [])

    @classmethod
    def of(cls, draft: Draft, kind: str, speaks: str = "") -> Sketch:
        """A draft on the page."""
        keys = {question.name: f"k{at}" for at, question in enumerate(draft.questions, 1)}
        ids = {
            (question.name, choice.name): at
            for question in draft.questions
            for at, choice in enumerate(question.choices, 1)
        }
        lines = [
            Line(
                key=keys[one.name], kind=one.kind, labels=one.labels, hints=one.hints, name=one.name,
                required=one.required, file=one.file, dimension=one.dimension, reverse=one.reverse,
                options=tuple(Option(at, choice.labels, choice.name) for at, choice in enumerate(one.choices, 1)),
                only_if=(keys[one.only_if[0]], ids[one.only_if]) if one.only_if else (),
            )
            for one in draft.questions
        ]  # fmt: skip
        return cls(draft.title, kind, draft.languages, lines, draft.form_id, speaks)

    def draft(self) -> Draft:
        """What is published. Texts that a language lacks are those of the first one. Call it where `wrong` is empty."""
        by_key: dict[str, Line] = {}
        questions = []
        for line in self._with_names():
            before = by_key[line.only_if[0]] if line.only_if else None
            by_key[line.key] = line
            questions.append(
                DraftQuestion(
                    kind=line.kind, labels=self._filled(line.labels), hints=self._filled(line.hints), name=line.name,
                    required=line.required and line.kind != "note",
                    choices=tuple(DraftChoice(self._filled(one.labels), one.name) for one in line.options)
                    if line.chooses else (),
                    file=line.file if line.kind in FROM_FILE else "",
                    only_if=(before.name, _name_of(before, line.only_if[1])) if before and line.only_if else (),
                    dimension=line.dimension if line.kind == "scale" else "",
                    reverse=line.reverse and line.kind == "scale" and bool(line.dimension),
                )
            )  # fmt: skip
        return Draft(self.title.strip(), self.languages, tuple(questions), self.form_id)

    def _with_names(self) -> list[Line]:
        """The lines with names for themselves and their options, those that have one keep it."""
        plain = [
            DraftQuestion(
                line.kind, self._filled(line.labels), name=line.name,
                choices=tuple(DraftChoice(self._filled(one.labels), name) for one, name in _values(line)),
            )
            for line in self.lines
        ]  # fmt: skip
        whole = named(Draft(self.title or "form", self.languages, tuple(plain)))
        return [
            replace(
                line,
                name=one.name,
                options=tuple(
                    replace(option, name=choice.name)
                    for option, choice in zip(line.options, one.choices, strict=True)
                ),
            )
            for line, one in zip(self.lines, whole.questions, strict=True)
        ]

    def _filled(self, said: Mapping[str, str]) -> dict[str, str]:
        first = next((said[language] for language in self.languages if said.get(language, "").strip()), "")
        return (
            {language: said.get(language, "").strip() or first for language in self.languages}
            if first
            else {}
        )

    def shown(self) -> Draft | None:
        """As `draft`, of whatever is there already: what is missing yet shows as "…". None where nothing is asked."""
        if not self.lines:
            return None
        lines = []
        for line in self.lines:
            dots = {self.first: "…"}
            options = tuple(
                one if self._filled(one.labels) else replace(one, labels=dots) for one in line.options
            ) or ((Option(1, dots),) if line.chooses else ())
            labels = line.labels if self._filled(line.labels) else dots
            lines.append(replace(line, labels=labels, options=options, only_if=()))
        return Sketch(self.title.strip() or "…", self.kind, self.languages, lines, "form").draft()

    # What is wrong

    def wrong(self) -> list[tuple[str, str]]:
        """(id of the control, sentence) for everything that keeps it from being published."""
        found = []
        if not self.title.strip():
            found.append(("title", _("Give the form a title.")))
        if not self.lines:
            found.append(("adding", _("Add at least one question.")))
        for number, line in enumerate(self.lines, 1):
            found += [(f"{line.key}-{part}", f"{number}. {words}") for part, words in self._wrong_in(line)]
        return found

    def _wrong_in(self, line: Line) -> list[tuple[str, str]]:
        found = []
        if not line.labels.get(self.first, "").strip():
            several = len(self.languages) > 1
            found.append(
                (
                    "label",
                    _("Write the question in the first language of the form.")
                    if several
                    else _("Write the question."),
                )
            )
        if line.chooses and len(line.options) < 2:
            found.append(("options", _("Write at least two choices, one on each line.")))
        elif line.chooses and not all(one.labels.get(self.first, "").strip() for one in line.options):
            found.append(("options", _("Write the choices in the first language of the form.")))
        if line.only_if and line.only_if not in self.conditions(line):
            found.append(
                ("if", _("The choice that this question waits for is not there before it. Choose again."))
            )
        return found

    def conditions(self, line: Line) -> dict[tuple[str, int], str]:
        """What a line can wait for: the choices of the questions above it, in words."""
        found = {}
        for number, before in enumerate(self.lines[: max(self.at(line.key), 0)], 1):
            for option in before.options if before.chooses else ():
                question = self.says(before.labels)
                found[before.key, option.id] = f"{number}. {question[:50]} → {self.says(option.labels)[:40]}"
        return found

    def says(self, said: Mapping[str, str]) -> str:
        """In the language that is being written, else in the first that says something."""
        return said.get(self.speaks, "").strip() or self._filled(said).get(self.speaks, "")


ADDED: Final = (
    "text",
    "long_text",
    "yes_no",
    "one",
    "many",
    "scale",
    "integer",
    "decimal",
    "date",
    "photo",
    "people",
    "note",
)


def _values(line: Line) -> list[tuple[Option, str]]:
    """The options with what answers hold; those of a scale are numbers, so that answers can be added up."""
    numbers = line.kind == "scale" and not all(one.name.isdecimal() for one in line.options)
    return [(one, str(at) if numbers else one.name) for at, one in enumerate(line.options, 1)]


def _name_of(line: Line, option: int) -> str:
    return next((one.name for one in line.options if one.id == option), "")
