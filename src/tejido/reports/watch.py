"""Signals as sentences for a report. Nobody is named who did not agree to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido_analytics.signals import (
    BRIDGING,
    CONCENTRATED,
    DRIFTING,
    HEADS,
    ISOLATE,
    LED,
    SCHOOL_LOST,
    SCHOOL_ON_ONE,
    TALK,
    USEFULNESS,
    Signal,
)

NAMED = 10


def sentences(signals: Sequence[Signal], names: Mapping[str, str], schools: Mapping[str, str]) -> list[str]:
    """One sentence for each kind of signal, the most pressing first, with the names that may be said."""
    by_code: dict[str, list[Signal]] = {}
    for signal in signals:
        by_code.setdefault(signal.code, []).append(signal)
    said = []
    for code, found in by_code.items():
        if code in COUNTED:
            words = COUNTED[code](len(found)) % {"count": len(found)}
            named = _named(found, {**names, **schools} if code in OF_SCHOOLS else names)
            said.append(f"{words.removesuffix('.')}: {named}." if named else words)
        elif code == BRIDGING:
            said += [_bridging(signal) for signal in found]
        elif code == HEADS:
            said += [_heads(signal) for signal in found]
        elif code == USEFULNESS:
            said.append(_("The last gathering was found less useful than chance alone would explain."))
    return said


OF_SCHOOLS = {SCHOOL_LOST, SCHOOL_ON_ONE}
COUNTED = {
    SCHOOL_LOST: lambda n: ngettext(
        "%(count)d school lost its only active member.", "%(count)d schools lost their only active member.", n
    ),
    DRIFTING: lambda n: ngettext(
        "%(count)d person who was active before missed the last two gatherings.",
        "%(count)d people who were active before missed the last two gatherings.",
        n,
    ),
    ISOLATE: lambda n: ngettext(
        "%(count)d person comes but is tied to nobody yet.",
        "%(count)d people come but are tied to nobody yet.",
        n,
    ),
    CONCENTRATED: lambda n: ngettext(
        "More than a quarter of the ways through the network lead through %(count)d person.",
        "More than a quarter of the ways through the network lead through each of %(count)d people.",
        n,
    ),
    TALK: lambda n: ngettext(
        "%(count)d gathering to come plans more than half of its time as presentation.",
        "%(count)d gatherings to come plan more than half of their time as presentation.",
        n,
    ),
    LED: lambda n: ngettext(
        "%(count)d person leads more than a quarter of what members lead.",
        "%(count)d people lead more than a quarter each of what members lead.",
        n,
    ),
    SCHOOL_ON_ONE: lambda n: ngettext(
        "%(count)d school takes part through one person only.",
        "%(count)d schools take part through one person only.",
        n,
    ),
}


def _named(found: Sequence[Signal], names: Mapping[str, str]) -> str:
    known = sorted(names[signal.subject] for signal in found if signal.subject in names)
    if not known:
        return ""
    counts = Counter(known)
    more = "" if len(counts) <= NAMED else " …"
    return f"{', '.join(list(counts)[:NAMED])}{more}"


def _heads(signal: Signal) -> str:
    told = signal.evidence
    return ngettext(
        "Of %(schools)d school that takes part, %(engaged)d is there with a principal or leader of its own.",
        "Of %(schools)d schools that take part, %(engaged)d are there with a principal or leader of their own.",
        told["schools"],
    ) % {"schools": told["schools"], "engaged": told["engaged"]}


def _bridging(signal: Signal) -> str:
    groups = {
        "district": _("districts"),
        "school": _("schools"),
        "sector": _("sectors"),
        "subject": _("subjects"),
    }
    return _(
        "People of different %(groups)s meet less than the sizes of the groups would lead to expect."
    ) % {"groups": groups.get(signal.subject, signal.subject)}
