"""Deeds on skills and buddies. Each is one transaction and says what it raises and announces."""

from __future__ import annotations

from tejido.buddies.services.answering import (
    answer,
    ask_for_another,
    link_of_my_own,
    share_contact,
    take_back_talk,
    talked,
)
from tejido.buddies.services.rounds import (
    close_round,
    leave_out,
    open_round,
    propose_pairs,
    send_proposals,
    swap,
)
from tejido.buddies.services.telling import (
    ask_for_skills,
    leave_suggestion,
    merge_suggestion,
    profile_of,
    remind,
    take_suggestion,
    tell,
    wish,
)
from tejido.buddies.services.ticking import look_after_buddies

__all__ = [
    "answer",
    "ask_for_another",
    "ask_for_skills",
    "close_round",
    "leave_out",
    "leave_suggestion",
    "link_of_my_own",
    "look_after_buddies",
    "merge_suggestion",
    "open_round",
    "profile_of",
    "propose_pairs",
    "remind",
    "send_proposals",
    "share_contact",
    "swap",
    "take_back_talk",
    "take_suggestion",
    "talked",
    "tell",
    "wish",
]
