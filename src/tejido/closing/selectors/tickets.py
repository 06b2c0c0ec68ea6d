"""What the exit ticket of a gathering came to: as much of it as the rules of forms let each reader see."""

from __future__ import annotations

from dataclasses import dataclass

from tejido.gatherings.models import FormGiven
from tejido.instruments.models import Answer, Collection
from tejido.instruments.selectors import counted, definition_of, questions_of
from tejido_analytics.privacy import SMALLEST_CELL

FEW = 3


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean of a question with a scale, from `least` to `most`. n: answers."""

    label: str
    mean: float
    least: float
    most: float
    n: int


@dataclass(frozen=True, slots=True)
class Said:
    """A few open answers to one question, without names, in an order that says nothing."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ticket:
    """came: answers of so many who attended. hidden: too few answered without names to show anything."""

    collection: Collection
    came: int
    attended: int
    hidden: bool = False
    means: tuple[Mean, ...] = ()
    said: tuple[Said, ...] = ()


def ticket_of(given: FormGiven, attended: int, language: str, *, reads: bool) -> Ticket:
    """The summary. Four queries at most.

    given: with `.came`. reads: the reader may read single answers (`instruments.read_answers`); others get no open answers,
    and no mean of fewer than five.
    """
    collection, came = given.collection, int(getattr(given, "came", 0))
    hidden = came < SMALLEST_CELL and (collection.anonymous or not reads)
    if hidden or not came:
        return Ticket(collection, came, attended, hidden=hidden and came > 0)
    form = definition_of(collection.version)
    questions = questions_of(collection, form, language, suppress=not reads)
    means = tuple(
        Mean(one.label, one.mean, min(ends), max(ends), one.n)
        for one in questions
        if one.kind == "choice" and one.mean is not None
        for ends in [[float(cell.value) for cell in one.cells if _is_number(cell.value)]]
        if len(ends) > 1
    )
    texts = {one.path: one.label for one in questions if one.kind == "text" and one.n} if reads else {}
    return Ticket(collection, came, attended, means=means, said=_said(collection, texts))


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def _said(collection: Collection, labels: dict[str, str]) -> tuple[Said, ...]:
    if not labels:
        return ()
    rows = Answer.objects.filter(response__in=counted(collection), path__in=labels).order_by("response_id")
    texts: dict[str, list[str]] = {path: [] for path in labels}
    for path, text in rows.values_list("path", "text"):
        if text.strip() and len(texts[path]) < FEW:
            texts[path].append(text.strip())
    return tuple(Said(labels[path], tuple(found)) for path, found in texts.items() if found)
