"""Member networks of a network of networks side by side: what each shares now, and nothing else of it.

Values are those for readers who run nothing (small groups taken out), and a value that itself rests on fewer than five people, or
counts fewer than five, is not given to other networks at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.alliances.selectors import SharedNetwork, shared_with
from tejido.communities.models import Community
from tejido.insights.definitions import DEFINITIONS, Definition
from tejido.insights.models import IndicatorValue, Insight
from tejido.insights.selectors.cards import card
from tejido.insights.words import because
from tejido_analytics import reasons
from tejido_analytics.privacy import SMALLEST_CELL

PEOPLE = "active_members"
COUNTS_PEOPLE = frozenset({PEOPLE, "newcomers", "returners", "k_core"})
RESTS_ON_GATHERINGS = frozenset({"held"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One cell: a value as it is read, on what it rests and up to which day; or why there is none.

    number: the bare value, for files and charts; None where `because` says why.
    """

    because: str
    text: str = ""
    number: float | None = None
    n: int | None = None
    up_to: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One member network. name only; `link_to`: its pk where the reader may open its pages by a right of their own."""

    name: str
    link_to: int | None
    cells: Mapping[str, Seen]  # by indicator


@dataclass(frozen=True, slots=True)
class SideBySide:
    """indicators: those that at least one network shares, in the order in which they are read."""

    rows: list[Row]
    indicators: list[Definition]
    waiting: list[int]  # ids of networks whose numbers have to be computed (anew)


def side_by_side(upper: Community, actor: User) -> SideBySide:
    """What the member networks share with `upper` at this moment. Four queries for any number of them."""
    networks = shared_with(upper, actor)
    ids = [one.community.pk for one in networks if one.since]
    insights = {
        one.community_id: one for one in Insight.objects.filter(community_id__in=ids, is_rolling=True)
    }
    values = _values(insights.values(), {key for one in networks for key in one.since} | {PEOPLE})
    rows = [_row(one, insights.get(one.community.pk), values.get(one.community.pk, {})) for one in networks]
    shared = {key for one in networks for key in one.since}
    return SideBySide(
        rows,
        [one for key, one in DEFINITIONS.items() if key in shared],
        [pk for pk in ids if pk not in insights or insights[pk].stale_since is not None],
    )


def preview_of(member: Community) -> dict[str, Seen]:
    """What another network would read of each indicator of this community now. Two queries."""
    insight = Insight.objects.filter(community=member, is_rolling=True).first()
    if insight is None:
        return {key: Seen(because=_("This has not been computed yet.")) for key in DEFINITIONS}
    values = _values([insight], DEFINITIONS.keys())[member.pk]
    return {key: _seen(one, insight, values) for key, one in DEFINITIONS.items()}


def _values(insights: Iterable[Insight], indicators: Iterable[str]) -> dict[int, dict[str, IndicatorValue]]:
    """Community id -> indicator -> value, in the edition without small groups. One query."""
    of = {one.pk: one.community_id for one in insights}
    found: dict[int, dict[str, IndicatorValue]] = {community: {} for community in of.values()}
    rows = IndicatorValue.objects.filter(insight_id__in=of, is_uncut=False, indicator__in=list(indicators))
    for row in rows.defer("detail"):
        found[of[row.insight_id]][row.indicator] = row
    return found


def _row(one: SharedNetwork, insight: Insight | None, values: Mapping[str, IndicatorValue]) -> Row:
    cells = {}
    for key in one.since:
        if key not in DEFINITIONS:
            continue
        if insight is None:
            cells[key] = Seen(because=_("This has not been computed yet."))
        else:
            cells[key] = _seen(DEFINITIONS[key], insight, values)
    return Row(one.community.name, one.community.pk if one.seen else None, cells)


def _seen(definition: Definition, insight: Insight, values: Mapping[str, IndicatorValue]) -> Seen:
    value = values.get(definition.id)
    if value is not None and value.value is not None and _is_small(definition.id, value, values.get(PEOPLE)):
        return Seen(because=because(reasons.SUPPRESSED), up_to=insight.ends_on)
    shown = card(definition, value)
    if value is None or shown.value is None:
        return Seen(because=shown.because, up_to=insight.ends_on)
    text = f"{shown.value} {shown.unit}".strip()
    return Seen("", text, value.value, value.n, insight.ends_on)


def _is_small(key: str, value: IndicatorValue, people: IndicatorValue | None) -> bool:
    """Whether it would tell of fewer than five people: of the network, of the value, or of what it counts."""
    counted: Sequence[float] = [
        people.value if people is not None and people.value is not None else 0,
        0 if key in RESTS_ON_GATHERINGS else value.n,
        value.value or 0 if key in COUNTS_PEOPLE else 0,
    ]
    return any(0 < number < SMALLEST_CELL for number in counted)
