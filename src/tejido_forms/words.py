"""Names that machines can hold, out of what people write; and texts that the converter must not read as its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final

LONGEST_NAME: Final = 40
QUIET: Final = "\u200b"
_REFERENCE: Final = re.compile(r"\$(?=\{)")
_NO_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "œ": "oe", "þ": "th", "ð": "d"}
)


def slug(text: str) -> str:
    """Small letters, digits and "_", beginning with a letter; "" where the text has no Latin letter or digit.

    >>> slug("¿Qué aprendió hoy?"), slug("2 días"), slug("今日")
    ('que_aprendio_hoy', 'n2_dias', '')
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_NO_LETTERS))
    latin = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.findall(r"[a-z0-9]+", latin)
    name = ""
    for word in words:
        if name and len(name) + len(word) + 1 > LONGEST_NAME:
            break
        name = f"{name}_{word}" if name else word[:LONGEST_NAME]
    return f"n{name}" if name[:1].isdigit() else name


def free_name(text: str, taken: Collection[str], otherwise: str) -> str:
    """A slug of `text` that is not `taken`; from `otherwise` where the text gives none. Endings count from 2.

    >>> free_name("Sí", {"si"}, "choice"), free_name("今日", {"choice"}, "choice")
    ('si_2', 'choice_2')
    """
    name = slug(text) or otherwise
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found


def clean(text: str) -> str:
    """A text that XML can hold: without control characters and lone surrogates, line ends as \\n, trimmed.

    >>> clean(" a\\r\\nb\\x00 ")
    'a\\nb'
    """
    kept = (
        sign
        for sign in text.replace("\r\n", "\n").replace("\r", "\n")
        if sign in "\t\n"
        or (ord(sign) >= 32 and not 0xD800 <= ord(sign) <= 0xDFFF and sign not in "\ufffe\uffff")
    )
    return "".join(kept).strip()


def harmless(text: str) -> str:
    """A text as its author typed it, safe for the converter: "${x}" is no reference, control characters are gone.

    >>> harmless("costs ${x}\\x00") == "costs $\\u200b{x}"
    True
    """
    return _REFERENCE.sub("$" + QUIET, clean(text))


def as_typed(text: str) -> str:
    """`harmless` taken back.

    >>> as_typed(harmless("costs ${x}"))
    'costs ${x}'
    """
    return text.replace(f"${QUIET}{{", "${")
