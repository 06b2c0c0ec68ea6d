"""Patterns that form authors write: the whole text must match, and none may keep the server busy."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import regex

SECONDS: Final = 0.2
# In Java these know no letters but a to z, no digits but 0 to 9: as it stands inside brackets.
_JAVA: Final = {"w": "A-Za-z0-9_", "d": "0-9", "s": r" \t\n\x0b\f\r"}


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(as_in_java(pattern))


def as_in_java(pattern: str) -> str:
    r"""The pattern with \w, \d and \s as Java, and so a phone, understands them.

    >>> print(as_in_java(r"\w+[\d.]\S"))
    [A-Za-z0-9_]+[0-9.][^ \t\n\x0b\f\r]
    """
    parts: list[str] = []
    in_brackets = False
    signs = iter(pattern)
    for sign in signs:
        if sign == "\\":
            letter = next(signs, "")
            known = _JAVA.get(letter.lower(), "")
            if known and letter.islower():
                parts.append(known if in_brackets else f"[{known}]")
            elif known and not in_brackets:
                parts.append(f"[^{known}]")
            else:
                parts.append(sign + letter)
            continue
        in_brackets = sign == "[" or (in_brackets and sign != "]")
        parts.append(sign)
    return "".join(parts)


def matches(text: str, pattern: str) -> bool:
    """Whether `pattern` matches all of `text`, as Java's String.matches on phones.

    Raises TimeoutError where the pattern needs longer than `SECONDS`, regex.error where it cannot be read.

    >>> matches("ab-12", "[a-z]+-[0-9]+"), matches("ab-12x", "[a-z]+-[0-9]+")
    (True, False)
    """
    return _compiled(pattern).fullmatch(text, timeout=SECONDS) is not None
