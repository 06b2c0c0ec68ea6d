"""Pages of deciding together."""

from __future__ import annotations

from tejido.consultations.views.asking import (
    ask,
    ballots,
    change,
    consultation,
    consultations,
    from_a_form,
    propose,
    wall,
)
from tejido.consultations.views.outcomes import challenge, gather, name, nodes
from tejido.consultations.views.proposals import merge, part, remove
from tejido.consultations.views.running import (
    begin,
    call,
    close,
    extend,
    open_vote,
    paper,
    type_in,
    voters,
    withdraw,
)
from tejido.consultations.views.voting import join, vote

__all__ = [
    "ask",
    "ballots",
    "begin",
    "call",
    "challenge",
    "change",
    "close",
    "consultation",
    "consultations",
    "extend",
    "from_a_form",
    "gather",
    "join",
    "merge",
    "name",
    "nodes",
    "open_vote",
    "paper",
    "part",
    "propose",
    "remove",
    "type_in",
    "vote",
    "voters",
    "wall",
    "withdraw",
]
