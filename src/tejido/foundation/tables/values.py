"""What a cell means: numbers, yes and no, telephones, e-mail addresses, official codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import phonenumbers

from tejido.foundation.tables.plain import plain, word_set

Mark = Literal[".", ","]
_NUMBER = re.compile(r"[-+]?\d[\d., ']*\Z|[-+]?[.,]\d+\Z")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}\Z")
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
YES = word_set("si s sim yes y true verdadero verdadeiro 1 x v") | {"ok", "t"}
NO = word_set("no n nao false falso 0 f")


def decimal_mark(values: Iterable[str]) -> Mark:
    """Which sign divides whole from part in a column of numbers, from all its values; "." where nothing tells.

    >>> decimal_mark(["-33,48", "-70,6"]), decimal_mark(["1.234.567", "12"]), decimal_mark(["1,234.5"])
    (',', ',', '.')
    """
    votes = {".": 0, ",": 0}
    for value in values:
        text = value.strip()
        points, commas = text.count("."), text.count(",")
        if points and commas:
            votes["." if text.rfind(".") > text.rfind(",") else ","] += 3
        elif points > 1:
            votes[","] += 3
        elif commas > 1:
            votes["."] += 3
        elif points or commas:
            sign: Mark = "." if points else ","
            # Three digits behind a lone sign may be thousands: "1.234".
            votes[sign] += 0 if re.fullmatch(r"[-+]?[1-9]\d{0,2}[.,]\d{3}", text) else 1
    return "," if votes[","] > votes["."] else "."


def parse_number(text: str, mark: Mark | None = None) -> float | None:
    """The number that `text` writes, or None. mark: the decimal sign of its column; decided from `text` if not given.

    >>> parse_number("-33,488564"), parse_number("1.234,5"), parse_number("1,234.5"), parse_number("1 234"), parse_number("n/a")
    (-33.488564, 1234.5, 1234.5, 1234.0, None)
    """
    text = text.strip().replace("\u202f", " ").removesuffix("%").strip()
    if _SCIENTIFIC.match(text):
        return float(text.replace(",", "."))
    if not _NUMBER.match(text):
        return None
    if mark is None:
        mark = decimal_mark([text])
    other = "," if mark == "." else "."
    try:
        return float(text.replace(" ", "").replace("'", "").replace(other, "").replace(mark, "."))
    except ValueError:
        return None


def parse_yes_no(text: str) -> bool | None:
    """Yes, no, or None for anything else.

    >>> [parse_yes_no(word) for word in ("Sí", "não", "X", "rural", "✓")]
    [True, False, True, None, True]
    """
    if text.strip() in {"✓", "✔", "☑", "✅"}:
        return True
    word = plain(text)
    return True if word in YES else False if word in NO else None


@lru_cache(maxsize=4_096)
def parse_phone(text: str, region: str = "CO") -> str | None:
    """The first telephone number in `text` as +573001234567, or None. region: the country where it names none.

    >>> parse_phone("300 123 45 67", "CO"), parse_phone("(55) 11 91234-5678", "BR"), parse_phone("3001234567.0", "CO")
    ('+573001234567', '+5511912345678', '+573001234567')
    """
    for part in re.split(r"[/;|]| o | y | e | or ", text.strip().removesuffix(".0")):
        try:
            number = phonenumbers.parse(part.strip(), region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return f"+{number.country_code}{phonenumbers.national_significant_number(number)}"  # E.164
    return None


def parse_email(text: str) -> str | None:
    """The first e-mail address in `text`, lower case, or None.

    >>> parse_email("Ana Ruiz <Ana.Ruiz@Escuela.edu.co>;"), parse_email("ana@"), parse_email("mailto:x@y.org")
    ('ana.ruiz@escuela.edu.co', None, 'x@y.org')
    """
    text = text.strip().removeprefix("mailto:")
    found = _EMAIL.search(text)
    if not found or ".." in found[0] or found[0].startswith("."):
        return None
    return found[0].lower().rstrip(".")


def clean_code(text: str) -> str:
    """An official code as written, without what spreadsheets add. Leading zeros stay.

    >>> clean_code(" 05001 "), clean_code("105001008206.0"), clean_code("'00123"), clean_code("105.001.008.206")
    ('05001', '105001008206', '00123', '105001008206')
    """
    text = text.strip().lstrip("'").strip()
    text = re.sub(r"(?<=\d)[.,]0+\Z", "", text)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text):
        text = re.sub(r"[.,]", "", text)
    return " ".join(text.split())


def code_key(text: str) -> str:
    """What two spellings of one code share: no leading zeros, signs or case. "05001" and "5001" are one code.

    >>> code_key("05001") == code_key("5001.0"), code_key("RBD 9.026-3"), code_key("000")
    (True, 'rbd90263', '0')
    """
    text = re.sub(r"[^0-9a-z]", "", plain(clean_code(text)))
    return text.lstrip("0") or text[:1]


def is_ruined_code(text: str) -> bool:
    """Whether a spreadsheet has turned a long code into 1,05001E+11; its last digits are lost.

    >>> is_ruined_code("1,05001E+11"), is_ruined_code("105001008206")
    (True, False)
    """
    return bool(_SCIENTIFIC.match(text.strip()))
