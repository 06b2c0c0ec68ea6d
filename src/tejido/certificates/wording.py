"""How hours and reasons are said."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.certificates.models import Rule
from tejido.certificates.values import Standing


def duration_words(minutes: int) -> str:
    """8 h 24 · 12 h · 40 min.

    >>> duration_words(504), duration_words(720), duration_words(40)
    ('8 h 24', '12 h', '40 min')
    """
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": rest}


def asked_words(rule: Rule) -> str:
    """What has to be met, in a sentence."""
    return ngettext(
        "Present for %(share)d %% of the time, at %(count)d gathering at least.",
        "Present for %(share)d %% of the time, at %(count)d gatherings at least.",
        rule.gatherings_needed,
    ) % {"share": rule.share, "count": rule.gatherings_needed}


def reason_words(standing: Standing) -> str:
    """Why there is a certificate, or none, in a sentence."""
    shown = {
        "share": standing.share,
        "asked": standing.share_asked,
        "there": duration_words(standing.minutes),
        "whole": duration_words(standing.whole),
    }
    if not standing.minutes:
        return _("Was not there.")
    if not standing.long_enough:
        return _("%(share)d %% where %(asked)d %% is asked: %(there)s of %(whole)s.") % shown
    if not standing.often_enough:
        return ngettext(
            "%(count)d gathering where %(needed)d are asked.",
            "%(count)d gatherings where %(needed)d are asked.",
            standing.gatherings,
        ) % {"count": standing.gatherings, "needed": standing.gatherings_asked}
    return _("%(share)d %%: %(there)s of %(whole)s.") % shown
