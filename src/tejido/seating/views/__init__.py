"""Pages of this domain."""

from tejido.seating.views.board import board, confirm, person, propose, reseat, take_back
from tejido.seating.views.planning import drop_rule, rules, settings, talks
from tejido.seating.views.printing import as_table, printed

__all__ = [
    "as_table",
    "board",
    "confirm",
    "drop_rule",
    "person",
    "printed",
    "propose",
    "reseat",
    "rules",
    "settings",
    "take_back",
    "talks",
]
