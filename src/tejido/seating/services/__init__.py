"""Deeds of this domain."""

from tejido.seating.services.keeping import confirm, harvest, note_talks
from tejido.seating.services.moving import move, take_back
from tejido.seating.services.planning import add_pair, carry_over, drop_rules, keep_table, set_up
from tejido.seating.services.proposing import propose, reseat

__all__ = [
    "add_pair",
    "carry_over",
    "confirm",
    "drop_rules",
    "harvest",
    "keep_table",
    "move",
    "note_talks",
    "propose",
    "reseat",
    "set_up",
    "take_back",
]
