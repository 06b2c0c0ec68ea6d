"""What forms hand to services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tejido.communities.models import Community
from tejido.directory.models import Person, School
from tejido.improvement.models import Entry


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be tried. Everything but the title may still be missing while planning."""

    title: str
    idea: str = ""
    what: str = ""
    where: str = ""
    who: str = ""
    due_on: date | None = None
    measure: str = ""
    prediction: str = ""
    school: School | None = None
    depth: str = "guided"


@dataclass(frozen=True, slots=True)
class Study:
    """What happened beside what was expected."""

    held: str = ""
    result: str = ""
    learnt: str = ""
    worked_for: str = ""
    not_for: str = ""


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to be done. commission: a community below the cycle's own."""

    what: str
    owner: Person | None = None
    commission: Community | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What helped or hindered, and what one knows it from: an entry of the log, or evidence in words."""

    kind: str
    text: str
    entry: Entry | None = None
    evidence: str = ""
