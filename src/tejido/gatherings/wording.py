"""When and where a gathering is, in words, in the reader's language and the community's time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tejido.gatherings.models import Gathering
from tejido.web.zones import zone_name

KINDS = dict(Gathering.Kind.choices)  # Django's get_kind_display translates all of them for each row


def kind_words(gathering: Gathering) -> str:
    """What kind of gathering it is, for long lists."""
    return str(KINDS.get(gathering.kind, gathering.kind))


def local(gathering: Gathering, moment: datetime) -> datetime:
    """`moment` as the clocks of the gathering's community show it. `community` must be joined."""
    return moment.astimezone(ZoneInfo(gathering.community.time_zone))


def day_words(gathering: Gathering) -> str:
    """The day with its weekday: "Saturday, 1 March 2025"."""
    start = local(gathering, gathering.starts_at)
    return _("%(weekday)s, %(day)s") % {
        "weekday": date_format(start, "l"),
        "day": date_format(start, "DATE_FORMAT"),
    }


def clock_words(gathering: Gathering) -> str:
    """From when to when: "14:00–16:00", with the day of the end where that is another one."""
    start, end = local(gathering, gathering.starts_at), local(gathering, gathering.ends_at)
    first, last = time_format(start), time_format(end)
    if start.date() == end.date():
        return f"{first}–{last}"
    return _("%(first)s until %(day)s, %(last)s") % {
        "first": first,
        "day": date_format(end, "DATE_FORMAT"),
        "last": last,
    }


def short_words(gathering: Gathering) -> str:
    """Day and time for lists: "1 Mar 2025, 14:00"."""
    start = local(gathering, gathering.starts_at)
    return f"{date_format(start, 'SHORT_DATE_FORMAT')}, {time_format(start)}"


def start_words(gathering: Gathering) -> str:
    """When it begins: "14:00"."""
    return time_format(local(gathering, gathering.starts_at))


def offset_words(moment: datetime) -> str:
    """How far a local `moment` is from UTC, with a real minus: "UTC−5", "UTC+5:30", "UTC"."""
    offset = moment.utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02d}" if rest else "")


def zone_words(gathering: Gathering) -> str:
    """Whose time it is: "Colombia Time, UTC−5". The difference is that of the gathering's own day."""
    name = zone_name(gathering.community.time_zone)
    offset = offset_words(local(gathering, gathering.starts_at))
    return offset if name == "UTC" else f"{name}, {offset}"


def time_tag(gathering: Gathering, words: str) -> SafeString:
    """`words` for people, the moment itself for machines."""
    return format_html(
        '<time datetime="{}">{}</time>', local(gathering, gathering.starts_at).isoformat(), words
    )


@dataclass(frozen=True, slots=True)
class Where:
    """Where a gathering takes place. name: "" where only an address or nothing is known."""

    name: str
    address: str
    school_id: int | None
    map_url: str
    phone_map_url: str  # geo: opens the map that the phone has
    latitude: float | None
    longitude: float | None


def where(gathering: Gathering) -> Where:
    """The place of a gathering; a school brings its own address and coordinates. No query when joined."""
    host = gathering.school or gathering.organisation
    school = gathering.school
    address = gathering.address or (school.address if school else "")
    latitude, longitude = gathering.latitude, gathering.longitude
    if latitude is None and school is not None:
        latitude, longitude = school.latitude, school.longitude
    at, phone = _maps(latitude, longitude, address)
    return Where(
        str(host) if host else "",
        address,
        gathering.school_id,
        at,
        phone,
        latitude,
        longitude,
    )


def _maps(latitude: float | None, longitude: float | None, address: str) -> tuple[str, str]:
    site = "https://www.openstreetmap.org/"
    if latitude is not None and longitude is not None:
        point = {"mlat": f"{latitude:.6f}", "mlon": f"{longitude:.6f}"}
        at = f"{latitude:.6f},{longitude:.6f}"
        return f"{site}?{urlencode(point)}#map=17/{at.replace(',', '/')}", f"geo:{at}?q={at}"
    if address:
        return f"{site}search?{urlencode({'query': address})}", f"geo:0,0?q={quote(address)}"
    return "", ""


def place_words(gathering: Gathering) -> str:
    """The place in one line for lists: the host, else the address, else "Online", else nothing."""
    host = gathering.school or gathering.organisation
    if host:
        return str(host)
    if gathering.address:
        return gathering.address
    online = gathering.modality == Gathering.Modality.ONLINE
    return pgettext("place of a gathering", "Online") if online else ""


def state_words(gathering: Gathering, now: datetime) -> tuple[str, str]:
    """The state in words, and the tone of its chip."""
    if gathering.state == Gathering.State.CANCELLED:
        return pgettext("state of a gathering", "Cancelled"), "clay"
    if gathering.state == Gathering.State.HELD:
        return pgettext("state of a gathering", "Held"), "leaf"
    if gathering.ends_at < now:
        return pgettext("state of a gathering", "Attendance not noted"), "marigold"
    if gathering.starts_at <= now:
        return pgettext("state of a gathering", "Now"), "lagoon"
    return pgettext("state of a gathering", "Planned"), "indigo"


def turnout_words(attended: int, invited: int) -> str:
    """ "12 of 15": how many came, of how many."""
    return _("%(attended)d of %(invited)d") % {"attended": attended, "invited": invited}
