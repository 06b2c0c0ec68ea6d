"""What deeds take."""

from __future__ import annotations

from dataclasses import dataclass, field

from tejido.directory.models import Person
from tejido.gatherings.models import Gathering


@dataclass(frozen=True, slots=True)
class Place:
    """One person and one gathering: what somebody answers for."""

    gathering: Gathering
    person: Person


@dataclass(frozen=True, slots=True)
class Needs:
    """What somebody needs to take part. For the team alone."""

    wheelchair: bool = False
    interpreter: bool = False
    other: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer. modality: "on_site" or "online", "" for the one that the gathering has; seats only with transport "offers"."""

    answer: str
    modality: str = ""
    needs: Needs = field(default_factory=Needs)
    transport: str = ""
    seats: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to invite. pasted: one name or e-mail on each line; "": those of a role, a node (id), or both.

    also: beside those who are on the list; otherwise instead of them.
    """

    role: str = ""
    node: int = 0
    pasted: str = ""
    also: bool = False


Substitute = Person | str  # somebody of the school, or a name as it was typed
