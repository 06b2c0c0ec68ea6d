"""Deeds of the gatherings domain: the only package that writes its tables."""

from tejido.gatherings.services.asking import give_form
from tejido.gatherings.services.attendance import (
    close_attendance,
    mark_rest,
    record_attendance,
    reopen_attendance,
    seal,
    tap,
    unseal,
)
from tejido.gatherings.services.bulk import (
    AttendanceRow,
    discard_gatherings,
    plan_gatherings,
    record_attendances,
)
from tejido.gatherings.services.cloning import (
    Planned,
    clone_gathering,
    plan_like,
    plan_term,
    take_back_planned,
)
from tejido.gatherings.services.feeds import open_feed, revoke_feed
from tejido.gatherings.services.newcomers import welcome
from tejido.gatherings.services.planning import (
    cancel_gathering,
    change_gathering,
    invite,
    invite_also,
    move_days,
    plan_again,
    plan_gathering,
    uninvite,
)
from tejido.gatherings.services.rounds import record_tables, remove_round
from tejido.gatherings.services.series import end_series, make_series, rename_series
from tejido.gatherings.values import GatheringFields, NewFace, Presence

__all__ = [
    "AttendanceRow",
    "GatheringFields",
    "NewFace",
    "Planned",
    "Presence",
    "cancel_gathering",
    "change_gathering",
    "clone_gathering",
    "close_attendance",
    "discard_gatherings",
    "end_series",
    "give_form",
    "invite",
    "invite_also",
    "make_series",
    "mark_rest",
    "move_days",
    "open_feed",
    "plan_again",
    "plan_gathering",
    "plan_gatherings",
    "plan_like",
    "plan_term",
    "record_attendance",
    "record_attendances",
    "record_tables",
    "remove_round",
    "rename_series",
    "reopen_attendance",
    "revoke_feed",
    "seal",
    "take_back_planned",
    "tap",
    "uninvite",
    "unseal",
    "welcome",
]
