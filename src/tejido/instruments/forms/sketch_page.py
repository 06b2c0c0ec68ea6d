"""The quick builder's page and back: what it carries along in hidden fields, and what was typed over it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.instruments.forms.sketch import ADDED, MOST_LINES, Line, Option, Sketch
from tejido.instruments.models import Instrument
from tejido.instruments.shelf import LANGUAGES
from tejido_forms.building import MOST_CHOICES, TYPES, QuestionKind
from tejido_forms.words import clean

MOST_LANGUAGES: Final = 8
LONGEST: Final = 2_000
KINDS: Final[Mapping[str, Any]] = {
    "text": pgettext_lazy("kind of question", "Short text"),
    "long_text": pgettext_lazy("kind of question", "Long text"),
    "yes_no": pgettext_lazy("kind of question", "Yes or no"),
    "one": pgettext_lazy("kind of question", "Choose one"),
    "many": pgettext_lazy("kind of question", "Choose several"),
    "scale": pgettext_lazy("kind of question", "Scale from 1 to 5"),
    "integer": pgettext_lazy("kind of question", "Whole number"),
    "decimal": pgettext_lazy("kind of question", "Number with decimals"),
    "date": pgettext_lazy("kind of question", "Date"),
    "time": pgettext_lazy("kind of question", "Time"),
    "photo": pgettext_lazy("kind of question", "Photograph"),
    "note": pgettext_lazy("kind of question", "Note, without an answer"),
    "person": pgettext_lazy("kind of question", "One person of the community"),
    "people": pgettext_lazy("kind of question", "People of the community"),
}


# From the page --------------------------------------------------------------------------------


def sketch_of(data: QueryDict, reader: str) -> Sketch:
    """What was sent, as far as it can be read; what cannot be read is left out."""
    empty = Sketch.empty(reader)
    before = tuple(dict.fromkeys(data.getlist("languages")))[:MOST_LANGUAGES] or empty.languages
    ticked = set(data.getlist("language"))
    languages = tuple(one for one in dict.fromkeys([*before, *LANGUAGES.values()]) if one in ticked) or before
    speaks = data.get("speaks", "")
    keys = [key for key in dict.fromkeys(data.getlist("q")) if key[:1] == "k" and key[1:].isdecimal()]
    lines = [_line(data, key, speaks, before[0]) for key in keys[:MOST_LINES]]
    kind = data.get("kind", "")
    sketch = Sketch(
        title=clean(data.get("title", ""))[:200],
        kind=kind if kind in Instrument.Kind.values else empty.kind,
        languages=languages,
        lines=[_of_no_language(line, before, languages) for line in lines],
        form_id=data.get("form_id", "")[:200],
        speaks=speaks,
        removed=_removed(data, before, languages),
    )
    return sketch


def _line(data: QueryDict, key: str, speaks: str, first: str) -> Line:
    was = _kept(data.get(f"{key}-was", ""), key)
    kind = data.get(f"{key}-kind", was.kind)
    typed = data.get(f"{key}-options")
    waits, _colon, option = data.get(f"{key}-if", "").partition(":")
    return replace(
        was,
        kind=cast("QuestionKind", kind) if kind in TYPES else was.kind,
        labels=_typed(was.labels, data.get(f"{key}-label"), speaks),
        hints=_typed(was.hints, data.get(f"{key}-hint"), speaks),
        required=f"{key}-required" in data,
        options=was.options if typed is None else options_of(was, typed, speaks, speaks == first),
        only_if=(waits, int(option)) if option.isdecimal() and len(option) < 9 else (),
        dimension=clean(data.get(f"{key}-dimension", was.dimension))[:200],
        reverse=f"{key}-reverse" in data,
    )


def _typed(was: Mapping[str, str], typed: str | None, speaks: str) -> dict[str, str]:
    return dict(was) if typed is None else {**was, speaks: clean(typed)[:LONGEST]}


def options_of(was: Line, typed: str, speaks: str, is_first: bool) -> tuple[Option, ...]:
    """The choices of a line after its text was changed, one on each line.

    In the first language a line that reads as before is the same choice, wherever it moved; as many others as there were
    before are those, in order; the rest is new. In another language, and on a scale, the place decides.
    """
    written = [clean(text)[:LONGEST] for text in typed.replace("\r\n", "\n").split("\n")][:MOST_CHOICES]
    if not is_first or was.kind == "scale":
        return _by_place(was, written, speaks, is_first)
    written = [text for text in written if text]
    left = list(was.options)
    found: list[Option | None] = []
    for text in written:
        same = next((one for one in left if one.labels.get(speaks) == text), None)
        found.append(same)
        if same is not None:
            left.remove(same)
    if found.count(None) == len(left):  # only words have changed
        found = [one or left.pop(0) for one in found]
    number = max((one.id for one in was.options), default=0)
    options = []
    for one, text in zip(found, written, strict=True):
        if one is None:
            number += 1
            options.append(Option(number, {speaks: text}))
        else:
            options.append(replace(one, labels={**one.labels, speaks: text}))
    return tuple(options)


def _by_place(was: Line, written: Sequence[str], speaks: str, is_first: bool) -> tuple[Option, ...]:
    if is_first:
        written = [text for text in written if text]
    options = [
        replace(one, labels={**one.labels, speaks: text})
        for one, text in zip(was.options, written, strict=False)
    ]
    if not is_first:
        return (*options, *was.options[len(options) :])
    number = max((one.id for one in was.options), default=0)
    steps = max((int(one.name) for one in was.options if one.name.isdecimal()), default=len(options))
    for more, text in enumerate(written[len(options) :], 1):
        options.append(Option(number + more, {speaks: text}, str(steps + more)))
    return tuple(options)


def _of_no_language(line: Line, before: Sequence[str], languages: Sequence[str]) -> Line:
    """Texts of a form that named no language are of the one that it was given."""
    if "" not in before or "" in languages:
        return line

    def given(said: Mapping[str, str]) -> dict[str, str]:
        there = {language: text for language, text in said.items() if language}
        return {languages[0]: said[""], **there} if said.get("") else there

    options = tuple(replace(one, labels=given(one.labels)) for one in line.options)
    return replace(line, labels=given(line.labels), hints=given(line.hints), options=options)


def _removed(data: QueryDict, before: Sequence[str], languages: Sequence[str]) -> tuple[int, Line] | None:
    place, key = data.get("removed-place", ""), data.get("removed-key", "")
    if not (place.isdecimal() and len(place) < 4 and key[:1] == "k" and key[1:].isdecimal()):
        return None
    return int(place), _of_no_language(_kept(data.get("removed-was", ""), key), before, languages)


# What the page carries along ------------------------------------------------------------------


def carried(line: Line) -> str:
    """All of a line, as a hidden field holds it."""
    return json.dumps(
        {
            "kind": line.kind,
            "name": line.name,
            "file": line.file,
            "labels": dict(line.labels),
            "hints": dict(line.hints),
            "options": [[one.id, one.name, dict(one.labels)] for one in line.options],
            "required": line.required,
            "only_if": list(line.only_if),
            "dimension": line.dimension,
            "reverse": line.reverse,
        },
        ensure_ascii=False,
    )


def _kept(text: str, key: str) -> Line:
    """`carried` taken back; a line without anything where it is none."""
    try:
        was = json.loads(text or "{}")
        return Line(
            key=key,
            kind=was["kind"] if was["kind"] in TYPES else "text",
            name=str(was["name"])[:100],
            file=str(was["file"])[:200],
            labels=_texts(was["labels"]),
            hints=_texts(was["hints"]),
            options=tuple(
                Option(int(number), _texts(labels), str(name)[:100])
                for number, name, labels in was["options"]
            ),
            required=bool(was["required"]),
            only_if=(str(was["only_if"][0]), int(was["only_if"][1])) if was["only_if"] else (),
            dimension=str(was["dimension"])[:200],
            reverse=bool(was["reverse"]),
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return Line(key, "text")


def _texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {str(language)[:100]: clean(str(text))[:LONGEST] for language, text in said.items()}


# To the page ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """One question for the template. options: a choice on each line; waits: (value, words, chosen)."""

    line: Line
    number: int
    label: str
    hint: str
    options: str
    kinds: list[tuple[str, Any]]
    waits: list[tuple[str, str, bool]]
    carried: str
    wrong: Mapping[str, str]
    original: str  # what it says in the first language, while another one is written
    is_last: bool
    touched: bool


def lines_for(sketch: Sketch, wrong: Sequence[tuple[str, str]] = ()) -> list[Shown]:
    """The questions as the template writes them down."""
    said = dict(wrong)
    return [_shown(sketch, line, number, said) for number, line in enumerate(sketch.lines, 1)]


def _shown(sketch: Sketch, line: Line, number: int, wrong: Mapping[str, str]) -> Shown:
    speaks = sketch.speaks
    known = [(one, KINDS[one]) for one in ADDED if one != "yes_no"]
    if line.kind not in dict(known):
        known.append((line.kind, KINDS[line.kind]))
    conditions = sketch.conditions(line)
    waits = [
        (f"{key}:{option}", words, (key, option) == line.only_if)
        for (key, option), words in conditions.items()
    ]
    if line.only_if and line.only_if not in conditions:
        waits.append(
            (f"{line.only_if[0]}:{line.only_if[1]}", str(_("a choice that is not there before it")), True)
        )
    return Shown(
        line=line,
        number=number,
        label=line.labels.get(speaks, ""),
        hint=line.hints.get(speaks, ""),
        options="\n".join(one.labels.get(speaks, "") for one in line.options),
        kinds=known,
        waits=waits,
        carried=carried(line),
        wrong={
            part: wrong[f"{line.key}-{part}"].removeprefix(f"{number}. ")
            for part in ("label", "options", "if")
            if f"{line.key}-{part}" in wrong
        },
        original=sketch.says(line.labels) if speaks != sketch.first else "",
        is_last=number == len(sketch.lines),
        touched=line.key == sketch.touched,
    )


def removed_for(sketch: Sketch) -> dict[str, Any] | None:
    """The question that undo would bring back."""
    if sketch.removed is None:
        return None
    place, line = sketch.removed
    return {"place": str(place), "key": line.key, "carried": carried(line)}


def languages_for(sketch: Sketch) -> list[dict[str, Any]]:
    """The languages of the form and those that it could speak too."""
    offered = dict.fromkeys([*sketch.languages, *LANGUAGES.values()])
    return [
        {
            "name": name,
            "words": name.partition("(")[0].strip() or _("no language named"),
            "spoken": name in sketch.languages,
            "written": name == sketch.speaks,
            "lacks": _lacking(sketch, name) if name in sketch.languages else 0,
        }
        for name in offered
    ]


def _lacking(sketch: Sketch, language: str) -> int:
    """How many texts are still to be written in a language."""
    said = [line.labels for line in sketch.lines]
    said += [one.labels for line in sketch.lines if line.chooses for one in line.options]
    return sum(not texts.get(language, "").strip() for texts in said)
