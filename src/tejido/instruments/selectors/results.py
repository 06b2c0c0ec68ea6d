"""What the answers of a collection come to: rate, distributions, scales, groups. Small groups are hidden."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, QuerySet

from tejido.instruments.models import Answer, Collection, Response
from tejido.instruments.rosters import is_roster
from tejido.instruments.scoring import ends_of
from tejido.instruments.selectors.definitions import definition_of
from tejido.instruments.selectors.lists import audience_of, counted
from tejido.instruments.selectors.scales import NUMBERS, ScaleResult, scales_of
from tejido_analytics.privacy import SMALLEST_CELL, hide_small
from tejido_forms.definition import SELECTS, FormDefinition, Node

MOST_VALUES = 11  # of a number that are told one by one; more are put into ranges
RANGES = 8


@dataclass(frozen=True, slots=True)
class Rate:
    """came: answers that count. asked: people, None where nobody knows (a link). waiting: late or contradicting answers."""

    came: int
    asked: int | None
    waiting: int

    @property
    def share(self) -> float | None:
        return min(1.0, self.came / self.asked) if self.asked else None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a question. count: answers that hold it; None where it is hidden, and `because` says why."""

    value: str
    label: str
    count: int | None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and what came. kind: choice, number, people, text or other. n: answers that answered it.

    cells: of choices and numbers; of people how many answers name one, two … of them, never whom. mean: of numbers,
    and of choices whose values are numbers.
    """

    path: str
    label: str
    kind: str
    n: int
    many: bool = False
    cells: Sequence[Cell] = ()
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """hidden: there are answers, but too few to be shown without telling who gave them (anonymous ones only)."""

    rate: Rate
    hidden: bool
    questions: Sequence[Asked] = ()
    scales: Sequence[ScaleResult] = field(default_factory=list)


def rate_of(collection: Collection) -> Rate:
    """How many answered of those who are asked. Two queries."""
    states = Counter(dict(collection.responses.order_by().values_list("state").annotate(number=Count("pk"))))
    people = audience_of(collection)
    came = sum(states[state] for state in Response.COUNTED)
    if collection.many and not collection.anonymous:
        came = counted(collection).values("person").distinct().count()
    waiting = states[Response.State.LATE] + states[Response.State.CONFLICT]
    return Rate(came, None if people is None else people.count(), waiting)


def results_of(collection: Collection, language: str, *, suppress: bool) -> Results:
    """All of it, in one language of the form. suppress: hide choices of fewer than five answers. Seven queries at most."""
    rate = rate_of(collection)
    if collection.anonymous and 0 < rate.came < SMALLEST_CELL:
        return Results(rate, hidden=True)
    form = definition_of(collection.version)
    scales = scales_of(collection, form) if rate.came else []
    return Results(rate, False, questions_of(collection, form, language, suppress=suppress), scales)


def questions_of(
    collection: Collection, form: FormDefinition, language: str, *, suppress: bool
) -> list[Asked]:
    """Every question of the form with what came. Two queries."""
    answers = Answer.objects.filter(response__in=counted(collection))
    per_path = dict(answers.order_by().values_list("path").annotate(n=Count("response", distinct=True)))
    told: dict[str, Counter[str]] = defaultdict(Counter)
    closed = [node.path for node in form.questions if _kind(node) in {"choice", "number"}]
    rows = answers.filter(path__in=closed).order_by().values_list("path", "text")
    for path, text, number in rows.annotate(number=Count("response", distinct=True)):
        told[path][text] += number
    people = [node.path for node in form.questions if _kind(node) == "people"]
    for path, _one, number in _named(answers, people) if people else ():
        told[path][str(number)] += 1
    return [
        _asked(node, language, per_path.get(node.path, 0), told[node.path], suppress)
        for node in form.questions
    ]


def _named(answers: QuerySet[Answer], paths: Sequence[str]) -> QuerySet[Answer, tuple[str, UUID, int]]:
    """(path, response, how many people it names there)."""
    rows = answers.filter(path__in=paths).order_by().values_list("path", "response")
    return rows.annotate(number=Count("pk"))


def _kind(node: Node) -> str:
    if is_roster(node):
        return "people"
    if node.type in SELECTS or (node.choices and node.control != "range"):
        return "choice"
    if node.type in NUMBERS:
        return "number"
    return "text" if node.type == "string" and node.control == "input" else "other"


def _asked(node: Node, language: str, n: int, told: Counter[str], suppress: bool) -> Asked:
    kind, cells, mean = _kind(node), [], None
    if kind == "choice":
        labels = {choice.value: choice.label.bare(language) or choice.value for choice in node.choices}
        values = [*labels, *sorted(value for value in told if value not in labels)]
        cells = [Cell(value, labels.get(value, value), told[value]) for value in values]
        mean = _mean(told) if node.type == "select1" and ends_of(node) else None
    elif kind in {"number", "people"}:
        cells, mean = _number_cells(told), _mean(told)
    if suppress:
        cells = _hidden(cells)
        mean = mean if n >= SMALLEST_CELL else None
    many = node.type in {"select", "odk:rank"}
    return Asked(node.path, node.label.bare(language) or node.name, kind, n, many, cells, mean)


def _hidden(cells: Sequence[Cell]) -> list[Cell]:
    hidden = hide_small([cell.count or 0 for cell in cells])
    return [
        Cell(cell.value, cell.label, None, hidden[at]) if at in hidden else cell
        for at, cell in enumerate(cells)
    ]


def _numbers(told: Mapping[str, int]) -> list[tuple[float, int]]:
    found = []
    for text, count in told.items():
        try:
            value = float(text)
        except ValueError:
            continue  # flagged when it came; it is no number
        if math.isfinite(value):
            found.append((value, count))
    return sorted(found)


def _mean(told: Mapping[str, int]) -> float | None:
    known = _numbers(told)
    n = sum(count for _value, count in known)
    return math.fsum(value * count for value, count in known) / n if n else None


def _number_cells(told: Mapping[str, int]) -> list[Cell]:
    known = _numbers(told)
    if len(known) <= MOST_VALUES:
        return [Cell(f"{value:g}", f"{value:g}", count) for value, count in known]
    low, high = known[0][0], known[-1][0]
    width = (high - low) / RANGES
    counts = Counter(dict.fromkeys(range(RANGES), 0))
    for value, count in known:
        counts[min(RANGES - 1, int((value - low) / width))] += count
    edges = [low + width * at for at in range(RANGES + 1)]
    return [
        Cell(f"{edges[at]:g}", f"{edges[at]:.3g} – {edges[at + 1]:.3g}", counts[at]) for at in range(RANGES)
    ]
