"""What forms hand to services: plain values, without rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from tejido.directory.models import Organisation, School
from tejido.gatherings.models import Series


class GatheringFields(TypedDict, total=False):
    """What can be said of a gathering in one go; absent keys stay as they are. Moments are aware."""

    kind: str
    modality: str
    title: str
    description: str
    starts_at: datetime
    ends_at: datetime
    school: School | None
    organisation: Organisation | None
    address: str
    latitude: float | None
    longitude: float | None
    online_link: str
    everyone_invited: bool
    series: Series | None


@dataclass(frozen=True, slots=True)
class Presence:
    """One line of an attendance list. minutes: 1 to 1440, or None where not measured."""

    status: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class NewFace:
    """What is asked at the door. joins: becomes a member of the community from the gathering's day on."""

    given_names: str
    family_names: str = ""
    joins: bool = False
    is_another: bool = False  # somebody looked: not the person of the same name who is already there
