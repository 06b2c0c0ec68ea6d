"""Deeds about heads of schools. Each is one transaction and says what it raises and announces."""

from __future__ import annotations

from tejido.school_leaders.services.answering import (
    answer_later,
    give_commitment,
    want_to_talk,
    withdraw_commitment,
)
from tejido.school_leaders.services.inviting import (
    enter_head,
    invite_all,
    invite_head,
    write_again,
)
from tejido.school_leaders.services.keeping import end_what_is_over, note_term, remind_before_the_end
from tejido.school_leaders.services.substituting import send_substitute, take_back_substitute
from tejido.school_leaders.services.wording import word_offer

__all__ = [
    "answer_later",
    "end_what_is_over",
    "enter_head",
    "give_commitment",
    "invite_all",
    "invite_head",
    "note_term",
    "remind_before_the_end",
    "send_substitute",
    "take_back_substitute",
    "want_to_talk",
    "withdraw_commitment",
    "word_offer",
    "write_again",
]
