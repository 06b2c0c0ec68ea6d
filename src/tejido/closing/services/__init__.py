"""Deeds of this domain: writing down, promising, keeping photographs, closing, opening again, reminding."""

from __future__ import annotations

from tejido.closing.services.ending import close_gathering, links_to_hand_on, reopen_gathering
from tejido.closing.services.photographs import MOST_BYTES, add_photo, mark_photo, remove_photo
from tejido.closing.services.promising import (
    change_commitment,
    make_commitment,
    postpone_commitment,
    remove_commitment,
    settle_by_link,
    settle_commitment,
)
from tejido.closing.services.reminding import remind_of_commitments
from tejido.closing.services.writing import (
    add_decision,
    change_decision,
    name_contributor,
    remove_contributor,
    remove_decision,
    say_when_next,
    write_minutes,
)
from tejido.closing.values import Promise, Told

__all__ = [
    "MOST_BYTES",
    "Promise",
    "Told",
    "add_decision",
    "add_photo",
    "change_commitment",
    "change_decision",
    "close_gathering",
    "links_to_hand_on",
    "make_commitment",
    "mark_photo",
    "name_contributor",
    "postpone_commitment",
    "remind_of_commitments",
    "remove_commitment",
    "remove_contributor",
    "remove_decision",
    "remove_photo",
    "reopen_gathering",
    "say_when_next",
    "settle_by_link",
    "settle_commitment",
    "write_minutes",
]
