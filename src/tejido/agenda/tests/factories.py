"""An agenda of three parts, two hours in all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.agenda import services
from tejido.agenda.models import Segment
from tejido.communities.models import Community
from tejido.gatherings.models import Gathering
from tejido.gatherings.tests.factories import GatheringFactory

PARTS = [("social", "Welcome", 15), ("hands_on", "With the kit", 45), ("discussion", "World Café", 60)]


def begun(community: Community, **more: Any) -> Gathering:
    """A gathering of two hours that begins about now."""
    return GatheringFactory(community=community, starts_at=timezone.now() - timedelta(minutes=5), **more)


def part(
    gathering: Gathering, kind: str = "discussion", title: str = "Talk", minutes: int = 20, **more: Any
) -> Segment:
    fields: Any = {"kind": kind, "title": title, "minutes": minutes, **more}
    return services.add_segment(gathering, fields, actor=system_account())


def agenda(gathering: Gathering) -> list[Segment]:
    return [part(gathering, *words) for words in PARTS]
