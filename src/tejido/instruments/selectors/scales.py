"""Scores of the scales of a form."""

from __future__ import annotations

from dataclasses import dataclass

from tejido.instruments.models import Answer, Collection, Scale
from tejido.instruments.scoring import Keyed, Scored, ends_of, score
from tejido.instruments.selectors.lists import counted
from tejido_forms.definition import FormDefinition


@dataclass(frozen=True, slots=True)
class ScaleResult:
    """One dimension of a scale. ends: the lowest and highest score that there can be."""

    scale: str
    dimension: str
    items: int
    scored: Scored
    ends: tuple[float, float]


def scales_of(collection: Collection, form: FormDefinition) -> list[ScaleResult]:
    """Scores of every dimension of every scale of the instrument. Three queries."""
    scales = list(Scale.objects.filter(instrument=collection.version.instrument_id).prefetch_related("items"))
    paths = {item.path for scale in scales for item in scale.items.all()}
    table = numbers_by_answer(collection, paths) if paths else {}
    found = []
    for scale in scales:
        for dimension, items in _dimensions(scale, form).items():
            ends = (min(one.low for one in items), max(one.high for one in items))
            found.append(
                ScaleResult(scale.name, dimension, len(items), score(table, items, scale.least_share), ends)
            )
    return found


def numbers_by_answer(collection: Collection, paths: set[str]) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {
        str(pk): {} for pk in counted(collection).values_list("pk", flat=True)
    }
    rows = Answer.objects.filter(response__in=counted(collection), path__in=paths, number__isnull=False)
    for response, path, number in rows.values_list("response_id", "path", "number"):
        assert number is not None
        table[str(response)][path] = number
    return table


def _dimensions(scale: Scale, form: FormDefinition) -> dict[str, list[Keyed]]:
    """dimension -> items that this version asks and whose choices are numbers."""
    found: dict[str, list[Keyed]] = {}
    for item in scale.items.all():
        node = form.by_path.get(item.path)
        ends = ends_of(node) if node else None
        if ends:
            found.setdefault(item.dimension, []).append(Keyed(item.path, item.reverse, *ends))
    return found
