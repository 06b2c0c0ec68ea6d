"""What is usual for each kind of gathering: how long, how people meet, whether a host takes it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from tejido.gatherings.models import Gathering

KIND, MODALITY = Gathering.Kind, Gathering.Modality


@dataclass(frozen=True, slots=True)
class Usual:
    """length of the kind; modality; hosted: takes place with a school or an organisation that has to be asked;
    host_named: which one has to be said, an address is not enough."""

    length: timedelta
    modality: str = MODALITY.ON_SITE
    hosted: bool = False
    host_named: bool = False


USUAL: dict[str, Usual] = {
    KIND.ASSEMBLY: Usual(timedelta(hours=4), MODALITY.HYBRID),
    KIND.NODE_MEETING: Usual(timedelta(hours=2)),
    KIND.ITINERANT_CHAIR: Usual(timedelta(hours=3), hosted=True, host_named=True),
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


def host_missing(kind: str, modality: str, *, host: bool, address: str) -> str:
    """The sentence that asks for a host where people meet with one and none is said; else "". host: one is named."""
    asked = usual(kind)
    if not asked.hosted or modality == MODALITY.ONLINE or host:
        return ""
    if asked.host_named:
        return _(
            "An itinerant chair is received by a host. Find the school or organisation that receives it; an organisation that is "
            "not in the directory yet is added on the page “Organisations” of a community."
        )
    return (
        ""
        if address.strip()
        else _("This takes place with a host: find the school or organisation, or write the address.")
    )
