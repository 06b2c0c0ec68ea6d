"""A form as a page that is waiting for an answer: each question with its control, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from tejido.instruments.forms.moments import as_shown
from tejido.instruments.forms.people import People, Picker
from tejido_forms.pages import Field, Option, Page, Section

OWN = "q/"  # before the names of questions, so that they never meet the names of the page itself
MOST_STEPS = 10
TYPES = {"date": "date", "time": "time", "date_time": "datetime-local"}
MODES = {"integer": "numeric", "decimal": "decimal", "range": "decimal"}
PICTURES = {"image": "image/*", "audio": "audio/*", "video": "video/*"}


@dataclass(frozen=True, slots=True)
class Question:
    """A question or a note for the template.

    look: note, choices, people, list, lines, file, tick, input. people: of a question that asks for people. wrong: a sentence, "" where nothing. spare: whether other answers make it
    needless. chosen: labels of what is ticked stay in `options`.
    """

    field: Field
    look: str
    options: tuple[Option, ...] = ()
    wrong: str = ""
    spare: bool = False
    help: str = ""
    people: Picker | None = None

    @property
    def control(self) -> str:
        return OWN + self.field.name

    @property
    def id(self) -> str:
        return "q-" + self.field.name.replace("/", "-")

    @property
    def several(self) -> bool:
        return self.field.kind == "many"

    @property
    def value(self) -> str:
        return as_shown(self.field.kind, self.field.value)

    @property
    def type(self) -> str:
        return TYPES.get(self.field.kind, "text")

    @property
    def mode(self) -> str:
        return MODES.get(self.field.kind, "")

    @property
    def accept(self) -> str:
        return PICTURES.get(self.field.kind, "")

    @property
    def described(self) -> str:
        """Ids of what describes the control, for screen readers."""
        parts = {"hint": self.field.hint or self.help, "wrong": self.wrong, "spare": self.spare}
        return " ".join(f"{self.id}-{name}" for name, there in parts.items() if there)


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its parts, or one question."""

    section: Section | None = None
    question: Question | None = None
    parts: tuple[Part, ...] = ()


def parts_of(
    page: Page, wrong: Mapping[str, str], spare: frozenset[str], people: People | None = None
) -> tuple[Part, ...]:
    """The page for the template. wrong: name of a field -> what is wrong with it; spare: names that do not apply."""

    def part_of(part: Section | Field) -> Part:
        if isinstance(part, Section):
            return Part(section=part, parts=tuple(part_of(one) for one in part.parts))
        question = question_of(part, wrong.get(part.name, ""), part.name in spare)
        if people is not None and part.name in people.find:
            question = replace(question, look="people", people=people.shown(part))
        return Part(question=question)

    return tuple(part_of(part) for part in page.parts)


def question_of(field: Field, wrong: str = "", spare: bool = False) -> Question:
    """How a field is asked on a plain page."""
    steps = _steps(field)
    if steps:
        return Question(field, "choices", steps, wrong, spare)
    if field.kind == "confirm":
        return Question(field, "tick", (Option("OK", field.label, "", field.value == "OK"),), wrong, spare)
    if field.kind in {"one", "many"}:
        look = "list" if field.folded and field.kind == "one" else "choices"
        return Question(field, look, field.options, wrong, spare)
    looks: dict[str, Any] = {"note": "note", "long_text": "lines"}
    looks |= dict.fromkeys(("image", "audio", "video", "file"), "file")
    return Question(field, looks.get(field.kind, "input"), (), wrong, spare, _help(field))


def _steps(field: Field) -> tuple[Option, ...]:
    """A short range as choices: without script nobody sees where a slider stands."""
    if field.kind != "range" or field.start is None or field.end is None or not field.step:
        return ()
    count = round((field.end - field.start) / field.step)
    if not 0 < count <= MOST_STEPS:
        return ()
    values = [f"{field.start + field.step * number:.10g}" for number in range(count + 1)]
    return tuple(Option(value, value, "", value == field.value) for value in values)


def _help(field: Field) -> str:
    if field.kind == "range" and field.start is not None and field.end is not None:
        return _("A number from %(start)s to %(end)s.") % {
            "start": f"{field.start:.10g}",
            "end": f"{field.end:.10g}",
        }
    return ""
