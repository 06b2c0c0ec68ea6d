"""What deeds take: what somebody says of skills, and of being a buddy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tejido.buddies.models import Profile


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody can share and would like to learn, and how they want to be found.

    offered: topic id -> level (None: not said). wanted: topic ids. missed: (words, side) of topics that are not on the list.
    """

    offered: Mapping[int, int | None] = field(default_factory=dict)
    wanted: Collection[int] = ()
    missed: tuple[tuple[str, str], ...] = ()
    findable: bool = False
    open_to_buddy: bool = False
    way: str = Profile.Way.EITHER
    km: int | None = None
    languages: tuple[str, ...] = ()


class Weeks(NamedTuple):
    """After how many weeks buddies are asked, and asked again, whether they talked, and after how many without a talk it ends."""

    first: int = 2
    second: int = 6
    fades: int = 10


class Talked(NamedTuple):
    """What a talk was. asked: whom of the others I asked for advice; was_asked: who asked me (person ids)."""

    asked: tuple[int, ...] = ()
    was_asked: tuple[int, ...] = ()
