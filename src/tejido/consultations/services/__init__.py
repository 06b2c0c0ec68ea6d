"""Deeds of deciding together. Each is one transaction and says what it raises and announces."""

from __future__ import annotations

from tejido.consultations.services.asking import (
    ask,
    change_question,
    propose,
    withdraw_consultation,
    write_down_proposals,
)
from tejido.consultations.services.letters import call_to_vote
from tejido.consultations.services.merging import merge_proposals, part_again, withdraw_proposal
from tejido.consultations.services.opening import (
    close_voting,
    close_what_is_over,
    extend_voting,
    link_of_my_own,
    open_voting,
    personal_links,
    renew_link,
)
from tejido.consultations.services.outcomes import (
    found_nodes,
    gather_choosers,
    join_node,
    set_challenge,
    take_name,
)
from tejido.consultations.services.papers import mark_paper_voters, type_in_paper
from tejido.consultations.services.voting import vote
from tejido.consultations.values import Asked, Chosen, Note

__all__ = [
    "Asked",
    "Chosen",
    "Note",
    "ask",
    "call_to_vote",
    "change_question",
    "close_voting",
    "close_what_is_over",
    "extend_voting",
    "found_nodes",
    "gather_choosers",
    "join_node",
    "link_of_my_own",
    "mark_paper_voters",
    "merge_proposals",
    "open_voting",
    "part_again",
    "personal_links",
    "propose",
    "renew_link",
    "set_challenge",
    "take_name",
    "type_in_paper",
    "vote",
    "withdraw_consultation",
    "withdraw_proposal",
    "write_down_proposals",
]
