"""The templates of the house: forms as TOML files, one each, in three languages, that anybody can read and mend.

A file says `kind` (of an instrument), `minutes`, where wanted `anonymous`, `order` (names of questions), `[title]`, `[about]`, `[lists.x]` (choices: what
answers hold = texts), `[dimensions.x]` (what scale questions measure) and `[questions.x]`: a `kind` of `tejido_forms.building`, the texts
es, en, pt, and where wanted `hint`, `list`, `required`, `only_if = ["question", "choice"]`, `dimension`, `reverse`, and
`inside = "x"` for questions that are asked as often as needed, `[repeats.x]`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from typing import Any, Final

from tejido_forms.building import Draft, DraftChoice, DraftQuestion, Sheets, sheets, written
from tejido_forms.definition import FormDefinition
from tejido_forms.reading import read_form

LANGUAGES: Final = {"es": "Español (es)", "en": "English (en)", "pt": "Português (pt)"}
# In the order in which they are offered.
KEYS: Final = (
    "exit_ticket",
    "four_questions",
    "diagnostic",
    "school_environment",
    "self_efficacy",
    "inquiry_record",
    "classroom_observation",
    "application",
    "call_questions",
    "practice_sheet",
    "consent",
)


@dataclass(frozen=True)
class Template:
    """One form of the shelf. key: its file, and the form id of what is made of it."""

    key: str
    said: Mapping[str, Any]

    @property
    def kind(self) -> str:
        return str(self.said["kind"])

    @property
    def minutes(self) -> int:
        return int(self.said["minutes"])

    @property
    def count(self) -> int:
        """How many questions it asks; notes are none."""
        return sum(self.said["questions"][name]["kind"] != "note" for name in self.said["order"])

    @property
    def anonymous(self) -> bool:
        """Whether it is usually answered without names."""
        return bool(self.said.get("anonymous"))

    @cached_property
    def repeats(self) -> bool:
        """Whether some questions are asked as often as needed: the quick builder has no place for them."""
        return "repeats" in self.said

    @staticmethod
    def code(reader: str) -> str:
        """The language of the template that is nearest to the reader's."""
        return _known(reader)

    def title(self, code: str) -> str:
        return str(self.said["title"][_known(code)])

    def about(self, code: str) -> str:
        return str(self.said["about"][_known(code)])

    def draft(self, code: str) -> Draft:
        """The template as the quick builder opens it, its default language first. Without its repeats."""
        first = _known(code)
        codes = [first, *(one for one in LANGUAGES if one != first)]
        return Draft(
            title=self.title(first),
            languages=tuple(LANGUAGES[one] for one in codes),
            questions=tuple(self._question(name, first) for name in self.said["order"]),
            form_id=self.key,
        )

    def _question(self, name: str, code: str) -> DraftQuestion:
        said = self.said["questions"][name]
        choices = self.said.get("lists", {}).get(said.get("list"), {})
        dimension = said.get("dimension")
        return DraftQuestion(
            kind=said["kind"],
            labels=_texts(said),
            hints=_texts(said.get("hint", {})),
            name=name,
            required=said.get("required", False),
            choices=tuple(DraftChoice(_texts(texts), value) for value, texts in choices.items()),
            only_if=tuple(said.get("only_if", ())),
            dimension=self.said["dimensions"][dimension][code] if dimension else "",
            reverse=said.get("reverse", False),
        )

    def xlsx(self, code: str) -> bytes:
        """The template as an XLSForm, its default language first."""
        return written(self._sheets(_known(code)))

    def _sheets(self, code: str) -> Sheets:
        made = sheets(self.draft(code))
        headings, *lines = made.survey
        survey, here = [headings], ""
        for name, line in zip(self.said["order"], lines, strict=True):
            inside = self.said["questions"][name].get("inside", "")
            if here and inside != here:
                survey.append(["end_repeat", *[""] * (len(headings) - 1)])
            if inside and inside != here:
                survey.append(self._begin(inside, headings))
            here = inside
            survey.append(line)
        if here:
            survey.append(["end_repeat", *[""] * (len(headings) - 1)])
        return replace(made, survey=survey)

    def _begin(self, name: str, headings: list[str]) -> list[str]:
        labels = {f"label::{LANGUAGES[code]}": text for code, text in self.said["repeats"][name].items()}
        return ["begin_repeat", name, *(labels.get(heading, "") for heading in headings[2:])]


def _texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {language: said[code] for code, language in LANGUAGES.items() if code in said}


def _known(code: str) -> str:
    """The nearest of the three languages.

    >>> _known("pt-br"), _known("es-co"), _known("fr")
    ('pt', 'es', 'en')
    """
    return code[:2] if code[:2] in LANGUAGES else "en"


@cache
def shelf() -> Mapping[str, Template]:
    """Every template by its key, in the order in which they are offered."""
    folder = resources.files(__package__ or "")
    return {key: Template(key, tomllib.loads((folder / f"{key}.toml").read_text("utf-8"))) for key in KEYS}


@cache
def definition_of_template(key: str, code: str) -> FormDefinition:
    """What a template asks, compiled once in a process for each language that comes first (`Template.code`)."""
    return read_form(shelf()[key].xlsx(code), name=key)
