"""Text without what people write differently: accents, case, signs, blanks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SIGNS = re.compile(r"[^a-z0-9]+")
_SPECIAL = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "º": " ", "ª": " "}
)


@lru_cache(maxsize=32_768)
def plain(text: str) -> str:
    """Lower case, no accents, one blank between words, no other sign.

    >>> plain("  N.º de IDENTIFICACIÓN (C.C.)"), plain("Peña-Ruiz")
    ('n de identificacion c c', 'pena ruiz')
    """
    text = text.casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_SPECIAL))
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _SIGNS.sub(" ", text).strip()


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for lists of words that are read more often than changed."""
    return frozenset(text.split())
