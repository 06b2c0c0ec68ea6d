"""Deeds of this domain: queueing, sending, looking after, choosing, wording, hearing what comes back."""

from tejido.messages.kinds import Kind, kind_of, kinds, register
from tejido.messages.services.choices import (
    choose,
    resume,
    resume_by_link,
    stop_by_link,
    stop_everything,
)
from tejido.messages.services.digests import gather_digests
from tejido.messages.services.forgetting import forget_old_texts
from tejido.messages.services.incoming import hear
from tejido.messages.services.letters import body_of, letter, shown, whatsapp_link
from tejido.messages.services.looking_after import (
    cancel_batch,
    cancel_message,
    note_shared,
    send_again,
    send_failed_again,
)
from tejido.messages.services.queueing import Somebody, Writing, Written, check, told, write
from tejido.messages.services.sending import send_all_due, send_due, send_waiting
from tejido.messages.services.words import keep_words
from tejido.messages.values import Wishes

__all__ = [
    "Kind",
    "Somebody",
    "Wishes",
    "Writing",
    "Written",
    "body_of",
    "cancel_batch",
    "cancel_message",
    "check",
    "choose",
    "forget_old_texts",
    "gather_digests",
    "hear",
    "keep_words",
    "kind_of",
    "kinds",
    "letter",
    "note_shared",
    "register",
    "resume",
    "resume_by_link",
    "send_again",
    "send_all_due",
    "send_due",
    "send_failed_again",
    "send_waiting",
    "shown",
    "stop_by_link",
    "stop_everything",
    "told",
    "whatsapp_link",
    "write",
]
