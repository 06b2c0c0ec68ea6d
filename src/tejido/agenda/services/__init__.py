"""Deeds of the agenda domain: the only package that writes its tables."""

from tejido.agenda.services.activities import remove_activity, seed_activities, write_activity
from tejido.agenda.services.planning import (
    MOST_SEGMENTS,
    add_segment,
    begin_as_usual,
    carry_over,
    change_segment,
    move_segment,
    remove_segment,
)
from tejido.agenda.services.running import begin_segment, end_segment, take_back
from tejido.agenda.values import ActivityWords, SegmentFields

__all__ = [
    "MOST_SEGMENTS",
    "ActivityWords",
    "SegmentFields",
    "add_segment",
    "begin_as_usual",
    "begin_segment",
    "carry_over",
    "change_segment",
    "end_segment",
    "move_segment",
    "remove_activity",
    "remove_segment",
    "seed_activities",
    "take_back",
    "write_activity",
]
