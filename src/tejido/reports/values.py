"""Numbers of indicators in words: with their unit, what they rest on, and what they were before."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tejido.insights.selectors import DEFINITIONS, say
from tejido_analytics.panorama import Indicator


def value(name: str, number: float) -> str:
    """A value as it is read on the insight page; kilometres with their unit."""
    kind = DEFINITIONS[name].kind
    said = say(kind, number)
    return _("%(number)s km") % {"number": said} if kind == "km" else said


def rests_on(found: Indicator) -> str:
    """The sentence of what the number rests on: "12 of 15 active members"."""
    basis = DEFINITIONS[found.id].basis
    if basis is None:
        return ""
    counts = {
        "n": found.n,
        "numerator": round(found.numerator or 0),
        "denominator": round(found.denominator or 0),
    }
    return str(basis % counts)


def before(found: Indicator) -> str:
    """What it was in the period before; empty where that is not known."""
    if found.value is None or found.previous is None:
        return ""
    return _("before: %(value)s") % {"value": value(found.id, found.previous)}
