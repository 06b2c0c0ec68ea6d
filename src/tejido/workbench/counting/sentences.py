"""A count in whole sentences: what was cast, each round, each tie, who is elected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido_analytics.counting import Cast, Result, Round, Tie, ballots
from tejido_analytics.counting import result as counting


def cast_lines(seen: Cast) -> list[str]:
    """How many ballots count, which do not, and what was passed over in those that do."""
    lines = [
        ngettext(
            "%(n)d ballot, %(valid)d of them valid.", "%(n)d ballots, %(valid)d of them valid.", seen.total
        )
        % {"n": seen.total, "valid": seen.valid}
    ]
    lines += [_WHY_INVALID[code](number) % {"n": number} for code, number in seen.invalid.items()]
    lines += [_MENDED[code](number) % {"n": number} for code, number in seen.mended.items()]
    return lines


def round_lines(result: Result) -> list[str]:
    """One line for each round: what was done, the votes after it, who is elected in it."""
    lines = []
    for one in result.rounds:
        parts = [_("Round %(n)d.") % {"n": one.number}, _deed(one), _votes(result, one)]
        if one.exhausted:
            parts.append(_("For nobody any more: %(votes)s.") % {"votes": votes(one.exhausted)})
        if one.elected:
            parts.append(_("Elected: %(names)s.") % {"names": ", ".join(one.elected)})
        lines.append(" ".join(part for part in parts if part))
    return lines


def tie_lines(ties: Sequence[Tie]) -> list[str]:
    """One sentence for each tie: between whom, about what, how it was settled."""
    return [
        _("Tie in round %(round)d between %(names)s: %(chosen)s – %(deed)s, settled by %(by)s.")
        % {
            "round": tie.round,
            "names": ", ".join(tie.between),
            "chosen": ", ".join(tie.chosen),
            "deed": DEEDS[tie.what_for](),
            "by": SETTLED_BY[tie.settled_by](),
        }
        for tie in ties
    ]


def last_line(result: Result) -> str:
    """Who is elected."""
    words = ngettext(
        "The result: %(names)s.", "The result, in order of election: %(names)s.", len(result.elected)
    )
    return words % {"names": ", ".join(result.elected)}


def votes(number: Fraction) -> str:
    """Votes as people write them: whole ones whole, others with up to five decimals.

    >>> votes(Fraction(12)), votes(Fraction(1, 3))
    ('12', '0.33333')
    """
    if number.denominator == 1:
        return str(number_format(int(number), 0, force_grouping=True))
    text = str(number_format(float(number), 5, force_grouping=True))
    return text.rstrip("0").rstrip(".,")


def _deed(one: Round) -> str:
    names = ", ".join(one.candidates)
    if one.deed == counting.SURPLUS:
        value = votes(one.transfer or Fraction(0))
        return _("The surplus of %(names)s passes on, each vote times %(value)s.") % {
            "names": names,
            "value": value,
        }
    if one.deed == counting.EXCLUDED:
        return _("%(names)s is excluded; her or his votes pass on.") % {"names": names}
    return ""


def _votes(result: Result, one: Round) -> str:
    ranked = sorted(one.votes.items(), key=lambda item: (-item[1], item[0]))
    said = ", ".join(
        f"{name} {votes(number)}" for name, number in ranked if number or len(result.rounds) == 1
    )
    if result.method == "schulze":
        return _("Stands above so many others: %(votes)s.") % {"votes": said}
    return _("Votes: %(votes)s.") % {"votes": said}


_Words = Mapping[str, Callable[[], str]]
DEEDS: _Words = {
    counting.COUNTED: lambda: _("counted"),
    counting.SURPLUS: lambda: _("surplus first"),
    counting.EXCLUDED: lambda: _("excluded"),
    counting.ELECTED: lambda: _("elected"),
}
SETTLED_BY: _Words = {
    counting.BY_EARLIER_ROUND: lambda: _("an earlier round"),
    counting.BY_GIVEN_ORDER: lambda: _("the order given beforehand"),
    counting.BY_LOT: lambda: _("lot (--seed)"),
}
_WHY_INVALID: Mapping[str, Callable[[int], str]] = {
    ballots.BLANK: lambda n: ngettext("%(n)d is blank.", "%(n)d are blank.", n),
    ballots.UNKNOWN_ONLY: lambda n: ngettext(
        "%(n)d names nobody who stands.", "%(n)d name nobody who stands.", n
    ),
    ballots.TIED_FIRST: lambda n: ngettext(
        "%(n)d has several first choices.", "%(n)d have several first choices.", n
    ),
}
_MENDED: Mapping[str, Callable[[int], str]] = {
    ballots.REPEATED: lambda n: ngettext(
        "%(n)d names somebody twice; the first place counts.",
        "%(n)d name somebody twice; the first place counts.",
        n,
    ),
    ballots.UNKNOWN: lambda n: ngettext(
        "%(n)d names somebody who does not stand; that place is passed over.",
        "%(n)d name somebody who does not stand; that place is passed over.",
        n,
    ),
    ballots.TIED_LATER: lambda n: ngettext(
        "%(n)d puts several in one place; it counts up to there.",
        "%(n)d put several in one place; they count up to there.",
        n,
    ),
    ballots.SKIPPED: lambda n: ngettext(
        "%(n)d leaves a place empty; the next choice moves up.",
        "%(n)d leave a place empty; the next choice moves up.",
        n,
    ),
}
