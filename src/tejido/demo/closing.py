"""The last workshop of the demonstration, closed: minutes, decisions, commitments, who helped. All invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from tejido.closing.models import Commitment
from tejido.closing.selectors import closings_of
from tejido.closing.services import (
    add_decision,
    close_gathering,
    links_to_hand_on,
    make_commitment,
    name_contributor,
    say_when_next,
    settle_commitment,
    write_minutes,
)
from tejido.closing.values import Promise
from tejido.communities.models import Community
from tejido.demo.planting import Garden
from tejido.directory.models import Organisation, Person
from tejido.gatherings.models import Gathering

MINUTES = """Demostración: el texto es inventado.

Abrimos con lo que cada jardín probó desde el taller anterior. Después, en tres mesas, hablamos de para qué existe la comunidad.

- Lo que nos une: cuidar a los equipos para que puedan cuidar a las niñas y los niños.
- Lo que falta: tiempo protegido para encontrarse fuera de los talleres."""
DECISIONS = (
    "La comunidad sigue reuniéndose después del cierre del programa, una vez por trimestre.",
    "Cada encuentro lo prepara un jardín distinto, con apoyo de una facilitadora.",
)
# what, who of the principals, days from today on which it is due, state
PROMISES = (
    ("Compartir la pauta de observación entre pares con las demás directoras", (1,), 12, "done"),
    ("Traer al reencuentro una práctica que funcionó con las familias", (0, 2), 15, "open"),
    ("Invitar a los jardines vecinos que aún no participan", (5,), 20, "open"),
    ("Preguntar por una sala más grande en el municipio", (8,), 8, "dropped"),
)


def plant_closing(garden: Garden, network: Community, principals: Sequence[Person]) -> Gathering:
    """Close the last workshop that was held, without a letter to anybody; Ana has her link to it. Returns it."""
    actor = garden.actor
    held = Gathering.objects.filter(
        community=network, kind=Gathering.Kind.WORKSHOP, state=Gathering.State.HELD
    )
    last = held.order_by("-starts_at")[0]
    write_minutes(last, MINUTES, seen=0, actor=actor)
    for text in DECISIONS:
        add_decision(last, text, actor=actor)
    outside = Organisation.objects.get(name="SUMMA (demostración)")
    name_contributor(last, outside, "Facilitación y materiales", actor=actor)
    say_when_next(last, timezone.localdate() + timedelta(days=16), "Reencuentro de la red", actor=actor)
    made = [
        _promise(garden, last, [principals[place] for place in who], what, days)
        for what, who, days, _state in PROMISES
    ]
    close_gathering(last, tell=False, actor=actor)
    for commitment, (*_said, state) in zip(made, PROMISES, strict=True):
        if state != Commitment.State.OPEN:
            settle_commitment(commitment, state, actor=actor)
    links_to_hand_on(last, [principals[0].pk], actor=actor)
    return last


def _promise(
    garden: Garden, gathering: Gathering, people: Sequence[Person], what: str, days: int
) -> Commitment:
    due = timezone.localdate() + timedelta(days=days)
    return make_commitment(gathering, Promise(what, people, due_on=due), actor=garden.actor)


def last_closed(network: Community) -> Gathering | None:
    """The newest gathering whose closing act is done. One query."""
    closing = closings_of(network).first()
    return closing.gathering if closing else None
