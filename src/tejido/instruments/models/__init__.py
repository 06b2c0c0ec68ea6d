"""Instruments, what they ask, to whom they are given, and what comes back."""

from tejido.instruments.models.collections import Collection, Invitation
from tejido.instruments.models.contents import Choice, ChoiceText, Item, ItemText, Scale, ScaleItem
from tejido.instruments.models.instruments import Instrument, Version, VersionFile
from tejido.instruments.models.phones import Phone
from tejido.instruments.models.responses import Answer, Attachment, Blob, Flag, Response
from tejido.instruments.models.rosters import RosterCode
from tejido.instruments.models.topics import Sorted, Topic

__all__ = [
    "Answer",
    "Attachment",
    "Blob",
    "Choice",
    "ChoiceText",
    "Collection",
    "Flag",
    "Instrument",
    "Invitation",
    "Item",
    "ItemText",
    "Phone",
    "Response",
    "RosterCode",
    "Scale",
    "ScaleItem",
    "Sorted",
    "Topic",
    "Version",
    "VersionFile",
]
