"""Answers in templates."""

from __future__ import annotations

from django import template

from tejido.invitations import wording
from tejido.invitations.models import Reply

register = template.Library()


@register.filter
def state_words(reply: Reply | None) -> str:
    """The words of an answer, for the team."""
    return str(wording.STATES[wording.state_of(reply)][0])


@register.filter
def state_tone(reply: Reply | None) -> str:
    """The tone of its chip."""
    return wording.STATES[wording.state_of(reply)][1]


@register.filter
def own_words(reply: Reply) -> str:
    """A reader's own answer as a sentence."""
    return wording.mine_words(reply)


@register.filter
def needs(reply: Reply | None) -> str:
    """What somebody needs, for the team."""
    return wording.needs_words(reply)


@register.filter
def transport(reply: Reply | None) -> str:
    """How somebody gets there, for the team."""
    return wording.transport_words(reply)


@register.filter
def km(distance: float | None) -> str:
    """A distance for people."""
    return wording.km_words(distance)
