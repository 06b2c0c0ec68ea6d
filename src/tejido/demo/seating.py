"""Tables proposed for those who said that they come to the gathering that is still to come. All invented."""

from __future__ import annotations

from tejido.communities.models import Community
from tejido.demo.inviting import next_gathering
from tejido.demo.planting import Garden
from tejido.seating.models import SeatingPlan
from tejido.seating.selectors import people_for
from tejido.seating.services import note_talks, propose, set_up

ROUNDS, SIZE = 3, 3
QUESTION = "¿Qué intentaron este trimestre con su equipo, y qué harían distinto?"


def plant_tables(garden: Garden, network: Community) -> None:
    """A proposal that nobody has confirmed yet, with a question for the first round. `garden.actor` runs the network."""
    gathering, actor = next_gathering(network), garden.actor
    if gathering is None:
        return
    plan = set_up(gathering, who=SeatingPlan.Who.COMING, rounds=ROUNDS, size=SIZE, reachable=1, actor=actor)
    if len(people_for(plan)) < SIZE:
        return
    propose(plan, actor=actor)
    note_talks(plan, 1, {0: (QUESTION, "")}, actor=actor)
