"""How much one phone, or one address of the network, may send to a room. Counted in the cache, like all rate limits."""

from __future__ import annotations

from django.core.cache import cache
from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal

MINUTE = 60
OF_A_PHONE, OF_AN_ADDRESS, WRONG_CODES = 20, 900, 60  # a minute; a school of 300 people shares one address


def _counted(key: str) -> int:
    seen = int(cache.get(key, 0)) + 1
    cache.set(key, seen, MINUTE)
    return seen


def check(whose: str, address: str) -> None:
    """Count one thing that was sent. Raises Refusal("too_quick"), with nothing done."""
    one = _counted(f"during.phone:{whose}") > OF_A_PHONE
    if _counted(f"during.address:{address}") > OF_AN_ADDRESS or one:
        raise Refusal("too_quick", _("That was a little too quick. Wait a minute, then send it again."))


def is_guessing(address: str) -> bool:
    """Whether very many wrong codes came from an address within a minute."""
    return int(cache.get(f"during.wrong:{address}", 0)) >= WRONG_CODES


def count_wrong(address: str) -> None:
    """One more code that leads nowhere."""
    _counted(f"during.wrong:{address}")
