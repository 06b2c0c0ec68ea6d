"""A question that asks for people of the community: its list in parts, narrowed by what was searched for."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from tejido.instruments.rosters import Roster
from tejido_forms.pages import Field, Option

FIND: Final = "_find/"  # before the names of questions: the box in which a name is searched for
MOST_SHOWN: Final = 300  # names in one list; others are found by searching
MOST_WITHOUT_SEARCH: Final = 12


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the people under a heading; "" where there is only one part."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Picker:
    """find: the name of the search box, text: what stands in it. more: how many people match and are not shown."""

    find: str
    text: str
    parts: tuple[Part, ...]
    more: int
    count: int

    @property
    def is_searched(self) -> bool:
        """Whether the box is worth its place."""
        return self.count + self.more > MOST_WITHOUT_SEARCH or bool(self.text)


def picker_of(find: str, text: str, people: Sequence[Option]) -> Picker:
    """What of a list is on the page: who fits the search, and whoever is chosen."""
    fitting = [one for one in people if fits(one.label, text)]
    kept = {one.value for one in (*fitting[:MOST_SHOWN], *(one for one in people if one.chosen))}
    options = tuple(one for one in people if one.value in kept)
    more = sum(one.value not in kept for one in fitting)
    return Picker(find, text, (Part("", options),) if options else (), more, len(options))


@dataclass(frozen=True, slots=True)
class People:
    """find: name of a question that asks for people -> what was searched for in it."""

    roster: Roster
    find: Mapping[str, str]

    def shown(self, field: Field) -> Picker:
        """The list of a question, in parts."""
        found = picker_of(FIND + field.name, self.find[field.name].strip(), field.options)
        options = [one for part in found.parts for one in part.options]
        return replace(found, parts=self._parts(options))

    def _parts(self, options: Sequence[Option]) -> tuple[Part, ...]:
        named: list[Option] = []
        fresh: list[Option] = []
        others: list[Option] = []
        for one in options:
            listed = self.roster.by_code.get(one.value)
            before, new = (listed.before, listed.new) if listed else (False, False)
            (named if before else fresh if new else others).append(one)
        parts = [
            Part(_("Named the last time"), tuple(named)),
            Part(_("New since then"), tuple(fresh)),
            Part(_("Everybody else"), tuple(others)),
        ]
        found = [part for part in parts if part.options]
        if len(found) == 1 and not named:
            return (Part("", found[0].options),)
        return tuple(found)


def fits(label: str, text: str) -> bool:
    """Whether every word of `text` stands in the label, whatever the accents.

    >>> fits("Zoé Núñez (La Loma)", "nunez loma"), fits("Zoé Núñez", "nunes"), fits("Zoé", "")
    (True, False, True)
    """
    whole = plain(label)
    return all(word in whole for word in plain(text).split())


def plain(text: str) -> str:
    """Small letters without accents.

    >>> plain("Ñandú José")
    'nandu jose'
    """
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
