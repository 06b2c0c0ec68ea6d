"""Deeds in the room of a gathering: kept by the team, taken part in by everybody there."""

from tejido.during.services.polls import answer_poll, ask, close_poll, open_poll, remove_poll, see_word
from tejido.during.services.questions import (
    ask_from_room,
    back,
    merge_questions,
    settle_question,
    write_answer,
)
from tejido.during.services.rooms import close_wall, keep_room, open_wall, renew_code, set_room, show
from tejido.during.services.tickets import show_answer

__all__ = [
    "answer_poll",
    "ask",
    "ask_from_room",
    "back",
    "close_poll",
    "close_wall",
    "keep_room",
    "merge_questions",
    "open_poll",
    "open_wall",
    "remove_poll",
    "renew_code",
    "see_word",
    "set_room",
    "settle_question",
    "show",
    "show_answer",
    "write_answer",
]
