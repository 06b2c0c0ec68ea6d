"""Deeds of the directory: the only package that writes its tables."""

from tejido.directory.services.consents import answer_consent, publish_consent_text
from tejido.directory.services.people import (
    PersonFields,
    add_person,
    change_person,
    leave_post,
    link_account,
    set_attribute,
    set_contacts,
    set_skills,
    take_up_post,
)
from tejido.directory.services.schools import (
    add_organisation,
    add_school,
    add_territory,
    change_school,
    record_profile,
)

__all__ = [
    "PersonFields",
    "add_organisation",
    "add_person",
    "add_school",
    "add_territory",
    "answer_consent",
    "change_person",
    "change_school",
    "leave_post",
    "link_account",
    "publish_consent_text",
    "record_profile",
    "set_attribute",
    "set_contacts",
    "set_skills",
    "take_up_post",
]
