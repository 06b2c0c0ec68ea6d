"""Agendas of the demonstration: how the workshops were divided is invented; the activities are those that come along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from tejido.accounts.models import User
from tejido.agenda.models import Activity, Segment
from tejido.agenda.services import add_segment, begin_segment, end_segment
from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.gatherings.models import Gathering

# kind, title, share of the time in percent, key of the activity, whose turn: 0 a principal, 1 a facilitator
PARTS = [
    ("social", "Bienvenida y café", 10, "", 0),
    ("presentation", "Qué nos llevamos de la vez anterior", 15, "", 1),
    ("discussion", "Café del mundo: ¿qué nos une?", 45, "world-cafe", 0),
    ("reflection", "Conversación entre pares", 20, "buddy-talk", 0),
    ("admin", "Acuerdos y próxima fecha", 10, "", 1),
]
DELAYS = (6, 4, 11, 9, 12)  # minutes after the plan at which each segment ended; invented


def plant_agendas(
    network: Community, principals: Sequence[Person], facilitators: Sequence[Person], actor: User
) -> int:
    """An agenda for every workshop, and for those that were held what it took. Returns how many."""
    known = {row.key: row for row in Activity.objects.filter(community=None, language="es")}
    workshops = Gathering.objects.filter(community=network, kind=Gathering.Kind.WORKSHOP).order_by(
        "starts_at", "pk"
    )
    for number, gathering in enumerate(workshops):
        turns = (principals[number % len(principals)], facilitators[number % len(facilitators)])
        rows = [_segment(gathering, part, turns, known, actor) for part in PARTS]
        if gathering.state == Gathering.State.HELD:
            _kept(gathering, rows, actor)
    return len(workshops)


def _segment(
    gathering: Gathering,
    part: tuple[str, str, int, str, int],
    turns: tuple[Person, Person],
    known: dict[str, Activity],
    actor: User,
) -> Segment:
    kind, title, percent, key, turn = part
    length = (gathering.ends_at - gathering.starts_at).total_seconds() / 60
    activity = known.get(key)
    return add_segment(
        gathering,
        {
            "kind": kind,
            "title": title,
            "minutes": max(5, int(length * percent // 500) * 5),
            "material": activity.material if activity else "",
            "activity": activity,
            "leaders": [turns[turn].pk],
        },
        actor=actor,
    )


def _kept(gathering: Gathering, rows: Sequence[Segment], actor: User) -> None:
    ends, at = [gathering.starts_at + timedelta(minutes=3)], gathering.starts_at
    for row, delay in zip(rows, DELAYS, strict=True):
        at += timedelta(minutes=row.minutes)
        ends.append(at + timedelta(minutes=delay))
    for row, (begins, _ends) in zip(rows, pairwise(ends), strict=True):
        begin_segment(row, actor=actor, now=begins)
    end_segment(rows[-1], actor=actor, now=ends[-1])
