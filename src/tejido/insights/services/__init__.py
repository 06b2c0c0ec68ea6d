"""Deeds of the insights domain: the only modules that write its tables."""

from tejido.insights.services.attention import dismiss, mark_done, reopen, snooze
from tejido.insights.services.computing import compute_insight, compute_last_twelve_months
from tejido.insights.services.ready import compute_now, ready_insight
from tejido.insights.services.staleness import (
    mark_all_stale,
    mark_stale,
    mark_stale_around,
    owe,
    owe_the_new_day,
    recompute,
    recompute_owed,
)

__all__ = [
    "compute_insight",
    "compute_last_twelve_months",
    "compute_now",
    "dismiss",
    "mark_all_stale",
    "mark_done",
    "mark_stale",
    "mark_stale_around",
    "owe",
    "owe_the_new_day",
    "ready_insight",
    "recompute",
    "recompute_owed",
    "reopen",
    "snooze",
]
