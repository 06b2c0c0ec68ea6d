"""Deeds of open calls. Each is one transaction and says what it raises and announces."""

from __future__ import annotations

from tejido.calls.services.applying import apply, change_application, withdraw_application
from tejido.calls.services.calls import (
    add_criterion,
    add_requirement,
    change_call,
    close_call,
    close_what_is_over,
    extend_call,
    make_call,
    publish_call,
    remove_criterion,
    remove_requirement,
    withdraw_call,
)
from tejido.calls.services.choosing import choose, give_place_on, tell_applicants, undo_choice
from tejido.calls.services.files import keep_file, most_video_bytes, opened, remove_file, too_large
from tejido.calls.services.forgetting import forget_applications, forget_old_applications, forgets_at
from tejido.calls.services.letters import address_of
from tejido.calls.services.reviewing import (
    close_review,
    declare_conflict,
    dismiss_reviewer,
    name_reviewers,
    reopen_review,
    score,
    share_out,
    stop_sharing_out,
)
from tejido.calls.services.welcoming import take_in

__all__ = [
    "add_criterion",
    "add_requirement",
    "address_of",
    "apply",
    "change_application",
    "change_call",
    "choose",
    "close_call",
    "close_review",
    "close_what_is_over",
    "declare_conflict",
    "dismiss_reviewer",
    "extend_call",
    "forget_applications",
    "forget_old_applications",
    "forgets_at",
    "give_place_on",
    "keep_file",
    "make_call",
    "most_video_bytes",
    "name_reviewers",
    "opened",
    "publish_call",
    "remove_criterion",
    "remove_file",
    "remove_requirement",
    "reopen_review",
    "score",
    "share_out",
    "stop_sharing_out",
    "take_in",
    "tell_applicants",
    "too_large",
    "undo_choice",
    "withdraw_application",
    "withdraw_call",
]
