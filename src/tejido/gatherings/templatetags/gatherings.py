"""When a gathering is, in templates. {% load gatherings %}"""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from tejido.gatherings import wording
from tejido.gatherings.models import Gathering

register = template.Library()


@register.filter
def day(gathering: Gathering) -> SafeString:
    """ "Saturday, 1 March 2025", in the community's time zone."""
    return wording.time_tag(gathering, wording.day_words(gathering))


@register.filter
def clock(gathering: Gathering) -> str:
    """ "14:00–16:00", in the community's time zone."""
    return wording.clock_words(gathering)


@register.filter
def starts(gathering: Gathering) -> str:
    """ "14:00", in the community's time zone."""
    return wording.start_words(gathering)


@register.filter
def short(gathering: Gathering) -> SafeString:
    """ "1 Mar 2025, 14:00", in the community's time zone."""
    return wording.time_tag(gathering, wording.short_words(gathering))


@register.filter
def zone(gathering: Gathering) -> str:
    """ "Colombia Time, UTC−5"."""
    return wording.zone_words(gathering)


@register.filter
def place(gathering: Gathering) -> str:
    """The place in one line."""
    return wording.place_words(gathering)
