"""The names behind what is stored of an indicator, and the shapes in which details are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.utils.translation import get_language, ngettext

from tejido.accounts.models import User
from tejido.directory.models import Organisation, School, Territory, Topic
from tejido.gatherings.models import Gathering
from tejido.gatherings.policies import visible_to
from tejido.insights.models import IndicatorValue
from tejido.insights.selectors.weave import Weave

LISTED = 20  # names in a list; beyond, how many more


SCHOOL_LISTS = {
    "leaders_engaged": "without",
    "depth": "on_one_member",
    "school_retention": "lost",
    "survives_departure": "ended",
    "school_survival": "ended",
}


GATHERING_LISTS = {
    "time_mix": "by_gathering",
    "voices": "by_gathering",
    "exit_response": "by_gathering",
    "usefulness": "points",
    "member_led": "by_gathering",
}


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table."""

    caption: str
    headers: list[str]
    rows: list[list[str]]
    urls: Sequence[str] = ()  # where the first cell of each row leads; "" or missing: nowhere

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        """Each row with the address of its first cell."""
        return [(self.urls[at] if at < len(self.urls) else "", row) for at, row in enumerate(self.rows)]


@dataclass(slots=True)
class Details:
    """Sentences, then tables. Empty where there is nothing more to say."""

    lines: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lines or self.grids)


@dataclass(frozen=True, slots=True)
class Called:
    """Names of what the stored details only number: people as this reader may read them, places, topics."""

    people: Mapping[int, str]
    schools: Mapping[int, str]
    territories: Mapping[int, str]
    topics: Mapping[str, str]
    gatherings: Mapping[int, str] = field(default_factory=dict)  # those that this reader may see
    organisations: Mapping[int, str] = field(default_factory=dict)

    def listed(self, names: Iterable[str], count: int) -> str:
        """Names one after the other, at most LISTED, and how many more there are."""
        shown = sorted(names)[:LISTED]
        rest = count - len(shown)
        more = [ngettext("%(n)d more", "%(n)d more", rest) % {"n": rest}] if rest > 0 else []
        return ", ".join([*shown, *more])

    def person_list(self, ids: Iterable[str]) -> str:
        known = [int(pk) for pk in ids]
        return self.listed((self.people[pk] for pk in known if pk in self.people), len(known))

    def school_list(self, ids: Iterable[str]) -> str:
        known = [int(pk) for pk in ids]
        return self.listed((self.schools[pk] for pk in known if pk in self.schools), len(known))


def called_in(values: Mapping[str, IndicatorValue], weave: Weave, actor: User) -> Called:
    """Every name that the details and the drawing need, of gatherings those that `actor` may see. At most three queries."""
    schools: set[int] = {knot.school for knot in weave.knots.values() if knot.school}
    territories: set[int] = {knot.district for knot in weave.knots.values() if knot.district}
    for name, key in SCHOOL_LISTS.items():
        schools |= {int(pk) for pk in values[name].detail.get(key, [])} if name in values else set()
    for cell in (
        values["equity"].detail.get("attributes", {}).get("district", []) if "equity" in values else []
    ):
        territories.add(int(cell["key"]))
    gaps = values["skills_cover"].detail.get("gaps", []) if "skills_cover" in values else []
    helped = values["partners"].detail.get("organisations", []) if "partners" in values else []
    names = _names(schools, territories, {int(row["organisation"]) for row in helped})
    return Called(
        weave.names,
        names["school"],
        names["territory"],
        _topics({gap["skill"] for gap in gaps}),
        _gatherings(values, actor),
        names["organisation"],
    )


def _names(schools: set[int], territories: set[int], organisations: set[int]) -> dict[str, dict[int, str]]:
    """Names of three kinds of places in one query; none where nothing is asked."""
    asked: list[tuple[str, set[int], QuerySet[Any]]] = [
        ("school", schools, School.every.all()),
        ("territory", territories, Territory.objects.all()),
        ("organisation", organisations, Organisation.objects.all()),
    ]
    parts = [
        rows.filter(pk__in=wanted)
        .order_by()
        .annotate(what=Value(what, CharField()))
        .values_list("what", "pk", "name")
        for what, wanted, rows in asked
        if wanted
    ]
    found: dict[str, dict[int, str]] = {what: {} for what, _wanted, _rows in asked}
    for what, pk, name in parts[0].union(*parts[1:], all=True) if parts else ():
        found[what][pk] = name
    return found


def _gatherings(values: Mapping[str, IndicatorValue], actor: User) -> dict[int, str]:
    wanted = {
        int(cell["key"])
        for name, key in GATHERING_LISTS.items()
        if name in values
        for cell in values[name].detail.get(key, [])
    }
    rows = Gathering.objects.filter(visible_to(actor), pk__in=wanted) if wanted else Gathering.objects.none()
    return dict(rows.values_list("pk", "title"))


def _topics(codes: set[str]) -> dict[str, str]:
    if not codes:
        return {}
    column = {"es": "name_es", "pt-br": "name_pt"}.get(get_language() or "es", "name_en")
    return dict(Topic.objects.filter(code__in=codes).values_list("code", column))
