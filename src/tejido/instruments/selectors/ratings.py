"""How exit tickets were answered on their scales, for however many collections at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tejido.instruments.models import Answer, Collection, Response, ScaleItem, Version
from tejido.instruments.scoring import Keyed, ends_of, turned
from tejido.instruments.selectors.definitions import definition_of
from tejido_analytics.privacy import SMALLEST_CELL

ENDS = (1.0, 5.0)


@dataclass(frozen=True, slots=True)
class Rated:
    """answers: of so many. ratings: path of a question with a scale from 1 to 5 -> answer -> how often it was given."""

    answers: int
    ratings: Mapping[str, Mapping[float, int]]


def one_of_each() -> Q:
    """Of the answers that count only the newest of each person; of those without a person every one. A `Q` on Response."""
    of_the_same = Response.objects.filter(
        collection=OuterRef("collection"), person=OuterRef("person"), state__in=Response.COUNTED
    )
    came_later = Q(received_at__gt=OuterRef("received_at"))
    together = Q(received_at=OuterRef("received_at"), pk__gt=OuterRef("pk"))
    return Q(state__in=Response.COUNTED) & ~Q(Exists(of_the_same.filter(came_later | together)))


def ratings_of(collections: QuerySet[Collection]) -> dict[int, Rated]:
    """Collection -> what came; those that were withdrawn are left out. Six queries for any number.

    Questions that mean the opposite are turned round, what lies outside of the scale is left out. Of anonymous answers below
    five there is only the number.
    """
    given = {
        pk: (version, anonymous)
        for pk, version, anonymous in collections.exclude(state=Collection.State.WITHDRAWN).values_list(
            "pk", "version_id", "anonymous"
        )
    }
    if not given:
        return {}
    counting = Response.objects.filter(one_of_each(), collection__in=collections)
    numbers = counting.order_by().values_list("collection").annotate(n=Count("pk"))
    came = {pk: n for pk, n in numbers if pk in given}
    told = {
        pk
        for pk, (_version, anonymous) in given.items()
        if came.get(pk, 0) >= (SMALLEST_CELL if anonymous else 1)
    }
    items = _items(Version.objects.filter(collections__in=collections))
    ratings = _ratings(counting, {pk: items[given[pk][0]] for pk in told})
    return {pk: Rated(came.get(pk, 0), ratings[pk]) for pk in given}


def _items(versions: QuerySet[Version]) -> dict[int, dict[str, Keyed]]:
    """Version -> path -> a question that is answered once, from 1 to 5. Three queries."""
    found = list(versions.distinct().defer("source").prefetch_related("files"))
    turning = ScaleItem.objects.filter(scale__instrument__versions__in=versions, reverse=True)
    turns = set(turning.values_list("scale__instrument_id", "path").distinct())
    return {
        one.pk: {
            node.path: Keyed(node.path, (one.instrument_id, node.path) in turns, *ENDS)
            for node in definition_of(one).questions
            if node.type != "select" and ends_of(node) == ENDS
        }
        for one in found
    }


def _ratings(
    counting: QuerySet[Response], items: Mapping[int, Mapping[str, Keyed]]
) -> Mapping[int, Mapping[str, Mapping[float, int]]]:
    """Collection -> path -> answer -> how often. One query."""
    paths = {path for of_one in items.values() for path in of_one}
    found: dict[int, dict[str, dict[float, int]]] = defaultdict(dict)
    rows = Answer.objects.filter(response__in=counting, path__in=paths, repeat="", number__isnull=False)
    for pk, path, number, times in (
        rows.order_by().values_list("response__collection", "path", "number").annotate(n=Count("pk"))
    ):
        item = items[pk].get(path) if pk in items else None
        value = None if item is None else turned(item, number)
        if value is not None and ENDS[0] <= value <= ENDS[1]:
            found[pk].setdefault(path, {})[value] = times
    return found
