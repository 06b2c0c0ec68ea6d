"""What every indicator means, in plain words: content, translated like the rest of the interface."""

from __future__ import annotations

from tejido.insights.definitions.base import TIE, Awaited, Definition, Family
from tejido.insights.definitions.formation import FORMATION
from tejido.insights.definitions.gathered import MEETINGS, SHARED
from tejido.insights.definitions.others import LATER, PLACE, SCHOOLS

FAMILIES: tuple[Family, ...] = (FORMATION, MEETINGS, PLACE, SCHOOLS, SHARED)
DEFINITIONS: dict[str, Definition] = {one.id: one for family in FAMILIES for one in family.indicators}

__all__ = ["DEFINITIONS", "FAMILIES", "LATER", "TIE", "Awaited", "Definition", "Family"]
