"""Closings and commitments in words."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from tejido.closing.models import Closing, Commitment
from tejido.closing.selectors import Helper, Line, Ticket
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import day_words

PIECES = {  # piece -> its words, as in a list
    "attendance": gettext_lazy("attendance"),
    "tables": gettext_lazy("who sat with whom"),
    "minutes": gettext_lazy("the minutes"),
    "decisions": gettext_lazy("the decisions"),
    "commitments": gettext_lazy("the commitments"),
    "organisations": gettext_lazy("the organisations that contributed"),
    "photographs": gettext_lazy("the photographs"),
    "next": gettext_lazy("when people meet again"),
}
STATES = {  # key -> (words, tone of the chip)
    "open": (pgettext_lazy("state of a commitment", "Open"), "indigo"),
    "late": (pgettext_lazy("state of a commitment", "Its day has gone by"), "marigold"),
    "done": (pgettext_lazy("state of a commitment", "Done"), "leaf"),
    "dropped": (pgettext_lazy("state of a commitment", "Dropped"), "plain"),
}


def due_words(commitment: Commitment) -> str:
    """By when: "by 3 May 2026", "" without a day."""
    if commitment.due_on is None:
        return ""
    return _("by %(day)s") % {"day": date_format(commitment.due_on, "DATE_FORMAT")}


def settled_words(commitment: Commitment) -> str:
    """When it was done or dropped, "" while it is open."""
    if commitment.settled_on is None:
        return ""
    done = commitment.state == Commitment.State.DONE
    words = _("Done on %(day)s") if done else _("Dropped on %(day)s")
    return words % {"day": date_format(commitment.settled_on, "DATE_FORMAT")}


def helper_words(helper: Helper) -> str:
    """What an organisation gave: "Venue · auditorium"."""
    parts = [_("Gave the place to meet")] if helper.hosts else []
    return " · ".join([*parts, *([helper.what] if helper.what else [])])


def missing(closing: Closing, decisions: int, commitments: list[Line], ticket: Ticket | None) -> list[str]:
    """What a closing does not have yet, as sentences; nothing of it is forced. `gathering` comes with its counts of photographs."""
    gathering, nobody = closing.gathering, sum(not line.who for line in commitments)
    photos = int(getattr(gathering, "photos_unmarked", 0))
    found = [
        (not closing.minutes, _("There are no minutes.")),
        (not decisions, _("No decision is written down.")),
        (not commitments, _("Nobody has promised anything yet.")),
        (nobody, ngettext("%(count)d commitment has nobody who owes it.", "%(count)d commitments have nobody who owes them.", nobody) % {"count": nobody}),
        (photos, ngettext("Of %(count)d photograph it is not said who is on it, so nobody sees it.", "Of %(count)d photographs it is not said who is on them, so nobody sees them.", photos) % {"count": photos}),
        (ticket is None, _("No exit ticket was given.")),
        (closing.next_on is None, _("It is not said when people meet again.")),
    ]  # fmt: skip
    return [words for is_missing, words in found if is_missing]


def changed_words(pieces: set[str]) -> str:
    """What was changed since it was opened again: "attendance, the minutes"; "" for nothing."""
    return ", ".join(str(words) for piece, words in PIECES.items() if piece in pieces)


def text_to_share(gathering: Gathering, decisions: list[str], commitments: list[Line]) -> str:
    """A text for WhatsApp: what was decided and promised; the link is added to it."""
    parts = [
        _("%(community)s, %(day)s: %(gathering)s. What we did and what we agreed:")
        % {
            "community": gathering.community.name,
            "day": day_words(gathering),
            "gathering": gathering.title,
        }
    ]
    parts += [f"✓ {text}" for text in decisions]
    for line in commitments:
        said = [line.commitment.what, line.who, due_words(line.commitment)]
        parts.append("→ " + " · ".join(part for part in said if part))
    return "\n".join([*parts, pgettext("before a link", "All of it:")])
