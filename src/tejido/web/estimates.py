"""Estimates in words: the number, its interval, what it rests on; or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tejido_analytics import reasons
from tejido_analytics.estimate import Estimate

_Words = Mapping[str, Callable[[], str]]

# Every reason of the library why an estimate has no value.
WHY_NONE: _Words = {
    reasons.NO_UNIT_RATED_TWICE: lambda: _("nothing was judged by two people"),
    reasons.ONE_VALUE_ONLY: lambda: _("every rating is the same, so agreement beyond chance has no meaning"),
    reasons.FEWER_THAN_TWO_CATEGORIES: lambda: _("there are fewer than two categories"),
    reasons.TOO_FEW_TO_SAY: lambda: _("too few answers to say"),
    reasons.FEWER_THAN_TWO_ITEMS: lambda: _("there are fewer than two items"),
    reasons.FEWER_THAN_THREE_ITEMS: lambda: _("there are fewer than three items"),
    reasons.TOO_FEW_ITEMS_FOR_GENERAL: lambda: _("it takes nine items to tell a general factor apart"),
    reasons.NO_SPREAD: lambda: _("everybody scored the same"),
    reasons.NO_SOLUTION: lambda: _("the answers allow no solution"),
    reasons.FEWER_THAN_TWO_GROUPS: lambda: _("there are fewer than two groups"),
    reasons.NO_GROUP_OF_TWO: lambda: _("no group has two people with answers"),
    reasons.NOT_LINKED: lambda: _("nobody is in both lists"),
    reasons.NO_GROUP_IN_BOTH: lambda: _("no group is in both lists"),
    reasons.NOT_ASKED_FOR: lambda: _("not asked for"),
}
CAUTIONS: _Words = {
    reasons.FEW_GROUPS: lambda: _("Fewer than eight groups: take the interval as a hint, not as a test."),
    reasons.MANY_LEFT_OUT: lambda: _(
        "More than a fifth of the answers could not be used; who is missing may matter."
    ),
    reasons.GROUPS_NOT_KNOWN: lambda: _(
        "People of one school resemble each other; without groups (--group) the interval is too narrow."
    ),
}


def estimate(name: str, found: Estimate, places: int = 2) -> str:
    """`α = 0.70 [0.69, 0.72] (n = 2,800)`, or `α: too few answers to say (n = 4)`."""
    size = number_format(found.n, 0, force_grouping=True)
    if found.value is None:
        return _("%(name)s: %(why)s (n = %(n)s)") % {
            "name": name,
            "why": WHY_NONE[found.because](),
            "n": size,
        }
    value = decimal(found.value, places)
    if found.low is None or found.high is None:
        return _("%(name)s = %(value)s (n = %(n)s)") % {"name": name, "value": value, "n": size}
    return _("%(name)s = %(value)s [%(low)s; %(high)s] (n = %(n)s)") % {
        "name": name,
        "value": value,
        "low": decimal(found.low, places),
        "high": decimal(found.high, places),
        "n": size,
    }


def decimal(value: float, places: int = 2) -> str:
    """A number with so many decimals, in the way of the active language; a minus is a minus.

    >>> decimal(-0.1234), decimal(0.5, 3)
    ('−0.12', '0.500')
    """
    text = str(number_format(round(abs(value), places), places, force_grouping=True))
    return f"−{text}" if round(value, places) < 0 else text
