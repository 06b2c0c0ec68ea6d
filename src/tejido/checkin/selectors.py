"""What stands at the door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef

from tejido.checkin.models import Arrival, Door, PaperLine
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import sheet
from tejido.invitations.models import Reply


def open_door_of(gathering: Gathering) -> Door | None:
    """The door, where people may check in by themselves now. One query."""
    return Door.objects.filter(gathering=gathering, closed_at=None).first()


def is_open() -> Any:
    """For lists of Gathering, and for panels: people may check in by themselves now."""
    return Exists(Door.objects.filter(gathering=OuterRef("pk"), closed_at=None))


def shows_code() -> Exists:
    """Whether somebody who has a link of their own comes on site: a condition on invitations.Door. No query by itself."""
    comes = Reply.objects.filter(
        gathering_id=OuterRef("gathering_id"),
        person_id=OuterRef("person_id"),
        modality="on_site",
        waiting=False,
    )
    return Exists(comes.filter(gathering__closed_at=None).exclude(gathering__state=Gathering.State.CANCELLED))


def arrivals_by_way(gathering: Gathering) -> list[tuple[str, int]]:
    """How many came by which way, in the order of the ways. One query."""
    rows = Arrival.objects.filter(gathering=gathering).order_by()
    counts = dict(rows.values_list("way").annotate(n=Count("pk")))
    return [(str(way.label), counts.get(way.value, 0)) for way in Arrival.Way]


def kept_instead(gathering: Gathering) -> list[Arrival]:
    """Who said they are here while the sheet says otherwise and was left so, by name. One query."""
    still = gathering.attendances.filter(person=OuterRef("person"), status=OuterRef("stood"))
    rows = Arrival.objects.filter(Exists(still), gathering=gathering, taken=False)
    return list(rows.select_related("person").order_by("person__search_name", "pk"))


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One numbered line of the printed sheet. status, status_words: what the sheet says now; "" is no mark."""

    number: int
    person_id: int
    name: str
    search_name: str
    school: str
    status: str
    status_words: str


def paper_rows(gathering: Gathering) -> list[PaperRow]:
    """The printed sheet by number, without whoever is not expected any more. Three queries."""
    numbers = dict(PaperLine.objects.filter(gathering=gathering).values_list("person_id", "number"))
    rows = [
        PaperRow(
            numbers[line.person.pk],
            line.person.pk,
            line.person.name,
            line.person.search_name,
            line.school,
            line.status,
            line.status_words,
        )
        for line in sheet(gathering)
        if line.person.pk in numbers
    ]
    return sorted(rows, key=lambda row: row.number)
