"""Questions about what goes on in the room of a gathering. Read only; every one says how many queries it costs."""

from tejido.during.selectors.polls import (
    open_poll_of,
    polls_of,
    result_of,
    results_of,
    voice_in,
    words_of,
)
from tejido.during.selectors.questions import (
    SEEN,
    Kept,
    Told,
    has_kept_questions,
    kept_questions,
    questions_of,
    room_questions,
    waiting_in,
)
from tejido.during.selectors.rooms import (
    is_asking,
    is_open,
    room_by_code,
    room_by_wall,
    room_of,
)
from tejido.during.selectors.tickets import Ticket, TicketText, ticket_of, ticket_texts

__all__ = [
    "SEEN",
    "Kept",
    "Ticket",
    "TicketText",
    "Told",
    "has_kept_questions",
    "is_asking",
    "is_open",
    "kept_questions",
    "open_poll_of",
    "polls_of",
    "questions_of",
    "result_of",
    "results_of",
    "room_by_code",
    "room_by_wall",
    "room_of",
    "room_questions",
    "ticket_of",
    "ticket_texts",
    "voice_in",
    "waiting_in",
    "words_of",
]
