"""Deeds of the alliances domain: the only package that writes its tables."""

from tejido.alliances.services.agreements import (
    change_agreement,
    discard_agreement,
    make_agreement,
    record_contribution,
    remove_contribution,
)
from tejido.alliances.services.documents import MOST_BYTES, add_document, remove_document
from tejido.alliances.services.joinings import (
    accept_joining,
    ask_to_join,
    choose_shares,
    close_link,
    end_joining,
    link_address,
    open_link,
)
from tejido.alliances.services.letters import recall_renewal, recall_renewals

__all__ = [
    "MOST_BYTES",
    "accept_joining",
    "add_document",
    "ask_to_join",
    "change_agreement",
    "choose_shares",
    "close_link",
    "discard_agreement",
    "end_joining",
    "link_address",
    "make_agreement",
    "open_link",
    "recall_renewal",
    "recall_renewals",
    "record_contribution",
    "remove_contribution",
    "remove_document",
]
