"""Answers to the gathering that is still to come: places that ran out, needs, lifts, somebody instead. All invented."""

from __future__ import annotations

from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.communities.models import Community
from tejido.demo.planting import Garden
from tejido.directory.models import Person, Post
from tejido.directory.services import take_up_post
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import invited_to
from tejido.invitations.selectors import school_of
from tejido.invitations.services import answer, ask_for_answers, name_substitute, set_asking
from tejido.invitations.values import Needs, Place, Said

ANSWERS = (
    Said("yes", transport="offers", seats=3),
    Said("yes", needs=Needs(wheelchair=True)),
    Said("yes", transport="needs", note="Salgo de Peñalolén a las nueve."),
    Said("maybe"),
    Said("yes", needs=Needs(other="Menú sin gluten")),
    Said("yes"),
    Said("no", note="Ese día hay consejo escolar."),
    Said("yes"),
    Said("yes"),
    Said("yes"),
)
PLACES = 6


def next_gathering(network: Community) -> Gathering | None:
    """The next one of the network that takes place. One query."""
    coming = network.gatherings.filter(starts_at__gt=timezone.now()).exclude(state=Gathering.State.CANCELLED)
    return coming.select_related("community", "school", "organisation").order_by("starts_at").first()


def plant_answers(garden: Garden, network: Community, principals: list[Person]) -> None:
    """Everybody is asked; the first principal, who is Ana, has not answered yet. `garden.actor` runs the network."""
    gathering, actor = next_gathering(network), garden.actor
    if gathering is None:
        return
    set_asking(gathering, places=PLACES, remind_days=3, actor=actor)
    ask_for_answers(gathering, actor=actor)
    expected = set(invited_to(gathering).values_list("pk", flat=True))
    asked = [person for person in principals[1:] if person.pk in expected]
    for person, said in zip(asked, ANSWERS, strict=False):
        answer(Place(gathering, person), said, actor=actor)
    if len(asked) > len(ANSWERS):
        _send_somebody(garden, Place(gathering, asked[len(ANSWERS)]))


def _send_somebody(garden: Garden, place: Place) -> None:
    """An invented colleague of the same school comes instead."""
    school = school_of(place.person)
    if school is None:
        return
    colleague = garden.person("Carolina", "Fuentes Leiva", language="es")
    take_up_post(colleague, school, function=Post.Function.MIDDLE_LEADER, actor=system_account())
    name_substitute(place, colleague, actor=garden.actor)
