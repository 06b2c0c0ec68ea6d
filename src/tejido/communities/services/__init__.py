"""Deeds of the communities domain: the only package that writes its tables."""

from tejido.communities.services.communities import (
    CommunityFields,
    change_community,
    close_community,
    define_periods,
    found_community,
    move_community,
    reopen_community,
    write_charter,
)
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
from tejido.communities.services.stewards import appoint_steward
from tejido.communities.services.ties import Asking, TieLine, record_ties, take_back_ties, tell_ties
from tejido.communities.services.undoing import undo_joining, undo_leaving, undo_role_change
from tejido.communities.values import Note

__all__ = [
    "NOTE",
    "Asking",
    "Belonging",
    "CommunityFields",
    "Newcomer",
    "Note",
    "Spokesperson",
    "TieLine",
    "add_member",
    "add_members",
    "add_organisation_member",
    "appoint_steward",
    "change_community",
    "change_role",
    "close_community",
    "define_periods",
    "end_membership",
    "end_organisation_membership",
    "found_community",
    "letter_of",
    "move_community",
    "name_representative",
    "record_ties",
    "reopen_community",
    "take_back_members",
    "take_back_ties",
    "tell_ties",
    "undo_joining",
    "undo_leaving",
    "undo_naming",
    "undo_organisation_joining",
    "undo_organisation_leaving",
    "undo_role_change",
    "welcome_newcomer",
    "welcome_representative",
    "word_messages",
    "write_charter",
    "write_to_members",
    "writing_of",
]
