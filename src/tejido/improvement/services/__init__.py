"""Everything that changes a cycle."""

from tejido.improvement.services.logging import add_entry, put_back_entry, take_off_entry
from tejido.improvement.services.people import join_cycle, leave_cycle, name_participants
from tejido.improvement.services.planning import correct_prediction, start_cycle, write_plan
from tejido.improvement.services.stages import decide, move_to, write_study
from tejido.improvement.services.working import (
    add_task,
    note_factor,
    remove_factor,
    remove_task,
    settle_task,
)

__all__ = [
    "add_entry",
    "add_task",
    "correct_prediction",
    "decide",
    "join_cycle",
    "leave_cycle",
    "move_to",
    "name_participants",
    "note_factor",
    "put_back_entry",
    "remove_factor",
    "remove_task",
    "settle_task",
    "start_cycle",
    "take_off_entry",
    "write_plan",
    "write_study",
]
