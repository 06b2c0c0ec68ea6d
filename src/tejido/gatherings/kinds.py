"""What is usual for each kind of gathering: how long, how people meet, whether a host takes it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tejido.gatherings.models import Gathering

KIND, MODALITY = Gathering.Kind, Gathering.Modality


@dataclass(frozen=True, slots=True)
class Usual:
    """length of the kind; modality; hosted: takes place with a school or an organisation that has to be asked."""

    length: timedelta
    modality: str = MODALITY.ON_SITE
    hosted: bool = False


USUAL: dict[str, Usual] = {
    KIND.ASSEMBLY: Usual(timedelta(hours=4), MODALITY.HYBRID),
    KIND.NODE_MEETING: Usual(timedelta(hours=2)),
    KIND.ITINERANT_CHAIR: Usual(timedelta(hours=3), hosted=True),
    KIND.TERMLY: Usual(timedelta(hours=3)),
    KIND.WORKSHOP: Usual(timedelta(hours=3)),
    KIND.WEBINAR: Usual(timedelta(minutes=90), MODALITY.ONLINE),
    KIND.VISIT: Usual(timedelta(hours=2), hosted=True),
    KIND.INTERVIEW: Usual(timedelta(hours=1)),
    KIND.OTHER: Usual(timedelta(hours=2)),
}


def usual(kind: str) -> Usual:
    """What is usual for a kind; for one that is unknown what is usual for *other*."""
    return USUAL.get(kind, USUAL[KIND.OTHER])
