"""What is still open before a gathering can begin well. Looks at the gathering's own columns; no query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tejido.gatherings.models import Gathering


@dataclass(frozen=True, slots=True)
class Coming:
    """A gathering ahead and its open points, as sentences."""

    gathering: Gathering
    open_points: list[str] = field(default_factory=list)


def coming(gatherings: Iterable[Gathering]) -> list[Coming]:
    """Each gathering with what it still lacks, in the same order."""
    return [Coming(gathering, open_points(gathering)) for gathering in gatherings]


def open_points(gathering: Gathering) -> list[str]:
    """Sentences on what is missing: the place where people meet, the link by which they join."""
    points = []
    on_site = gathering.modality in {Gathering.Modality.ON_SITE, Gathering.Modality.HYBRID}
    online = gathering.modality in {Gathering.Modality.ONLINE, Gathering.Modality.HYBRID}
    if on_site and not (gathering.school_id or gathering.organisation_id or gathering.address):
        points.append(_("The place is not known yet."))
    if online and not gathering.online_link:
        points.append(_("The link for joining is missing."))
    return points
