"""What `tejido analyse` writes beside the report: indicators, ties, the network, and their description."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.foundation.tables.formulas import safe_cell
from tejido.reports.folder import FIELDS, Reading
from tejido_analytics.panorama import Indicator, Panorama
from tejido_analytics.tables import Period

TIES = ("source", "target", "kind", "weight", "encounters", "first", "last")


def indicators(seen: Panorama, notes: list[str]) -> dict[str, Any]:
    """The content of indicators.json: every indicator by id, with a value or the reason why there is none."""
    signals = [
        {
            "code": s.code,
            "kind": s.kind,
            "subject": s.subject,
            "since": s.since,
            "evidence": dict(s.evidence),
        }
        for s in seen.signals
    ]
    return indicators_of(seen.period, seen.previous, seen.indicators, notes) | {"signals": signals}


def indicators_of(
    period: Period, previous: Period, found: Mapping[str, Indicator], notes: list[str]
) -> dict[str, Any]:
    """The same of some indicators, without signals."""
    return {
        "period": {"start": period.start, "end": period.end},
        "previous_period": {"start": previous.start, "end": previous.end},
        "indicators": {
            name: {
                "value": one.value,
                "unit": one.unit,
                "n": one.n,
                "because": one.because,
                "previous": one.previous,
                "family": one.family,
                "numerator": one.numerator,
                "denominator": one.denominator,
                "missing": dict(one.missing),
                "detail": one.detail,
            }
            for name, one in found.items()
        },
        "notes": notes,
    }


def cannot_write(folder: Path, error: OSError) -> Refusal:
    return Refusal(
        "cannot_write",
        _("Nothing can be written to %(folder)s: %(why)s. Name another folder with --out.")
        % {"folder": folder, "why": error.strerror},
    )


def _plain(value: Any) -> Any:
    """What json cannot write by itself."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset | tuple):
        return sorted(value) if isinstance(value, set | frozenset) else list(value)
    if hasattr(value, "item"):  # a number of numpy
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, default=_plain, allow_nan=False) + "\n"


def ties_rows(seen: Panorama) -> list[tuple[str, str, str, float, int, str, str]]:
    """Standing ties, the strongest first: source, target, kind, weight, encounters, first and last day."""
    network = seen.network
    rows = []
    kind = "+".join(seen.kinds)
    for index in range(network.ties):
        first, last = network.first[index], network.last[index]
        rows.append(
            (
                network.people[network.a[index]],
                network.people[network.b[index]],
                kind,
                float(network.weight[index]),
                int(network.count[index]),
                "" if np.isnat(first) else str(first),
                "" if np.isnat(last) else str(last),
            )
        )
    return sorted(rows, key=lambda row: (-row[3], row[0], row[1]))


def write_ties(seen: Panorama, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(TIES)
        writer.writerows([safe_cell(row[0]), safe_cell(row[1]), *row[2:]] for row in ties_rows(seen))


def write_graphml(seen: Panorama, reading: Reading, path: Path) -> None:
    """The network for Gephi, Cytoscape, R or Python: people with what is known of them, ties with their weight."""
    import igraph  # see network.ties

    graph = igraph.Graph()
    known = {person.id: person for person in reading.tables.people}
    for node in seen.nodes:
        person = known.get(node.id)
        graph.add_vertex(
            name=node.id,
            school=person.school if person else "",
            district=person.district if person else "",
            sector=person.sector if person else "",
            subject=person.subject if person else "",
            role=person.role if person else "",
            x=node.x,
            y=node.y,
            degree=node.degree,
            strength=node.strength,
            group=-1 if node.group is None else node.group,
            core=node.core,
            betweenness=node.betweenness,
        )
    rows = ties_rows(seen)
    graph.add_edges([(row[0], row[1]) for row in rows])
    graph.es["weight"] = [row[3] for row in rows]
    graph.es["encounters"] = [row[4] for row in rows]
    graph.write_graphml(str(path))


TIES_DESCRIBED = {
    "source": ("string", "an id of people"),
    "target": ("string", "an id of people"),
    "kind": ("string", "met, or the kinds of ties.csv"),
    "weight": ("number", "Newman's weight with a half-life of 365 days; for other kinds the summed weight"),
    "encounters": ("integer", "how often the two met"),
    "first": ("date", "the first time"),
    "last": ("date", "the last time"),
}


def data_package(reading: Reading) -> dict[str, Any]:
    """A Frictionless data package: the tables that were read and the ones that were written, column by column."""
    ties = [
        {"name": name, "type": kind, "description": text} for name, (kind, text) in TIES_DESCRIBED.items()
    ]
    return {
        "profile": "data-package",
        "name": "tejido-analysis",
        "title": "Analysis of a network by tejido analyse",
        "resources": [
            {
                "name": "ties",
                "path": "ties.csv",
                "profile": "tabular-data-resource",
                "schema": {"fields": ties},
            },
            {"name": "indicators", "path": "indicators.json", "format": "json"},
            {"name": "network", "path": "network.graphml", "format": "graphml"},
            *(_read_table(kind, file) for kind, file in sorted(reading.files.items())),
        ],
    }


def _read_table(kind: str, file: str) -> dict[str, Any]:
    """A table that was read: described, and not copied."""
    fields = [
        {"name": name, "type": one.kind, "description": one.holds, "constraints": {"required": one.needed}}
        for name, one in FIELDS[kind].items()
    ]
    described = f"Read from {file}; not copied here."
    return {"name": f"input-{kind}", "description": described, "data": [], "schema": {"fields": fields}}
