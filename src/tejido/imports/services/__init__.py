"""Deeds of the imports domain: the only package that writes its tables."""

from tejido.imports.services.applying import (
    apply_run,
    carry_on,
    match_rows,
    resume_run,
    stop_run,
    undo_run,
    work_on_run,
)
from tejido.imports.services.deciding import decide_all, decide_gathering, decide_row
from tejido.imports.services.forgetting import forget_old_lists
from tejido.imports.services.staging import (
    correct_columns,
    correct_words,
    discard_run,
    recognise,
    stage_file,
)
from tejido.imports.services.working import watching

__all__ = [
    "apply_run",
    "carry_on",
    "correct_columns",
    "correct_words",
    "decide_all",
    "decide_gathering",
    "decide_row",
    "discard_run",
    "forget_old_lists",
    "match_rows",
    "recognise",
    "resume_run",
    "stage_file",
    "stop_run",
    "undo_run",
    "watching",
    "work_on_run",
]
