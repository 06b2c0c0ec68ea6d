"""Codes on the wall and personal codes. All follow from a secret and, on the wall, from the clock."""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from tejido.foundation.links import token_for

NEW_EVERY = 15  # seconds: the picture on the wall
DIGITS_NEW_EVERY = 120  # seconds: what is typed
SALT = "tejido.checkin"


def _hex(secret: str, kind: str, step: int) -> str:
    return salted_hmac(f"{SALT}.{kind}", f"{secret}:{step}", algorithm="sha256").hexdigest()


def wall_code(secret: str, now: float) -> str:
    """20 characters, another every 15 seconds. now: seconds since 1970."""
    return _hex(secret, "wall", int(now // NEW_EVERY))[:20]


def is_on_the_wall(secret: str, code: str, now: float) -> bool:
    """Whether `code` is the one of now or the one before: a code opens for 15 to 30 seconds, never longer."""
    return any(constant_time_compare(code, wall_code(secret, now - back)) for back in (0, NEW_EVERY))


def digits(secret: str, now: float) -> str:
    """Six digits, others every two minutes."""
    return f"{int(_hex(secret, 'digits', int(now // DIGITS_NEW_EVERY)), 16) % 1_000_000:06d}"


def are_on_the_wall(secret: str, typed: str, now: float) -> bool:
    """Whether these are the digits of now or those before: they open for two to four minutes."""
    return any(constant_time_compare(typed, digits(secret, now - back)) for back in (0, DIGITS_NEW_EVERY))


def personal_token(gathering_id: int, person_id: int) -> str:
    """24 characters for the address of one person's code at one gathering."""
    return token_for(f"{SALT}.person", gathering_id, person_id)


def is_personal(token: str, gathering_id: int, person_id: int) -> bool:
    """Whether the token is this person's at this gathering."""
    return constant_time_compare(token, personal_token(gathering_id, person_id))


def personal_path(gathering_id: int, person_id: int) -> str:
    """The path of somebody's own code, for badges and letters."""
    return f"/k/{gathering_id}/{person_id}/{personal_token(gathering_id, person_id)}/"


def personal_address(gathering_id: int, person_id: int) -> str:
    """The absolute address of somebody's own code: what the QR on a badge holds."""
    return f"{settings.TEJIDO_URL}{personal_path(gathering_id, person_id)}"


def wall_address(gathering_id: int, secret: str, now: float) -> str:
    """What the QR on the wall holds."""
    return f"{settings.TEJIDO_URL}/here/{gathering_id}/{wall_code(secret, now)}/"
