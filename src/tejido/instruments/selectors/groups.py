"""Groups beside each other. Groups of fewer than five are hidden, with what would give them away."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from tejido.instruments.models import Answer, Collection
from tejido.instruments.scoring import ends_of
from tejido.instruments.selectors.definitions import definition_of
from tejido.instruments.selectors.lists import counted
from tejido.instruments.selectors.results import NUMBERS
from tejido.instruments.selectors.scales import numbers_by_answer, scales_of
from tejido_analytics.privacy import protect
from tejido_forms.definition import FormDefinition


def groupings_of(form: FormDefinition, language: str) -> list[tuple[str, str]]:
    """(path, label) of questions by which answers can be compared: one choice of a few."""
    return [
        (node.path, node.label.plain(language) or node.name)
        for node in form.questions
        if node.type == "select1" and 2 <= len(node.choices) <= 12
    ]


def compare(collection: Collection, by: str, language: str) -> list[dict[str, Any]]:
    """Means of numbers and of scales in each group of the question `by`; groups of fewer than five are always hidden.

    [{"label", "cells": [{"key", "people", "value", "because"}]}], cells in the order of the choices. Five queries.
    """
    form = definition_of(collection.version)
    node = form.by_path[by]
    groups = {choice.value: choice.label.plain(language) or choice.value for choice in node.choices}
    rows = Answer.objects.filter(response__in=counted(collection), path=by)
    group_of = {str(pk): text for pk, text in rows.values_list("response_id", "text")}
    measures: list[tuple[str, Mapping[str, float]]] = [
        (f"{one.scale}: {one.dimension}" if one.dimension else one.scale, one.scored.values)
        for one in scales_of(collection, form)
    ]
    asked = [one for one in form.questions if one.path != by and (one.type in NUMBERS or ends_of(one))]
    table = numbers_by_answer(collection, {one.path for one in asked})
    for one in asked:
        values = {who: given[one.path] for who, given in table.items() if one.path in given}
        measures.append((one.label.plain(language) or one.name, values))
    return [{"label": label, "cells": _group_cells(values, group_of, groups)} for label, values in measures]


def _group_cells(
    values: Mapping[str, float], group_of: Mapping[str, str], groups: Mapping[str, str]
) -> list[dict[str, Any]]:
    by_group: dict[str, list[float]] = {value: [] for value in groups}
    for who, number in values.items():
        if group_of.get(who) in by_group:
            by_group[group_of[who]].append(number)
    cells = [
        {
            "key": groups[value],
            "people": len(found),
            "value": math.fsum(found) / len(found) if found else None,
        }
        for value, found in by_group.items()
    ]
    return protect(cells, suppress=True)
