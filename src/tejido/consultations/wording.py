"""A count in sentences: what was decided, round by round, ties and how they were settled, what was passed over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.consultations.models import Consultation, Proposal
from tejido.consultations.selectors import Count
from tejido.web.charts import bars
from tejido_analytics.counting.ballots import REPEATED, SKIPPED, TIED_LATER, UNKNOWN
from tejido_analytics.counting.result import (
    BY_EARLIER_ROUND,
    BY_GIVEN_ORDER,
    EXCLUDED,
    SURPLUS,
    Round,
    Tie,
)


@dataclass(frozen=True, slots=True)
class ToldRound:
    """One count: what led to it, a chart of who has how much, what came of it."""

    title: str
    chart: Any
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Told:
    """decided: whether something was. notes: turnout, blank votes, what was passed over. pairs: rows of a table, for Schulze."""

    decided: bool
    headline: str
    winners: list[Proposal]
    notes: list[str]
    rounds: list[ToldRound] = field(default_factory=list)
    final: Any = None  # the chart of the last round, where there are several
    ties: list[str] = field(default_factory=list)
    pairs: list[list[str]] = field(default_factory=list)


def told(consultation: Consultation, count: Count) -> Told:
    """The count as a page says it. Without quorum nothing of the count is told: the vote may go on."""
    turnout = count.turnout
    notes = [_turnout(count)]
    if not turnout.met:
        words = {"voted": turnout.voted, "needed": turnout.needed}
        headline = _("Nothing is decided: %(needed)d votes were needed, and %(voted)d came.") % words
        return Told(False, headline, [], notes)
    if count.result is None:
        return Told(False, _("Nothing is decided: no ballot names a proposal."), [], notes)
    names = {key: one.text for key, one in count.proposals.items()}
    rounds = [_round(one, names, consultation) for one in count.result.rounds]
    ties = [_tie(one, names) for one in count.result.ties]
    seen = Told(True, _headline(count.elected), count.elected, notes + _passed_over(count), rounds, ties=ties)
    last = _("The last round") if len(rounds) > 1 else ""
    final = _chart(last, count.result.rounds[-1], names) if last else None
    return replace(seen, pairs=_pairs(count, names), final=final)


def _headline(elected: list[Proposal]) -> str:
    if len(elected) == 1:
        return _("«%(proposal)s» won.") % {"proposal": elected[0].text}
    return _("%(proposals)s won.") % {"proposals": _listed([f"«{one.text}»" for one in elected])}


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def _turnout(count: Count) -> str:
    words = {"voted": count.turnout.voted, "voters": count.turnout.voters}
    said = ngettext(
        "%(voted)d of %(voters)d person who might vote did.",
        "%(voted)d of %(voters)d people who might vote did.",
        count.turnout.voters,
    )
    return said % words


def _passed_over(count: Count) -> list[str]:
    notes = []
    if count.result is not None and count.result.quota is not None:
        quota = int(count.result.quota)  # Droop's, a whole number
        said = ngettext("A place takes %(quota)d vote.", "A place takes %(quota)d votes.", quota)
        notes.append(said % {"quota": quota})
    if count.blank:
        said = ngettext("%(count)d vote was blank.", "%(count)d votes were blank.", count.blank)
        notes.append(said % {"count": count.blank})
    words = {
        REPEATED: _("Ballots that name a proposal twice: %(count)d. The better place counts."),
        UNKNOWN: _("Ballots that name a proposal that does not stand: %(count)d. That line was passed over."),
        TIED_LATER: _(
            "Ballots that give one place to several: %(count)d. What follows on them was not used."
        ),
        SKIPPED: _("Ballots that leave a place empty: %(count)d. The next one moved up."),
    }
    return notes + [words[code] % {"count": number} for code, number in count.passed_over.items()]


def _round(one: Round, names: dict[str, str], consultation: Consultation) -> ToldRound:
    said = {"number": one.number, "proposals": _listed([f"«{names[key]}»" for key in one.candidates])}
    if one.deed == EXCLUDED:
        title = (
            _("Round %(number)d: %(proposals)s has the fewest, and these votes move on to the next choice")
            % said
        )
    elif one.deed == SURPLUS:
        title = _("Round %(number)d: %(proposals)s has more than needed, and the surplus moves on") % said
    else:
        title = _title_of_first(consultation)
    chart = _chart(title, one, names)
    notes = []
    if one.elected and one.number > 1:
        notes.append(_("Elected: %(names)s.") % {"names": _listed([names[key] for key in one.elected])})
    if one.exhausted:
        notes.append(_("Votes that name nothing more: %(votes)s.") % {"votes": amount(one.exhausted)})
    return ToldRound(title, chart, notes)


def _chart(title: str, one: Round, names: dict[str, str]) -> Any:
    """Who has how much after a round; after the first without those who have nothing any more."""
    rows = sorted(one.votes.items(), key=lambda pair: (-pair[1], pair[0]))
    return bars(
        [(names[key], float(votes)) for key, votes in rows if votes or one.number == 1],
        caption=title,
        say=lambda value: amount(Fraction(value).limit_denominator(100_000)),
    )


def _title_of_first(consultation: Consultation) -> str:
    if consultation.method == Consultation.Method.SCHULZE:
        return _("How many of the others each one beats")
    if consultation.method == Consultation.Method.POINTS:
        return _("Points")
    if consultation.method == Consultation.Method.APPROVAL:
        return _("Approvals")
    return _("First choices") if consultation.is_ranked else _("Votes")


def _tie(tie: Tie, names: dict[str, str]) -> str:
    words = {
        "between": _listed([f"«{names[key]}»" for key in tie.between]),
        "chosen": _listed([f"«{names[key]}»" for key in tie.chosen]),
    }
    if tie.what_for == EXCLUDED:
        start = _("%(between)s stood alike, and one had to go: it was %(chosen)s.")
    else:
        start = _("%(between)s stood alike; %(chosen)s came first.")
    settled = {
        BY_EARLIER_ROUND: _("An earlier round decided it."),
        BY_GIVEN_ORDER: _("The one proposed first came before, as was said when the vote opened."),
    }
    lot = _("The lot decided it; it was drawn when the vote opened, before any vote.")
    return f"{start % words} {settled.get(tie.settled_by, lot)}"


def _pairs(count: Count, names: dict[str, str]) -> list[list[str]]:
    """For Schulze: a row for each proposal, how many preferred it to each other one; the first row names the columns."""
    result = count.result
    if result is None or "preferred" not in result.detail:
        return []
    preferred = result.detail["preferred"]
    keys = list(count.proposals)
    head = ["", *(names[key] for key in keys)]
    body = [[names[a], *("" if a == b else str(preferred[a][b]) for b in keys)] for a in keys]
    return [head, *body]


def amount(votes: Fraction) -> str:
    """Votes as people write them: whole, or with up to five decimals.

    >>> amount(Fraction(4)), amount(Fraction(7, 2))
    ('4', '3.5')
    """
    whole = votes.denominator == 1
    return number_format(int(votes) if whole else round(float(votes), 5), use_l10n=True)
