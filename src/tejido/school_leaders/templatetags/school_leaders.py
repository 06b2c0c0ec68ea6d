"""Commitments in templates."""

from __future__ import annotations

from django import template

from tejido.school_leaders import wording
from tejido.school_leaders.models import SchoolCommitment

register = template.Library()


@register.filter
def promised(commitment: SchoolCommitment) -> list[str]:
    """What the school gives, one line for each thing."""
    return wording.promised(commitment)


@register.filter
def span(commitment: SchoolCommitment) -> str:
    """From when until when."""
    return wording.span(commitment)


@register.filter
def state_words(state: str) -> object:
    """The words of a state of a school."""
    return wording.STATES[state][0]


@register.filter
def state_tone(state: str) -> str:
    """The tone of its chip."""
    return wording.STATES[state][1]
