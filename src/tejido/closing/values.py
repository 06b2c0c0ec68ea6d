"""What deeds take."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tejido.communities.models import Community
from tejido.directory.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class Promise:
    """Who will do what by when: people, an organisation, a node, or several of these. due_on: None without a day."""

    what: str
    people: Collection[Person] = ()
    organisation: Organisation | None = None
    node: Community | None = None
    due_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """To how many it was written when a gathering was closed. unreached: those who have no address here."""

    written: int
    unreached: int
