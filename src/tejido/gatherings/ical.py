"""Gatherings as iCalendar (RFC 5545). Pure but for the reader's language: plain rows in, bytes out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from tejido.gatherings.models import Gathering
from tejido.gatherings.wording import where

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Tejido//Gatherings//EN"
READ_AGAIN = timedelta(hours=2)


def as_calendar(gatherings: Iterable[Gathering], *, name: str) -> bytes:
    """A calendar of `gatherings`, whose community, school and organisation are joined. No query.

    Times stand in each community's own time zone, which the calendar describes (VTIMEZONE), so that a
    clock change between today and then moves nothing. UIDs stay the same for ever; SEQUENCE grows with
    each change that matters, and what was called off says STATUS:CANCELLED.
    """
    from icalendar import Calendar  # slow to load

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", READ_AGAIN)
    calendar.add("x-published-ttl", READ_AGAIN)
    for gathering in gatherings:
        calendar.add_component(_event(gathering))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(gathering: Gathering) -> Event:
    from icalendar import Event, vGeo  # slow to load

    zone = ZoneInfo(gathering.community.time_zone)
    cancelled = gathering.state == Gathering.State.CANCELLED
    page = urljoin(settings.TEJIDO_URL, reverse("gatherings:gathering", args=[gathering.pk]))
    event = Event()
    event.add("uid", f"{gathering.uid}@tejido")
    event.add("sequence", gathering.sequence)
    event.add("dtstamp", gathering.changed_at.astimezone(UTC))
    event.add("last-modified", gathering.changed_at.astimezone(UTC))
    event.add("dtstart", gathering.starts_at.astimezone(zone))
    event.add("dtend", gathering.ends_at.astimezone(zone))
    event.add(
        "summary", _("Cancelled: %(title)s") % {"title": gathering.title} if cancelled else gathering.title
    )
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("description", _description(gathering, page))
    event.add("url", page)
    event.add("categories", [str(gathering.get_kind_display())])
    place = where(gathering)
    if line := ", ".join(filter(None, [place.name, place.address])) or gathering.online_link:
        event.add("location", line)
    if place.latitude is not None and place.longitude is not None:
        event.add("geo", vGeo((place.latitude, place.longitude)))
    return event


def _description(gathering: Gathering, page: str) -> str:
    lines = [
        str(gathering.community),
        gathering.description.strip(),
        _("To join online: %(link)s") % {"link": gathering.online_link} if gathering.online_link else "",
        page,
    ]
    return "\n".join(line for line in lines if line)
