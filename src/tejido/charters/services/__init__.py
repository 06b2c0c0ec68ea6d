"""Deeds on charters. Each is one transaction and says what it raises and announces."""

from __future__ import annotations

from tejido.charters.services.acceptances import accept, accept_signed_in, links_to_accept
from tejido.charters.services.adopting import adopt, put_to_vote, settle_vote, take_back, take_back_withdrawn
from tejido.charters.services.drafting import (
    add_article,
    begin_draft,
    discard_draft,
    move_article,
    remove_article,
    write_article,
)
from tejido.charters.services.letters import ask_to_accept
from tejido.charters.services.public import keep_public_page
from tejido.charters.services.suggesting import decide_suggestion, suggest

__all__ = [
    "accept",
    "accept_signed_in",
    "add_article",
    "adopt",
    "ask_to_accept",
    "begin_draft",
    "decide_suggestion",
    "discard_draft",
    "keep_public_page",
    "links_to_accept",
    "move_article",
    "put_to_vote",
    "remove_article",
    "settle_vote",
    "suggest",
    "take_back",
    "take_back_withdrawn",
    "write_article",
]
