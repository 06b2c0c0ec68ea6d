"""Commitments as people read them."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from tejido.school_leaders.models import SchoolCommitment

Unit = SchoolCommitment.Unit
# state of selectors.SchoolLine -> words, tone of the chip
STATES = {
    "given": (pgettext_lazy("a school", "Committed"), "leaf"),
    "talk": (pgettext_lazy("a school", "Wants to talk"), "marigold"),
    "asked": (pgettext_lazy("a school", "Invited"), "indigo"),
    "renew": (pgettext_lazy("a school", "The head has changed"), "clay"),
    "declined": (pgettext_lazy("a school", "Not now"), "outline"),
    "over": (pgettext_lazy("a school", "Over"), "outline"),
    "withdrawn": (pgettext_lazy("a school", "Withdrawn"), "outline"),
    "none": (pgettext_lazy("a school", "Not invited yet"), "plain"),
}


def time_of(commitment: SchoolCommitment) -> str:
    """How much time is released: "4 hours a month for Ana", or "".

    >>> time_of(SchoolCommitment(unit="days", amount=3))
    '3 days in all'
    """
    amount = commitment.amount
    if not amount:
        return ""
    if commitment.unit == Unit.HOURS_A_MONTH:
        said = ngettext("%(amount)d hour a month", "%(amount)d hours a month", amount) % {"amount": amount}
    else:
        said = ngettext("%(amount)d day in all", "%(amount)d days in all", amount) % {"amount": amount}
    if commitment.for_whom:
        return pgettext("time released", "%(time)s, for %(whom)s") % {
            "time": said,
            "whom": commitment.for_whom,
        }
    return said


def promised(commitment: SchoolCommitment) -> list[str]:
    """What the school gives, one short line for each thing."""
    found = [time_of(commitment)] if commitment.amount else []
    if commitment.substitute:
        found.append(_("The lessons are taken by: %(who)s") % {"who": commitment.substitute})
    found += [_("A room for gatherings")] if commitment.room else []
    found += [_("Transport to gatherings")] if commitment.transport else []
    found += [commitment.support] if commitment.support else []
    return found


def span(commitment: SchoolCommitment) -> str:
    """From when until when, in words; "" where nothing was promised."""
    if commitment.starts_on is None:
        return ""
    starts = date_format(commitment.starts_on, "DATE_FORMAT")
    if commitment.ends_on is None:
        return _("From %(first)s until further notice") % {"first": starts}
    ends = date_format(commitment.ends_on, "DATE_FORMAT")
    return _("From %(first)s until %(last)s") % {"first": starts, "last": ends}


def text_to_share(commitment: SchoolCommitment) -> str:
    """What goes before her link when it is handed on, in the language of the moment."""
    return _(
        "Good day %(name)s! People of %(school)s take part in %(community)s. What is asked of you and what your school gets "
        "is on one page, where you can also answer; no account is needed, and the link is yours alone:"
    ) % {
        "name": commitment.head.given_names,
        "school": commitment.school.name,
        "community": commitment.community.name,
    }
