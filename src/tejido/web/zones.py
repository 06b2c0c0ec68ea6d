"""Time zones as people know them: by country and city, in the reader's language. Pure."""

from __future__ import annotations

import re
import zoneinfo
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location, get_timezone_name
from django.utils.translation import get_language, to_locale


@lru_cache(maxsize=8)
def _zones(locale: str) -> tuple[tuple[str, str], ...]:
    territories = get_global("zone_territories")
    spoken = Locale.parse(locale)
    known = [
        (name, str(get_timezone_location(name, locale=spoken, return_city=True)), territories[name])
        for name in zoneinfo.available_timezones()
        if name in territories and "/" in name and territories[name] != "001"
    ]
    told = {name: f"{spoken.territories.get(country, country)}, {city}" for name, city, country in known}
    return tuple(sorted(told.items(), key=lambda pair: pair[1].casefold()))


def zone_of_country(country: str) -> str:
    """The time zone of a country of two letters; "" where it has several, or is none.

    >>> zone_of_country("CO"), zone_of_country("BR"), zone_of_country("")
    ('America/Bogota', '', '')
    """
    inside = [
        name for name, where in get_global("zone_territories").items() if where == country and "/" in name
    ]
    known = zoneinfo.available_timezones().intersection(inside)
    return known.pop() if len(known) == 1 else ""


def zone_choices() -> tuple[tuple[str, str], ...]:
    """(name of the zone, "Colombia, Bogotá") sorted by what is read, in the language of the page."""
    return _zones(to_locale(get_language() or "es"))


def zone_words(name: str) -> str:
    """What people call the zone; its own name where nobody has another.

    >>> from django.utils.translation import override
    >>> with override("es"): zone_words("America/Bogota"), zone_words("Europe/London")
    ('Colombia, Bogotá', 'Reino Unido, Londres')
    """
    return dict(zone_choices()).get(name, name)


def zone_name(zone: str) -> str:
    """What people call the time of a zone: "Colombia Time" for America/Bogota.

    >>> from django.utils.translation import override
    >>> with override("es"):
    ...     zone_name("America/Argentina/Buenos_Aires"), zone_name("UTC")
    ('hora de Argentina', 'UTC')
    """
    if zone == "UTC":
        return zone
    locale = to_locale(get_language() or "es")
    name = get_timezone_name(zoneinfo.ZoneInfo(zone), width="long", locale=locale, zone_variant="generic")
    name = re.sub(r"\s*\([^)]*/[^)]*\)", "", name)  # "hora de Argentina (Argentina/Buenos Aires)"
    return name[:1].lower() + name[1:] if locale.startswith("pt") else name


def country_of(zone: str) -> str:
    """Two letters of the country of a time zone, "" where it has none.

    >>> country_of("America/Santiago"), country_of("UTC")
    ('CL', '')
    """
    country = get_global("zone_territories").get(zone, "")
    return "" if country == "001" else str(country)
