"""What deeds take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tejido.directory.models import Person


@dataclass(frozen=True, slots=True)
class Promise:
    """What a head commits her school to. unit, amount: time released ("" and None: none); ends_on None: until further notice."""

    starts_on: date
    ends_on: date | None = None
    unit: str = ""
    amount: int | None = None
    for_whom: str = ""
    substitute: str = ""
    room: bool = False
    transport: bool = False
    support: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.amount or self.room or self.transport or self.support.strip())


@dataclass(frozen=True, slots=True)
class NamedHead:
    """A head as somebody types her: matched against the directory before she is entered. email "" where not known."""

    given_names: str
    family_names: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """How a commitment was kept in a term. kept: a value of TermNote.Kept."""

    term: str
    kept: str
    note: str = ""


Substitute = Person | str  # somebody of the school, or a name as it was typed
