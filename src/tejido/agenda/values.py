"""What forms hand to services: plain values, without rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from tejido.agenda.models import Activity
from tejido.directory.models import Organisation


class SegmentFields(TypedDict, total=False):
    """What can be said of a segment; absent keys stay as they are. leaders: ids of people; took: minutes or None."""

    kind: str
    title: str
    minutes: int
    guest: str
    organisation: Organisation | None
    material: str
    prompt: str
    activity: Activity | None
    took: int | None
    leaders: Sequence[int]


@dataclass(frozen=True, slots=True)
class ActivityWords:
    """An activity of a community's own. steps: (minutes, words), in order."""

    name: str
    kind: str
    steps: Sequence[tuple[int, str]]
    purpose: str = ""
    material: str = ""
    online: str = ""
