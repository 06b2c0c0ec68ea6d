"""What differs between two texts, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, ADDED, REMOVED = "same", "added", "removed"
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(NamedTuple):
    """A stretch of text: what: same, added or removed."""

    what: str
    text: str


def compared(before: str, after: str) -> list[Piece]:
    """The two texts as one, what was removed before what was added. O(n·m) words at worst.

    >>> [tuple(piece) for piece in compared("We weave water.", "We weave clean water.")]
    [('same', 'We weave '), ('added', 'clean '), ('same', 'water.')]
    >>> [tuple(piece) for piece in compared("Monthly", "Weekly")]
    [('removed', 'Monthly'), ('added', 'Weekly')]
    """
    return list(_joined(_pieces(_TOKENS.findall(before), _TOKENS.findall(after))))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for code, a1, a2, b1, b2 in matcher.get_opcodes():
        if code == "equal":
            yield Piece(SAME, "".join(before[a1:a2]))
            continue
        if a2 > a1:
            yield Piece(REMOVED, "".join(before[a1:a2]))
        if b2 > b1:
            yield Piece(ADDED, "".join(after[b1:b2]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """A change word, space, word is one change: a space between two replaced words is no island."""
    removed = added = ""
    for piece in pieces:
        if piece.what == REMOVED:
            removed += piece.text
        elif piece.what == ADDED:
            added += piece.text
        elif (removed and added) and piece.text == " ":
            removed, added = removed + " ", added + " "
        else:
            yield from _change(removed, added)
            removed = added = ""
            yield piece
    yield from _change(removed, added)


def _change(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(REMOVED, removed)
    if added:
        yield Piece(ADDED, added)
