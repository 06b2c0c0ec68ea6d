"""Scores of the scales of a form, and how far they can be relied on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.cache import cache

from tejido.instruments.models import Answer, Collection, Response, Scale
from tejido.instruments.scoring import Keyed, Scored, Table, ends_of, score, turned
from tejido_analytics.estimate import Estimate
from tejido_forms.definition import FormDefinition

if TYPE_CHECKING:
    import numpy as np

NUMBERS = frozenset({"int", "decimal"})
RESAMPLES = 200  # draws of people for the interval of ω
KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class ScaleResult:
    """One dimension of a scale. keyed: its items. ends: the lowest and highest score that there can be.

    table: answer -> path -> number, as it was answered.
    """

    scale: str
    dimension: str
    keyed: tuple[Keyed, ...]
    scored: Scored
    ends: tuple[float, float]
    table: Table = field(repr=False)

    @property
    def items(self) -> int:
        return len(self.keyed)

    @property
    def name(self) -> str:
        """What it is called among others of the form."""
        return f"{self.scale}: {self.dimension}" if self.dimension else self.scale


@dataclass(frozen=True, slots=True)
class Reliability:
    """Cronbach's α and McDonald's ω total; n of each is people who answered any item.

    item_rest: for each item in order, its correlation with the sum of the others; if_dropped: α without it, None where that
    cannot be said.
    """

    alpha: Estimate
    omega: Estimate
    item_rest: tuple[Estimate, ...] = ()
    if_dropped: tuple[float | None, ...] = ()


def scales_of(collection: Collection, form: FormDefinition) -> list[ScaleResult]:
    """Scores of every dimension of every scale of the instrument. Four queries."""
    scales = scales_in(collection)
    paths = paths_of(scales)
    return scored_in(scales, form, numbers_by_answer([collection], paths)[collection.pk] if paths else {})


def scales_in(collection: Collection) -> list[Scale]:
    """The scales of the collection's instrument with their items. Two queries."""
    return list(Scale.objects.filter(instrument=collection.version.instrument_id).prefetch_related("items"))


def paths_of(scales: Sequence[Scale]) -> set[str]:
    """Which questions they are made of."""
    return {item.path for scale in scales for item in scale.items.all()}


def scored_in(scales: Sequence[Scale], form: FormDefinition, table: Table) -> list[ScaleResult]:
    """Scores of every dimension of these scales. table: answer -> path -> number. No query."""
    found = []
    for scale in scales:
        for dimension, items in _dimensions(scale, form).items():
            ends = (min(one.low for one in items), max(one.high for one in items))
            scored = score(table, items, scale.least_share)
            found.append(ScaleResult(scale.name, dimension, tuple(items), scored, ends, table))
    return found


def reliability(of: ScaleResult, *, resamples: int = 0) -> Reliability:
    """How far the dimension can be relied on, by `tejido_analytics.scales`; what cannot be said says why.

    resamples: of the interval of ω, 0 for none (30 ms; each 200 of them take a second). No query.
    """
    from tejido_analytics.scales import OmegaOptions, cronbach, item_rest, omega  # slow to load

    answers = answers_of(of.table, of.keyed)
    alpha = cronbach(answers)
    total = omega(answers, OmegaOptions(resamples=resamples)).total
    dropped = tuple(alpha.detail.get("if_dropped", [None] * len(of.keyed)))
    return Reliability(alpha, total, item_rest(answers) if resamples else (), dropped)


def reliability_with_interval(of: ScaleResult) -> Reliability:
    """`reliability` with an interval for ω and the items one by one; kept for a day, as it takes seconds for long scales."""
    keys = [(one.path, one.reverse, one.low, one.high) for one in of.keyed]
    paths = {one.path for one in of.keyed}
    told = sorted(
        tuple(sorted((p, v) for p, v in given.items() if p in paths)) for given in of.table.values()
    )
    digest = hashlib.sha256(repr((RESAMPLES, keys, told)).encode()).hexdigest()
    found: Reliability | None = cache.get_or_set(
        f"instruments.reliability.{digest}", lambda: reliability(of, resamples=RESAMPLES), KEPT_SECONDS
    )
    assert found is not None
    return found


def answers_of(table: Table, items: Sequence[Keyed]) -> np.ndarray:
    """float[people, items], reverse items turned round, nan where an item was not answered within its ends."""
    import numpy as np

    rows = [[turned(one, given.get(one.path)) for one in items] for given in table.values()]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(items))


def numbers_by_answer(
    collections: Sequence[Collection], paths: set[str]
) -> dict[int, dict[str, dict[str, float]]]:
    """collection id -> answer -> path -> number, for every answer that counts. Two queries for however many collections."""
    responses = Response.objects.filter(collection__in=collections, state__in=Response.COUNTED)
    tables: dict[int, dict[str, dict[str, float]]] = {one.pk: {} for one in collections}
    given: dict[str, dict[str, float]] = {}
    for pk, collection in responses.values_list("pk", "collection_id"):
        assert collection is not None
        tables[collection][str(pk)] = given[str(pk)] = {}
    rows = Answer.objects.filter(response__in=responses, path__in=paths, number__isnull=False)
    for response, path, number in rows.values_list("response_id", "path", "number"):
        assert number is not None
        given[str(response)][path] = number
    return tables


Measured = list[tuple[str, str, Mapping[str, float]]]  # key, label, answer -> value


def measures_of(collection: Collection, form: FormDefinition, language: str, without: str = "") -> Measured:
    """(key, label, answer -> value) of everything that has a mean: dimensions of scales, then numbers. Four queries.

    key: the same in another collection of the instrument. without: path of a question that is left out.
    """
    return measures_of_both([(collection, form)], language, without)[0]


def measures_of_both(
    given: Sequence[tuple[Collection, FormDefinition]], language: str, without: str = ""
) -> list[Measured]:
    """`measures_of` for several collections of one instrument. Four queries for all of them."""
    scales = scales_in(given[0][0])
    asked = [
        [one for one in form.questions if one.path != without and (one.type in NUMBERS or ends_of(one))]
        for _collection, form in given
    ]
    paths = paths_of(scales) | {one.path for questions in asked for one in questions}
    tables = numbers_by_answer([one for one, _form in given], paths)
    found: list[Measured] = []
    for (collection, form), questions in zip(given, asked, strict=True):
        table = tables[collection.pk]
        measured: Measured = [
            (f"scale:{one.name}", one.name, one.scored.values) for one in scored_in(scales, form, table)
        ]
        for one in questions:
            values = {who: numbers[one.path] for who, numbers in table.items() if one.path in numbers}
            measured.append((one.path, one.label.bare(language) or one.name, values))
        found.append(measured)
    return found


def _dimensions(scale: Scale, form: FormDefinition) -> dict[str, list[Keyed]]:
    """dimension -> items that this version asks and whose choices are numbers."""
    found: dict[str, list[Keyed]] = {}
    for item in scale.items.all():
        node = form.by_path.get(item.path)
        ends = ends_of(node) if node else None
        if ends:
            found.setdefault(item.dimension, []).append(Keyed(item.path, item.reverse, *ends))
    return found
