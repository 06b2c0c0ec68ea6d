"""Plain shapes of this domain."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from tejido.during.models import Poll

EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A quick question as it is put. options: texts, of a choice alone; most: how many of them one may choose."""

    kind: str
    text: str
    options: Sequence[str] = ()
    most: int = 1
    low: str = ""
    high: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What one phone or person answers. options: ids; step: on the scale; text: of words."""

    options: Collection[int] = ()
    step: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a result. share: of those who answered, 0 to 100, whole numbers for a drawing."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word with how many gave it. shown: may stand on the wall; None: nobody of the team has looked at it."""

    word: str
    text: str
    count: int
    shown: bool | None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a quick question. n: voices. mean: of a scale. held: why nothing but `n` is shown, "" where all is."""

    poll: Poll
    n: int
    bars: Sequence[Bar] = ()
    words: Sequence[WordCount] = ()
    mean: float | None = None
    held: str = ""
    ends: tuple[str, str] = field(default=("", ""))


def counted_as(text: str) -> str:
    """A word as it is counted: small letters, single spaces, no marks around it. Accents stay: they are the word.

    >>> counted_as("  ¡Paciencia! "), counted_as("Trabajo   en EQUIPO."), counted_as("?!")
    ('paciencia', 'trabajo en equipo', '')
    """
    return EDGES.sub("", " ".join(text.split())).casefold()[:60]
