"""What is handed from a page to a deed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tejido.directory.models import Person
from tejido.gatherings.models import Gathering


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said of an agreement; all of it, also when it is changed."""

    title: str
    about: str = ""
    state: str = "talking"
    starts_on: date | None = None
    ends_on: date | None = None
    renew_by: date | None = None
    contact_here: Person | None = None
    contact_there: Person | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Gift:
    """What is said of a contribution. value and currency go together."""

    kind: str
    what: str
    quantity: Decimal | None = None
    unit: str = ""
    value: Decimal | None = None
    currency: str = ""
    day: date | None = None
    gathering: Gathering | None = None
    delivered: bool = False
