"""Which letters the bytes of a text file mean."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

# Letters that Spanish, Portuguese and their neighbours write beyond ASCII, and the signs of their texts.
EXPECTED = frozenset("áéíóúüñçãõâêôàèìòùäëïöåøæßÁÉÍÓÚÜÑÇÃÕÂÊÔÀÈÌÒÙÄËÏÖÅØºª°¿¡«»–—‘’“”…€·")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What spreadsheets of Windows, of the Mac and of DOS write when nobody asks.
SPREADSHEET_ENCODINGS = ("cp1252", "mac_roman", "cp850")
SAMPLE = 400_000
CERTAIN_SHARE = 0.9  # of the letters beyond ASCII are expected ones


@dataclass(frozen=True, slots=True)
class Encoding:
    """name: a codec of Python. certain: the bytes say so, it is not a guess."""

    name: str
    certain: bool


def find_encoding(data: bytes) -> Encoding | None:
    """The encoding of a text, or None where the bytes are no text.

    Order: a byte order mark; UTF-8 when all bytes fit (random bytes never do); UTF-16 by its zeros; then the three
    encodings of spreadsheets, by how many letters beyond ASCII are ones that people write; then charset-normalizer.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return Encoding(name, certain=True) if _decodes(data, name) else None
    sixteen = _utf16_by_zeros(data)
    if sixteen:
        return Encoding(sixteen, certain=False) if _decodes(data, sixteen) else None
    if _decodes(data, "utf-8"):
        return Encoding("utf-8", certain=True)
    return _guess(data)


def _decodes(data: bytes, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        for start in range(0, len(data), 1 << 20):
            decoder.decode(data[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_by_zeros(data: bytes) -> str | None:
    """UTF-16 without a mark: of Latin text every second byte is zero."""
    sample = data[:4_000]
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    if sample[1::2].count(0) > 0.7 * pairs and sample[0::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * pairs and sample[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> Encoding | None:
    beyond = bytes(byte for byte in data[: 8 * SAMPLE] if byte > 127)[:SAMPLE]
    if len(beyond) > 0.35 * min(len(data), 8 * SAMPLE):
        return _by_normalizer(data)
    shares = {name: _expected_share(beyond, name) for name in SPREADSHEET_ENCODINGS}
    best = max(SPREADSHEET_ENCODINGS, key=lambda name: shares[name])
    if shares[best] >= CERTAIN_SHARE:
        return Encoding(best, certain=False)
    return _by_normalizer(data) or (Encoding(best, certain=False) if shares[best] >= 0.5 else None)


def _expected_share(beyond: bytes, name: str) -> float:
    text = beyond.decode(name, errors="replace")
    return sum(letter in EXPECTED for letter in text) / len(text)


def _by_normalizer(data: bytes) -> Encoding | None:
    best = from_bytes(data[:SAMPLE]).best()
    if best is None or not _decodes(data, best.encoding):
        return None
    return Encoding(best.encoding, certain=False)


def mended(text: str) -> str | None:
    """`text` without the garble of UTF-8 that was once read as cp1252 ("MarÃ­a"), or None if it has none.

    >>> mended("MarÃ­a PeÃ±a"), mended("María"), mended("SÃO PAULO")
    ('María Peña', None, None)
    """
    if "Ã" not in text and "Â" not in text:
        return None
    try:
        better = _old_windows_bytes(text).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return better if better != text else None


def _old_windows_bytes(text: str) -> bytes:
    # cp1252 leaves five bytes undefined; programs write them as the control characters of Latin-1.
    return b"".join(
        letter.encode("latin-1") if 0x80 <= ord(letter) < 0xA0 else letter.encode("cp1252") for letter in text
    )
