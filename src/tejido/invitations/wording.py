"""Answers in words."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import clock_words, day_words, place_words
from tejido.invitations.models import Reply

STATES = {  # key -> (words, tone of the chip)
    "on_site": (pgettext_lazy("who answered", "Comes on site"), "leaf"),
    "online": (pgettext_lazy("who answered", "Takes part online"), "lagoon"),
    "waiting": (pgettext_lazy("who answered", "Waits for a place"), "marigold"),
    "maybe": (pgettext_lazy("who answered", "Perhaps"), "indigo"),
    "no": (pgettext_lazy("who answered", "Does not come"), "clay"),
    "none": (pgettext_lazy("who answered", "Has not answered"), "plain"),
}


def state_of(reply: Reply | None) -> str:
    """Key into STATES."""
    if reply is None:
        return "none"
    if reply.answer != Reply.Answer.YES:
        return reply.answer
    return "waiting" if reply.waiting else reply.modality


def mine_words(reply: Reply) -> str:
    """A reader's own answer as a sentence."""
    if reply.answer == Reply.Answer.NO:
        return _("You answered that you cannot come.")
    if reply.answer == Reply.Answer.MAYBE:
        return _("You answered: perhaps.")
    if reply.waiting:
        return _("You are on the waiting list. As soon as there is a place, a letter tells you.")
    if reply.modality == Reply.Modality.ONLINE:
        return _("You take part online. See you there!")
    return _("You are coming. See you there!")


def needs_words(reply: Reply | None) -> str:
    """What somebody needs, for the team."""
    if reply is None:
        return ""
    found = [_("Wheelchair, no stairs")] if reply.wheelchair else []
    found += [_("Sign-language interpreter")] if reply.interpreter else []
    found += [reply.other_needs] if reply.other_needs else []
    return " · ".join(found)


def transport_words(reply: Reply | None) -> str:
    """How somebody gets there, for the team."""
    if reply is None or not reply.transport:
        return ""
    if reply.transport == Reply.Transport.NEEDS:
        return _("Needs a lift")
    seats = reply.seats or 1
    return ngettext("Takes %(count)d person along", "Takes %(count)d people along", seats) % {"count": seats}


def km_words(km: float | None) -> str:
    """A distance for people: "850 m", "12 km"."""
    if km is None:
        return ""
    if km < 1:
        return _("%(number)d m") % {"number": round(km * 10) * 100}
    number = number_format(km, 1) if km < 10 else str(round(km))
    return pgettext("distance", "%(number)s km") % {"number": number}


def text_to_share(gathering: Gathering) -> str:
    """A text for WhatsApp; the link is added to it."""
    return _(
        "%(community)s invites you: %(gathering)s. %(day)s, %(clock)s, %(place)s. Are you coming? Answer here:"
    ) % {
        "community": gathering.community.name,
        "gathering": gathering.title,
        "day": day_words(gathering),
        "clock": clock_words(gathering),
        "place": place_words(gathering) or gettext_lazy("place to be said"),
    }
