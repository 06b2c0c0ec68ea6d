"""Deeds of this domain: asking, answering, sending somebody instead, telling what changed."""

from __future__ import annotations

from tejido.invitations.services.answering import answer, answer_for
from tejido.invitations.services.asking import ask_for_answers, set_asking, share_link
from tejido.invitations.services.choosing import Chosen, choose_whom
from tejido.invitations.services.substituting import name_substitute
from tejido.invitations.services.telling import remind_before, tell_what_changed

__all__ = [
    "Chosen",
    "answer",
    "answer_for",
    "ask_for_answers",
    "choose_whom",
    "name_substitute",
    "remind_before",
    "set_asking",
    "share_link",
    "tell_what_changed",
]
