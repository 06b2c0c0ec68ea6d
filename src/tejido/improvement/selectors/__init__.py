"""What others ask of cycles."""

from tejido.improvement.selectors.cycles import (
    Board,
    Whole,
    board_of,
    cycles_for,
    is_stalled,
    on_page,
    owed_tasks,
    owes_a_task,
    stage_days,
    today_in,
)
from tejido.improvement.selectors.figures import counts_by_stage, days_to_decision, stalled_in
from tejido.improvement.selectors.learnt import Learnt, learnt_in

__all__ = [
    "Board",
    "Learnt",
    "Whole",
    "board_of",
    "counts_by_stage",
    "cycles_for",
    "days_to_decision",
    "is_stalled",
    "learnt_in",
    "on_page",
    "owed_tasks",
    "owes_a_task",
    "stage_days",
    "stalled_in",
    "today_in",
]
