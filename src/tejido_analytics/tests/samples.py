"""Small true things for tests: days, gatherings, networks, and the same network for networkx."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

import networkx as nx

from tejido_analytics.activity import Activity
from tejido_analytics.network.ties import Network
from tejido_analytics.tables import Attendance, Gathering, Period, Person, Tables

YEAR = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
YEAR_BEFORE = Period(dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def day(month: int, number: int = 1, year: int = 2024) -> dt.date:
    return dt.date(year, month, number)


def came(**gatherings: tuple[dt.date, str]) -> Tables:
    """Tables from `g1=(day, "ana eva")`: who came to which gathering, nothing else recorded."""
    return Tables(
        gatherings=[Gathering(key, when) for key, (when, _who) in gatherings.items()],
        attendance=[
            Attendance(person, key) for key, (_when, who) in gatherings.items() for person in who.split()
        ],
    )


def activity(tables: Tables) -> Activity:
    return Activity(tables)


def people(*names: str, **fields: object) -> list[Person]:
    return [Person(name, **fields) for name in names]  # type: ignore[arg-type]


def crowd(size: int, prefix: str = "p") -> str:
    """Names of `size` people, as `came` wants them."""
    return " ".join(f"{prefix}{number:03}" for number in range(size))


def from_networkx(graph: nx.Graph, weight: str | None = None) -> Network:
    """The same network; nodes become zero-padded strings so that both sort alike."""
    return Network.of(
        {
            (name(a), name(b)): float(data.get(weight, 1.0)) if weight else 1.0
            for a, b, data in graph.edges(data=True)
        },
        people=[name(node) for node in graph],
    )


def name(node: object) -> str:
    return f"{node:04}" if isinstance(node, int) else str(node)


def to_networkx(network: Network) -> nx.Graph:
    """With `weight`, and `length` = 1/weight as an exact fraction, so that equal paths are equal."""
    graph = nx.Graph()
    graph.add_nodes_from(network.people)
    for row in network.rows():
        exact = Fraction(row["weight"]).limit_denominator(10**6)
        graph.add_edge(row["source"], row["target"], weight=row["weight"], length=1 / exact)
    return graph


def shuffled(tables: Tables, order: Iterable[int]) -> Tables:
    """The same rows in another order, each table turned by the same numbers."""
    import dataclasses
    import random

    generator = random.Random(str(list(order)))
    turned = {}
    for field in dataclasses.fields(tables):
        value = getattr(tables, field.name)
        turned[field.name] = value if isinstance(value, bool) else generator.sample(list(value), len(value))
    return Tables(**turned)
