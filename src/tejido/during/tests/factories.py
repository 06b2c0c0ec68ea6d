"""A gathering that is going on, and phones in its room."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.communities.models import Community
from tejido.during import services
from tejido.during.models import Poll, Question, Room
from tejido.during.values import Asked, Said
from tejido.gatherings.models import Gathering
from tejido.gatherings.tests.factories import GatheringFactory

PACE = Asked("choice", "How is the pace?", ("Slow", "Right", "Fast"))


def going_on(community: Community, **more: object) -> Gathering:
    """It began five minutes ago."""
    return GatheringFactory(community=community, starts_at=timezone.now() - timedelta(minutes=5), **more)


def room(gathering: Gathering, **wanted: bool) -> Room:
    return services.set_room(gathering, actor=system_account(), **{"hears": True, **wanted})


def voices(poll: Poll, *said: Said) -> None:
    """So many phones answer."""
    for number, one in enumerate(said):
        services.answer_poll(poll, one, f"planted-{number}", actor=system_account())


def question(gathering: Gathering, text: str, *, of: str = "ana", name: str = "") -> Question:
    return services.ask_from_room(gathering, text, name, of, actor=system_account())


def phone(room: Room) -> Client:
    """A browser that has opened the address on the wall."""
    client = Client()
    assert client.get(path(room)).status_code == 200
    return client


def path(room: Room) -> str:
    return f"/q/{room.code}/"
