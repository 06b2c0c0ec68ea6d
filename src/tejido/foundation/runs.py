"""Runs: many small deeds of one person on one thing, told as one line of a history.

Whoever marks three hundred people on an attendance sheet does three hundred deeds, and each stands in
the journal. A history says it once: "Rosa noted the attendance of 300 people". What may be folded so is
said with the sentence (`folds`, the list of the payload that grows).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import timedelta
from typing import Any

from tejido.foundation.models import JournalEntry

TOGETHER = timedelta(hours=12)  # between the first and the last deed of a run


class Folding:
    """Takes entries newest first, and gives lines: an entry of its own, or one for a whole run.

    folds: fact -> the key of its payload that is a list and grows. Only deeds between which nothing but
    such deeds happened are folded, so that the order of a history stays true.
    """

    def __init__(self, folds: Mapping[str, str]) -> None:
        self._folds = folds
        self._open: dict[Any, JournalEntry] = {}
        self.lines: list[JournalEntry] = []

    def _key(self, entry: JournalEntry) -> Any:
        grows = self._folds[entry.fact]
        same = sorted((key, repr(value)) for key, value in entry.payload.items() if key != grows)
        return entry.fact, entry.actor_id, tuple(same)

    def starts_a_line(self, entry: JournalEntry) -> bool:
        """Whether `entry` would be a line of its own."""
        run = self._open.get(self._key(entry)) if entry.fact in self._folds else None
        return run is None or run.happened_at - entry.happened_at > TOGETHER

    def add(self, entry: JournalEntry) -> None:
        if entry.fact not in self._folds:
            self._open.clear()
            self.lines.append(entry)
        elif self.starts_a_line(entry):
            line = _copy(entry)
            self._open[self._key(entry)] = line
            self.lines.append(line)
        else:
            grows, line = self._folds[entry.fact], self._open[self._key(entry)]
            line.payload[grows] = sorted({*line.payload[grows], *entry.payload[grows]})


def _copy(entry: JournalEntry) -> JournalEntry:
    """The entry for reading only: what is folded into it must not reach the journal."""
    line = copy(entry)
    line.payload = dict(entry.payload)
    return line


def fold(entries: Iterable[JournalEntry], folds: Mapping[str, str]) -> list[JournalEntry]:
    """The lines of `entries`, newest first."""
    folding = Folding(folds)
    for entry in entries:
        folding.add(entry)
    return folding.lines


def beginning(entries: Iterable[JournalEntry], folds: Mapping[str, str], most: int) -> list[JournalEntry]:
    """As many of `entries`, newest first and as they are, as make at most `most` lines."""
    folding, taken = Folding(folds), []
    for entry in entries:
        if len(folding.lines) == most and folding.starts_a_line(entry):
            break
        folding.add(entry)
        taken.append(entry)
    return taken
