"""Text that a spreadsheet would calculate. Read as text, and written so that it stays text."""

from __future__ import annotations

import re

TRIGGERS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[\d\s().,/%:-]*\d[\d\s().,%:-]*\Z")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might calculate `text`. Numbers and telephone numbers are not formulas.

    >>> [looks_like_formula(text) for text in ("=1+1", "-5,2", "+57 300 123 4567", "@SUM(A1)", "-", "Ana")]
    [True, False, False, True, False, False]
    """
    return len(text) > 1 and text.startswith(("=", "+", "-", "@")) and not _NUMBER.match(text)


def safe_cell(text: str) -> str:
    """`text` as it goes into a CSV or XLSX export: an apostrophe before whatever could be calculated.

    Reversed by `plain_cell`, for every text. Source: OWASP, CSV Injection.

    >>> safe_cell('=HYPERLINK("x")'), safe_cell("Ana"), safe_cell("-3.5")
    ('\\'=HYPERLINK("x")', 'Ana', '-3.5')
    """
    if text.startswith(TRIGGERS) and (text[0] in "\t\r" or looks_like_formula(text)):
        return f"'{text}"
    return f"'{text}" if _is_guarded(text) else text


def plain_cell(text: str) -> str:
    """What `safe_cell` was given.

    >>> plain_cell("'=1+1"), plain_cell("'Aloha"), plain_cell(safe_cell("'=1"))
    ('=1+1', "'Aloha", "'=1")
    """
    return text[1:] if _is_guarded(text) else text


def _is_guarded(text: str) -> bool:
    bare = text.lstrip("'")
    return text.startswith("'") and (bare.startswith(("\t", "\r")) or looks_like_formula(bare))
