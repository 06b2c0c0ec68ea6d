"""Indicators as cards: the value in words and units, what it rests on, how it was before, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.insights.definitions import FAMILIES, LATER, Definition, Family
from tejido.insights.models import IndicatorValue
from tejido.insights.words import Count, because, left_out
from tejido.web.templatetags.parts import percent

NARROW = 0.005  # changes below half a point, or half a hundredth, are none


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator as it is read. `value` is None where `because` says why. All texts in the reader's language."""

    definition: Definition
    value: str | None
    unit: str
    basis: str
    because: str
    before: str
    missing: list[str]
    source: IndicatorValue | None


@dataclass(frozen=True, slots=True)
class FamilyCards:
    """A family with the cards of its indicators, in the order of its definitions."""

    family: Family
    cards: list[Card]


def families(values: Mapping[str, IndicatorValue]) -> list[FamilyCards]:
    """The five families, each with its cards; then those that wait for later records. No query."""
    return [
        FamilyCards(family, [card(one, values.get(one.id)) for one in family.indicators])
        for family in (*FAMILIES, *LATER)
    ]


def card(definition: Definition, value: IndicatorValue | None) -> Card:
    """One card. A value that was not computed says so."""
    if value is None or value.value is None:
        why = because(value.because) if value else _("This has not been computed yet.")
        missing = left_out(value.missing) if value else []
        return Card(definition, None, "", "", why, _before(definition, value), missing, value)
    return Card(
        definition,
        say(definition.kind, value.value),
        unit_of(definition.kind),
        _basis(definition, value),
        "",
        _before(definition, value),
        left_out(value.missing),
        value,
    )


def say(kind: str, value: float) -> str:
    """A value of some kind (`Definition.kind`) as the reader's language writes it, without its unit."""
    if kind == "share":
        return percent(value, 0 if value in (0, 1) or value >= 0.1 else 1)
    if kind == "count":
        return str(number_format(round(value), 0))
    if kind == "mixing":
        sign = "+" if round(value, 2) > 0 else "−" if round(value, 2) < 0 else ""
        return sign + str(number_format(abs(round(value, 2)), 2))
    return str(number_format(round(value, 1 if kind == "km" else 2), 1 if kind == "km" else 2))


def unit_of(kind: str) -> str:
    """The unit that stands behind a value; per cent stands in the value itself."""
    return {
        "km": _("km"),
        "mixing": _("from −1 to +1"),
        "spread": _("from 0 to 1"),
        "ratio": _("times as often"),
        "rating": _("from 1 to 5"),
    }.get(kind, "")


def _basis(definition: Definition, value: IndicatorValue) -> str:
    if definition.basis is None:
        return ""
    counts = {
        "numerator": Count(round(value.numerator or 0)),
        "denominator": Count(round(value.denominator or 0)),
        "n": Count(value.n),
    }
    return str(definition.basis % counts)


def _before(definition: Definition, value: IndicatorValue | None) -> str:
    """How it was in the period before, and by how much that differs."""
    if value is None:
        return ""
    if value.previous is None:
        return _("There is no value for the period before.")
    was = say(definition.kind, value.previous)
    if value.value is None:
        return _("%(value)s in the period before") % {"value": was}
    return _("%(value)s in the period before (%(change)s)") % {
        "value": was,
        "change": _change(definition.kind, value.value - value.previous),
    }


def _change(kind: str, difference: float) -> str:
    if abs(difference) < NARROW:
        return _("no change")
    sign = "+" if difference > 0 else "−"
    if kind == "share":
        points = round(abs(difference) * 100)
        return sign + ngettext("%(points)d point", "%(points)d points", points) % {"points": points}
    return sign + say("spread" if kind == "mixing" else kind, abs(difference))
