"""What the network of *Avanzando Juntas* does once its people, workshops and agendas stand, in the order in which it does it."""

from __future__ import annotations

from collections.abc import Callable

from tejido.communities.models import Community
from tejido.demo.agreeing import plant_charter
from tejido.demo.allies import plant_allies
from tejido.demo.arriving import plant_paper
from tejido.demo.asking import plant_forms
from tejido.demo.calling import plant_calls
from tejido.demo.closing import plant_closing
from tejido.demo.deciding import plant_decisions
from tejido.demo.during import plant_room
from tejido.demo.heading import plant_heads
from tejido.demo.improving import plant_cycles
from tejido.demo.inviting import plant_answers
from tejido.demo.pairing import plant_buddies
from tejido.demo.planting import Garden
from tejido.demo.seating import plant_tables
from tejido.directory.models import Person


def plant_deeds(
    garden: Garden, network: Community, principals: list[Person], say: Callable[[str], None]
) -> None:
    """Forms, votes, alliances, tables, closing, cycles, buddies, calls and charter; `say` tells each as it stands."""
    plant_forms(garden, network, principals)
    say("exit tickets, diagnostic and closing, survey without names, one form open")
    plant_decisions(garden.rng, network, garden.actor)
    say("a challenge and a name that were voted, one vote open")
    plant_allies(garden, network)
    say("two agreements, a network of networks with six organisations, and what two networks share there")
    plant_heads(garden, network, principals)
    say("heads asked for their support, some promised it")
    plant_answers(garden, network, principals)
    plant_tables(garden, network)
    plant_paper(garden, network)
    say("answers to the next gathering, with a waiting list")
    plant_room(garden, network)
    say("quick questions, and questions from the room with their answers")
    plant_closing(garden, network, principals)
    say("the last workshop closed, with minutes, decisions and commitments")
    count = plant_cycles(garden, network, principals)
    say(f"{count} improvement cycles, told as they were published")
    plant_buddies(network, principals, garden.actor)
    say("what principals can share, buddies that talked and that wait")
    plant_calls(garden.rng, network, garden.actor)
    say("an open call, and one that was read and waits for its choice")
    plant_charter(garden.rng, network, garden.actor)
    say("a charter that was voted, a draft with a suggestion")
