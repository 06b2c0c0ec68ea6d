"""What is usual on the agenda of each kind of gathering: parts as shares of its time. A beginning, to be changed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tejido.agenda.models import Kind
from tejido.gatherings.models import Gathering

Part = tuple[str, Promise, int]  # kind, title, share of the time in percent

_WELCOME = (Kind.SOCIAL, pgettext_lazy("usual agenda", "Welcome"), 10)
_AGREE = (Kind.ADMIN, pgettext_lazy("usual agenda", "Who does what by when, and the next date"), 10)
_THINK = (Kind.REFLECTION, pgettext_lazy("usual agenda", "What I take with me and try next"), 15)
_TALK = pgettext_lazy("usual agenda", "Conversation at tables")
_TRY = pgettext_lazy("usual agenda", "Trying it out")
_INPUT = pgettext_lazy("usual agenda", "What others found")

_MEETING = (
    _WELCOME,
    (Kind.DISCUSSION, pgettext_lazy("usual agenda", "What we tried since last time"), 25),
    (Kind.HANDS_ON, _TRY, 40),
    _THINK,
    _AGREE,
)
USUAL: dict[str, Sequence[Part]] = {
    Gathering.Kind.ASSEMBLY: (
        _WELCOME,
        (Kind.PRESENTATION, pgettext_lazy("usual agenda", "Where the network stands"), 20),
        (Kind.DISCUSSION, _TALK, 40),
        (Kind.ADMIN, pgettext_lazy("usual agenda", "Decisions"), 15),
        _THINK,
    ),
    Gathering.Kind.NODE_MEETING: _MEETING,
    Gathering.Kind.TERMLY: _MEETING,
    Gathering.Kind.WORKSHOP: (
        _WELCOME,
        (Kind.PRESENTATION, _INPUT, 15),
        (Kind.HANDS_ON, _TRY, 35),
        (Kind.DISCUSSION, _TALK, 15),
        _THINK,
        _AGREE,
    ),
    Gathering.Kind.ITINERANT_CHAIR: (
        _WELCOME,
        (Kind.PRESENTATION, pgettext_lazy("usual agenda", "The host shows its work"), 30),
        (Kind.HANDS_ON, _TRY, 35),
        _THINK,
        _AGREE,
    ),
    Gathering.Kind.WEBINAR: (
        _WELCOME,
        (Kind.PRESENTATION, _INPUT, 35),
        (Kind.DISCUSSION, pgettext_lazy("usual agenda", "Conversation in small rooms"), 40),
        _THINK,
    ),
    Gathering.Kind.VISIT: (
        _WELCOME,
        (Kind.HANDS_ON, pgettext_lazy("usual agenda", "In the classroom"), 45),
        (Kind.DISCUSSION, pgettext_lazy("usual agenda", "What we saw"), 35),
        _AGREE,
    ),
}


def usual_parts(gathering: Gathering) -> list[tuple[str, Promise, int]]:
    """(kind, title, minutes) for a gathering of this kind and length, in steps of five minutes. Empty where nothing is usual.

    Together as long as the gathering: the longest part that is no presentation takes up what rounding leaves.
    """
    length = int((gathering.ends_at - gathering.starts_at).total_seconds() // 60)
    parts = USUAL.get(gathering.kind, ())
    if length < 10 * len(parts) or length > 600:  # too short, or several days: nothing is usual
        return []
    found = [(kind, title, max(5, length * share // 500 * 5)) for kind, title, share in parts]
    left = length - sum(minutes for _kind, _title, minutes in found)
    if found and left > 0:
        longest = max(
            range(len(found)), key=lambda at: found[at][2] if found[at][0] != Kind.PRESENTATION else 0
        )
        kind, title, minutes = found[longest]
        found[longest] = (kind, title, minutes + left)
    return found
