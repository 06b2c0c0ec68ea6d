"""Deeds of the directory: the only package that writes its tables."""

from tejido.directory.services.accounts import claim_person, link_account
from tejido.directory.services.consents import answer_consent, publish_consent_text
from tejido.directory.services.merging import (
    PERSON_PARTS,
    SCHOOL_PARTS,
    merge_people,
    merge_schools,
    propose_again,
    tell_apart,
    undo_merge,
)
from tejido.directory.services.people import (
    PersonFields,
    add_guest,
    add_person,
    add_topic,
    change_person,
    keep_post,
    leave_post,
    set_attribute,
    set_contacts,
    set_skills,
    take_back_post,
    take_up_post,
)
from tejido.directory.services.places import (
    OrganisationFields,
    add_organisation,
    add_territory,
    change_organisation,
)
from tejido.directory.services.reference import seed_reference
from tejido.directory.services.schools import (
    SchoolFields,
    add_school,
    change_school,
    forget_profile,
    record_profile,
)

__all__ = [
    "PERSON_PARTS",
    "SCHOOL_PARTS",
    "OrganisationFields",
    "PersonFields",
    "SchoolFields",
    "add_guest",
    "add_organisation",
    "add_person",
    "add_school",
    "add_territory",
    "add_topic",
    "answer_consent",
    "change_organisation",
    "change_person",
    "change_school",
    "claim_person",
    "forget_profile",
    "keep_post",
    "leave_post",
    "link_account",
    "merge_people",
    "merge_schools",
    "propose_again",
    "publish_consent_text",
    "record_profile",
    "seed_reference",
    "set_attribute",
    "set_contacts",
    "set_skills",
    "take_back_post",
    "take_up_post",
    "tell_apart",
    "undo_merge",
]
