"""Names as people search for them: without accents, in lower case. Pure."""

from __future__ import annotations

import unicodedata


def search_form(text: str) -> str:
    """`text` for searching: no accents, lower case, single spaces.

    >>> search_form("  María-José  NÚÑEZ de la O'Higgins ")
    "maria-jose nunez de la o'higgins"
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())
