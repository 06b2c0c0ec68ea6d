"""What deeds take: a question as it is asked, a note as it is written down, a line of a ballot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypedDict

from tejido.directory.models import Person


class Asked(TypedDict, total=False):
    """What can be said of a consultation before its vote opens; absent keys stay as they are."""

    question: str
    explanation: str
    members_propose: bool
    method: str
    seats: int
    points: int
    secret: bool
    tie_rule: str
    quorum: int
    about: str  # where a higher floor asks: "<domain>.<model>:<pk>"; it does what was decided itself


@dataclass(frozen=True, slots=True)
class Note:
    """A proposal as it is written down. author: a person, or a name as it stands on the note, or nobody."""

    text: str
    detail: str = ""
    author: Person | str | None = None


class Chosen(NamedTuple):
    """One line of a ballot: which proposal, in which place (1 is the first; 1 where nothing is ranked), how many points."""

    proposal_id: int
    place: int = 1
    points: int = 0
