"""The district and the sector that a list of people gives its schools: gaps are filled, nothing is replaced.

The register of schools is shared by all; only an official register corrects it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tejido.directory.models import School, Territory
from tejido.directory.selectors import search_form
from tejido.imports.models import ImportRun
from tejido.imports.rows import Said, Values
from tejido.imports.services.knowing import SchoolFound

CHUNK = 5_000
LEVELS = (Territory.Level.DISTRICT, Territory.Level.MUNICIPALITY)  # the smaller first


@dataclass(slots=True)
class SchoolPlaces:
    """Territories by name, and what is known of each school. Empty where the list has no such columns."""

    asked: bool = False
    parents: dict[int, int | None] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    by_name: dict[str, dict[str, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    near: int | None = None  # where the community is: of several places of one name, those in it
    schools: dict[int, tuple[str, int | None]] = field(default_factory=dict)  # -> (sector, territory)
    said: dict[tuple[int, str, str], str] = field(
        default_factory=dict
    )  # (id, key, field) -> what a row said first

    def territories(self, text: str) -> list[int]:
        """Ids of the places that a list means by `text`; districts before municipalities."""
        levels = self.by_name.get(search_form(text), {})
        for level in LEVELS:
            ids = levels.get(level, [])
            here = [pk for pk in ids if self.near and self.near in self.path(pk)]
            if ids:
                return here or ids
        return []

    def path(self, pk: int | None) -> list[int]:
        """The place itself and all that it lies in."""
        found = []
        while pk is not None:
            found.append(pk)
            pk = self.parents.get(pk)
        return found

    def judge(self, said: Said, school: SchoolFound) -> list[str]:
        """What the row adds to its school, as keys of fields.ADDED, with notes on what it does not. Remembers gaps."""
        values = said.values
        asked = [values[name] for name in ("district", "sector") if values.get(name)]
        if not asked or not self.asked:
            return []
        if not school.id and not school.key:
            said.note("no_school_for", text=", ".join(asked))
            return []
        self._note_other_words(said, school)
        sector, place = self.schools.get(school.id, ("", None))
        added = self._district(said, place, known=bool(school.id))
        if values.get("sector") and sector and search_form(sector) != search_form(values["sector"]):
            said.note("other_sector", text=values["sector"], here=sector)
        elif values.get("sector") and not sector and school.id:
            added.append("school_sector")
        return added

    def _note_other_words(self, said: Said, school: SchoolFound) -> None:
        """Two rows that say two things of one school: the first counts."""
        for name in ("district", "sector"):
            text = said.values.get(name)
            first = self.said.setdefault((school.id, school.key, name), text) if text else None
            if text and first and search_form(first) != search_form(text):
                said.note("two_words_for_a_school", text=text, first=first)

    def _district(self, said: Said, place: int | None, *, known: bool) -> list[str]:
        text = said.values.get("district", "")
        if not text:
            return []
        found = self.territories(text)
        if place is not None:
            if not any(pk in self.path(place) or place in self.path(pk) for pk in found):
                said.note("other_district", text=text, here=self.names[place])
        elif len(found) != 1:
            said.note("several_districts" if found else "unknown_district", text=text)
        elif known:
            return ["school_district"]
        return []

    def gaps(self, values: Values, school_id: int) -> dict[str, str | int]:
        """sector and territory (its id) that the row gives and the school, 0 if it is new, does not have."""
        if not self.asked:
            return {}
        sector, place = self.schools.get(school_id, ("", None))
        found: dict[str, str | int] = {}
        if values.get("sector") and not sector:
            found["sector"] = values["sector"]
        places = self.territories(values["district"]) if values.get("district") and place is None else []
        if len(places) == 1:
            found["territory"] = places[0]
        return found


def school_places(run: ImportRun) -> SchoolPlaces:
    """What rows on districts and sectors are compared with. Two queries, none where the list has no such columns."""
    places = SchoolPlaces()
    if run.kind not in {ImportRun.Kind.PEOPLE, ImportRun.Kind.MEMBERSHIPS}:
        return places
    if not run.columns.filter(field__in=["district", "sector"]).exists():
        return places
    places.asked = True
    places.near = run.community.territory_id if run.community else None
    country = Territory.objects.filter(country=run.region)
    rows = country.values_list("pk", "parent_id", "name", "search_name", "level")
    for pk, parent_id, name, search_name, level in rows.iterator(chunk_size=CHUNK):
        places.parents[pk], places.names[pk] = parent_id, name
        places.by_name[search_name or search_form(name)].setdefault(level, []).append(pk)
    schools = School.objects.values_list("pk", "sector", "territory_id", "territory__name")
    for pk, sector, territory_id, name in schools.iterator(chunk_size=CHUNK):
        places.schools[pk] = sector, territory_id
        if territory_id is not None:
            places.names.setdefault(territory_id, name)
    return places
