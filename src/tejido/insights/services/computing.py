"""Computing an insight: read, compute, write. Only the writing holds the database."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.foundation.policies import require
from tejido.insights import periods
from tejido.insights.models import IndicatorValue, Insight, Owed, Position, TieNetwork
from tejido.insights.selectors.reading import EDITION, own_periods, rolling_period
from tejido.insights.selectors.tables import tables_for
from tejido.insights.services.attention import Now, refresh_attention
from tejido_analytics.activity import Activity
from tejido_analytics.network.layout import layout
from tejido_analytics.network.ties import Network
from tejido_analytics.network.woven import MET, Woven
from tejido_analytics.options import Options
from tejido_analytics.panorama import Indicator, Panorama, panorama
from tejido_analytics.tables import Period, Person, Tables

KEPT = 12  # insights of any two dates that are kept per community


@dataclasses.dataclass(frozen=True, slots=True)
class _Work:
    """What was computed, and when and from what."""

    period: Period
    is_rolling: bool
    started: Any
    milliseconds: int
    tables: Tables
    uncut: Panorama
    cut: Panorama
    told: Network | None
    places: Mapping[str, tuple[float, float]]


def compute_insight(community: Community, period: Period, *, actor: User) -> Insight:
    """Compute and store the insight of a community and period; replaces the one there is.

    Reads and computes outside of any transaction (SQLite's one writer stays free), then writes in one. What happens
    meanwhile leaves the insight marked as stale. The insight of the last twelve months also refreshes attention.
    Raises NotAllowed.
    """
    require(actor, "insights.see", community)
    today = community.today
    started, clock = timezone.now(), time.perf_counter()
    tables = tables_for(community)
    options = Options(
        periods=tuple(own_periods(community)),
        as_of=today,
        suppress=False,
        positions=_positions(community),
    )
    earlier = periods.before(period, options.periods)
    uncut = panorama(tables, period, earlier, options)
    for_all = dataclasses.replace(options, suppress=True, layout=False, permutations=0)
    cut = panorama(tables, period, earlier, for_all)
    told = _told_network(tables, period, options) if MET in uncut.kinds else None
    places = _places(uncut, told, options)
    milliseconds = round(1000 * (time.perf_counter() - clock))
    rolling = period == rolling_period(community)
    return _store(community, _Work(period, rolling, started, milliseconds, tables, uncut, cut, told, places))


def compute_last_twelve_months(community: Community, *, actor: User) -> Insight:
    """`compute_insight` of the rolling period: the twelve months up to today, or up to when it met last."""
    return compute_insight(community, rolling_period(community), actor=actor)


def _positions(community: Community) -> dict[str, tuple[float, float]]:
    rows = Position.objects.filter(community=community).values_list("person_id", "x", "y")
    return {str(person): (x, y) for person, x, y in rows}


@transaction.atomic
def _store(community: Community, work: _Work) -> Insight:
    Community.objects.select_for_update().get(pk=community.pk)  # two who compute the same wait for each other
    same = Insight.objects.filter(
        community=community, starts_on=work.period.start, ends_on=work.period.end
    ).first()
    late = same.stale_since if same and same.stale_since and same.stale_since > work.started else None
    outdated = Q(starts_on=work.period.start, ends_on=work.period.end)
    if work.is_rolling:
        outdated |= Q(is_rolling=True)
        owed = Owed.objects.filter(community=community)
        late = owed.filter(since__gt=work.started).values_list("since", flat=True).first() or late
        owed.filter(since__lte=work.started).delete()
    Insight.objects.filter(outdated, community=community).delete()
    insight = Insight.objects.create(
        community=community,
        starts_on=work.period.start,
        ends_on=work.period.end,
        previous_starts_on=work.uncut.previous.start,
        previous_ends_on=work.uncut.previous.end,
        is_rolling=work.is_rolling,
        computed_at=work.started,
        milliseconds=work.milliseconds,
        people=len(work.tables.people),
        gatherings=len(work.tables.gatherings),
        ties=len(work.tables.ties),
        stale_since=late,
        edition=EDITION,
    )
    IndicatorValue.objects.bulk_create(_values(insight, work))
    people, ties = _told(work)
    network = TieNetwork(insight=insight, people=_people(work), ties=_ties(work.uncut))
    network.told_people, network.told_ties = people, ties
    network.save(force_insert=True)
    _keep_positions(community, work.uncut)
    if work.is_rolling:
        refresh_attention(insight, Now.of(work.tables, work.uncut))
    _forget_old(community)
    return insight


def _values(insight: Insight, work: _Work) -> Iterator[IndicatorValue]:
    for is_uncut, seen in ((True, work.uncut), (False, work.cut)):
        for one in seen.indicators.values():
            detail = dict(one.detail)
            if "p" in detail:  # of the permutation test, which ran once
                detail["p"] = work.uncut.indicators[one.id].detail["p"]
            yield _value(insight, one, is_uncut=is_uncut, detail=detail)


def _value(insight: Insight, one: Indicator, *, is_uncut: bool, detail: Mapping[str, Any]) -> IndicatorValue:
    return IndicatorValue(
        insight=insight,
        indicator=one.id,
        is_uncut=is_uncut,
        family=one.family,
        value=one.value,
        unit=one.unit,
        n=one.n,
        because=one.because,
        previous=one.previous,
        previous_because=one.previous_because,
        numerator=one.numerator,
        denominator=one.denominator,
        missing=dict(one.missing),
        detail=as_json(detail),
    )


def as_json(thing: Any) -> Any:
    """The library's plain data as JSON has it: days as ISO dates, tuples and sets as lists, keys as text.

    >>> as_json({1: (date(2024, 5, 2), None)})
    {'1': ['2024-05-02', None]}
    """
    if isinstance(thing, Mapping):
        return {str(key): as_json(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [as_json(value) for value in thing]
    return thing.isoformat() if isinstance(thing, date) else thing


def _people(work: _Work) -> list[list[Any]]:
    known = {person.id: person for person in work.tables.people}
    return [
        [
            int(node.id),
            round(node.x, 4),
            round(node.y, 4),
            round(node.strength, 4),
            node.group,
            *_about(known[node.id]),
        ]
        for node in work.uncut.nodes
    ]


def _told_network(tables: Tables, period: Period, options: Options) -> Network | None:
    """Who is tied by what people told of or somebody wrote down, whoever met whom; None where there is nothing of it."""
    kinds = tuple(sorted({tie.kind for tie in tables.ties}))
    if not kinds:
        return None
    network = Woven(Activity(tables), period, dataclasses.replace(options, kinds=kinds)).network
    tied = [person for person, ties in zip(network.people, network.degree.tolist(), strict=True) if ties]
    return network.among(set(tied)) if tied else None


def _places(seen: Panorama, told: Network | None, options: Options) -> dict[str, tuple[float, float]]:
    """Where people stand in the drawing of what was told: begun where they stand among those who met."""
    if told is None:
        return {}
    start = {node.id: (node.x, node.y) for node in seen.nodes}
    found = layout(told, seed=options.seed, start=start).tolist()
    return {person: (x, y) for person, (x, y) in zip(told.people, found, strict=True)}


def _told(work: _Work) -> tuple[list[list[Any]], list[list[Any]]]:
    """People and ties of what was told, as `TieNetwork` holds them."""
    told = work.told
    if told is None:
        return [], []
    known = {person.id: person for person in work.tables.people}
    people = [
        [
            int(pk),
            round(work.places[pk][0], 4),
            round(work.places[pk][1], 4),
            round(strength, 4),
            None,
            *_about(known[pk]),
        ]
        for pk, strength in zip(told.people, told.strength.tolist(), strict=True)
    ]
    place = told.number
    ties = []
    for row in told.rows():
        a, b = sorted((place[row["source"]], place[row["target"]]))
        day = row["last"].isoformat() if row["last"] else ""
        ties.append([a, b, round(row["weight"], 6), row["count"], day, []])
    return people, sorted(ties, key=lambda tie: (-tie[2], tie[0], tie[1]))


def _about(person: Person) -> list[Any]:
    return [_number(person.district), _number(person.school), person.sector, person.subject]


def _number(text: str) -> int | None:
    return int(text) if text else None


def _ties(seen: Panorama) -> list[list[Any]]:
    """Ties with the gatherings that both attended in one group, the strongest first. O(Σ|e|²) over encounters."""
    place = seen.network.number
    shared: dict[tuple[int, int], dict[int, None]] = {}
    for group in seen.encounters.groups:
        here = sorted(place[person] for person in group.people if person in place)
        for at, a in enumerate(here):
            for b in here[at + 1 :]:
                shared.setdefault((a, b), {})[int(group.gathering)] = None
    ties = []
    for row in seen.network.rows():
        a, b = sorted((place[row["source"]], place[row["target"]]))
        day = row["last"].isoformat() if row["last"] else ""
        ties.append([a, b, round(row["weight"], 6), row["count"], day, list(shared.get((a, b), ()))])
    return sorted(ties, key=lambda tie: (-tie[2], tie[0], tie[1]))


def _keep_positions(community: Community, seen: Panorama) -> None:
    Position.objects.bulk_create(
        [Position(community=community, person_id=int(node.id), x=node.x, y=node.y) for node in seen.nodes],
        update_conflicts=True,
        unique_fields=["community", "person"],
        update_fields=["x", "y"],
        batch_size=500,
    )


def _forget_old(community: Community) -> None:
    """Keep the rolling insight, those of the community's own periods, and the newest of any two dates."""
    own = {(period.start, period.end) for period in own_periods(community)}
    rows = Insight.objects.filter(community=community, is_rolling=False).order_by("-computed_at", "-pk")
    loose = [pk for pk, *days in rows.values_list("pk", "starts_on", "ends_on") if tuple(days) not in own]
    Insight.objects.filter(pk__in=loose[KEPT:]).delete()
