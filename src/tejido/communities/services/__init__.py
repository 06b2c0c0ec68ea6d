"""Deeds of the communities domain: the only package that writes its tables."""

from tejido.communities.services.communities import (
    CommunityFields,
    change_community,
    close_community,
    define_periods,
    found_community,
    move_community,
    reopen_community,
)
from tejido.communities.services.handing import Noted, add_to_hand_over, note_hand_over
from tejido.communities.services.memberships import (
    Belonging,
    add_member,
    add_members,
    change_role,
    end_membership,
    take_back_members,
)
from tejido.communities.services.messages import NOTE, letter_of, word_messages, write_to_members, writing_of
from tejido.communities.services.newcomers import Newcomer, welcome_newcomer
from tejido.communities.services.organisations import (
    Spokesperson,
    add_organisation_member,
    end_organisation_membership,
    name_representative,
    undo_naming,
    undo_organisation_joining,
    undo_organisation_leaving,
    welcome_representative,
)
from tejido.communities.services.pauses import end_pause, pause_membership, undo_pause
from tejido.communities.services.reminding import remind_of_terms
from tejido.communities.services.steering import (
    Seated,
    follow_the_day,
    give_outside_seat,
    keep_seats,
    make_steering_node,
    name_for_seat,
    take_outside_seat,
)
from tejido.communities.services.stewards import appoint_steward
from tejido.communities.services.terms import HandingOver, hand_over, set_term, undo_hand_over, undo_term
from tejido.communities.services.ties import Asking, TieLine, record_ties, take_back_ties, tell_ties
from tejido.communities.services.undoing import undo_joining, undo_leaving, undo_role_change
from tejido.communities.values import Note

__all__ = [
    "NOTE",
    "Asking",
    "Belonging",
    "CommunityFields",
    "HandingOver",
    "Newcomer",
    "Note",
    "Noted",
    "Seated",
    "Spokesperson",
    "TieLine",
    "add_member",
    "add_members",
    "add_organisation_member",
    "add_to_hand_over",
    "appoint_steward",
    "change_community",
    "change_role",
    "close_community",
    "define_periods",
    "end_membership",
    "end_organisation_membership",
    "end_pause",
    "follow_the_day",
    "found_community",
    "give_outside_seat",
    "hand_over",
    "keep_seats",
    "letter_of",
    "make_steering_node",
    "move_community",
    "name_for_seat",
    "name_representative",
    "note_hand_over",
    "pause_membership",
    "record_ties",
    "remind_of_terms",
    "reopen_community",
    "set_term",
    "take_back_members",
    "take_back_ties",
    "take_outside_seat",
    "tell_ties",
    "undo_hand_over",
    "undo_joining",
    "undo_leaving",
    "undo_naming",
    "undo_organisation_joining",
    "undo_organisation_leaving",
    "undo_pause",
    "undo_role_change",
    "undo_term",
    "welcome_newcomer",
    "welcome_representative",
    "word_messages",
    "write_to_members",
    "writing_of",
]
