"""Patterns that form authors write: the whole text must match, and none may keep the server busy."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import regex

SECONDS: Final = 0.2


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)


def matches(text: str, pattern: str) -> bool:
    """Whether `pattern` matches all of `text`, as Java's String.matches on phones.

    Raises TimeoutError where the pattern needs longer than `SECONDS`, regex.error where it cannot be read.

    >>> matches("ab-12", "[a-z]+-[0-9]+"), matches("ab-12x", "[a-z]+-[0-9]+")
    (True, False)
    """
    return _compiled(pattern).fullmatch(text, timeout=SECONDS) is not None
