"""Pages of this domain."""

from tejido.seating.views.board import board, confirm, options, person, propose, reseat, take_back
from tejido.seating.views.harvest import harvest, rooms, table
from tejido.seating.views.planning import drop_rule, rules, settings, talks
from tejido.seating.views.printing import as_table, printed

__all__ = [
    "as_table",
    "board",
    "confirm",
    "drop_rule",
    "harvest",
    "options",
    "person",
    "printed",
    "propose",
    "reseat",
    "rooms",
    "rules",
    "settings",
    "table",
    "take_back",
    "talks",
]
