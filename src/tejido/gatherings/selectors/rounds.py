"""Who sat with whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from tejido.directory.models import Person
from tejido.gatherings.models import Attendance, Gathering, Seat
from tejido.gatherings.selectors.people import SheetLine, sheet


@dataclass(slots=True)
class RoundShown:
    """A round with its people by table, tables in order."""

    number: int
    prompt: str
    tables: dict[int, list[Person]] = field(default_factory=dict)

    @property
    def seated(self) -> int:
        return sum(map(len, self.tables.values()))


def rounds_of(gathering: Gathering) -> list[RoundShown]:
    """The rounds of a gathering with who sat where. One query for any number of rounds and people."""
    rounds: dict[int, RoundShown] = {}
    seats = Seat.objects.filter(round__gathering=gathering).select_related("round", "person")
    for seat in seats.order_by("round__number", "table", "person__search_name", "pk"):
        shown = rounds.setdefault(seat.round_id, RoundShown(seat.round.number, seat.round.prompt))
        shown.tables.setdefault(seat.table, []).append(seat.person)
    return list(rounds.values())


def seated_people(gathering: Gathering, *, also: Collection[int] = ()) -> list[SheetLine]:
    """Who can be seated: those who were on site; before anybody is marked, everybody who may still come.

    also: ids of people who have a seat already, whatever the sheet says of them. Two queries.
    """
    lines = sheet(gathering)
    there = {line.person.pk for line in lines if line.status == Attendance.Status.ON_SITE}
    if not there:
        there = {line.person.pk for line in lines if not line.status}
    return [line for line in lines if line.person.pk in there or line.person.pk in also]


def mixed(people: Sequence[int], tables: int, number: int) -> dict[int, int]:
    """A table (from 1) for each of `people` in round `number`, as even as can be and mixed between rounds. Pure.

    Each round moves the people of a row one table further than the round before, so that with an
    odd number of tables nobody meets the same neighbour twice until the rows come round again.

    >>> mixed([10, 11, 12, 13], 2, 1)
    {10: 1, 11: 2, 12: 1, 13: 2}
    >>> mixed([10, 11, 12, 13], 2, 2)
    {10: 1, 11: 2, 12: 2, 13: 1}
    """
    return {
        person: (place + (number - 1) * (place // tables)) % tables + 1 for place, person in enumerate(people)
    }
