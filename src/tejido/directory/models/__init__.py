"""The tables of the directory, by meaning."""

from tejido.directory.models.consents import Consent, ConsentText, Purpose
from tejido.directory.models.merging import Merge, MovedPointer, NotTheSame
from tejido.directory.models.people import Attribute, ContactPoint, Person, Post, Skill, Topic
from tejido.directory.models.places import Organisation, School, SchoolProfile, Territory
from tejido.directory.models.settled import SettledManager

__all__ = [
    "Attribute",
    "Consent",
    "ConsentText",
    "ContactPoint",
    "Merge",
    "MovedPointer",
    "NotTheSame",
    "Organisation",
    "Person",
    "Post",
    "Purpose",
    "School",
    "SchoolProfile",
    "SettledManager",
    "Skill",
    "Territory",
    "Topic",
]
