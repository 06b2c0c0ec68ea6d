"""Parts of an agenda in templates. {% load agenda %}"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import time_format

from tejido.agenda import wording
from tejido.agenda.models import Segment
from tejido.gatherings.models import Gathering

register = template.Library()
TONES = {
    "presentation": "clay",
    "hands_on": "leaf",
    "discussion": "indigo",
    "reflection": "plum",
    "social": "marigold",
    "admin": "plain",
}


@register.filter
def at(gathering: Gathering, moment: datetime) -> str:
    """ "14:20", as the clocks of the community show it."""
    return time_format(moment.astimezone(ZoneInfo(gathering.community.time_zone)), "TIME_FORMAT")


@register.filter
def minutes(count: int) -> str:
    return wording.minutes_words(count)


@register.filter
def kind_words(key: str) -> str:
    return str(wording.KINDS.get(key, key))


@register.filter
def kind_tone(segment: Segment) -> str:
    return TONES.get(segment.kind, "plain")
