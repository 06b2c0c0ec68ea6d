"""Text files of rows: CSV in all the ways in which programs write it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tejido.foundation.tables import refusals
from tejido.foundation.tables.encodings import find_encoding
from tejido.foundation.tables.limits import Limits
from tejido.foundation.tables.problems import Problem

SEPARATORS = ",;\t|"
SAMPLE_RECORDS = 200
SAMPLE_CHARACTERS = 200_000
KINDS_BY_FIRST_BYTES = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"GIF8": "GIF",
    b"%PDF": "PDF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"\x1f\x8b": "gzip",
    b"RIFF": "RIFF",
    b"SQLite format 3": "SQLite",
}
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
_HTML = re.compile(rb"\s*(<!doctype html|<html|<\?xml|<table)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextSource:
    """A CSV file whose encoding and separator were found. `records()` reads it afresh each time."""

    name: str
    data: bytes
    encoding: str
    separator: str
    limits: Limits
    problems: tuple[Problem, ...]

    def records(self) -> Iterator[list[str]]:
        """Every record as the file has it, one at a time. Raises Refusal where a cell has no end."""
        lines = _lines(self.data, self.encoding)
        if self.declares_separator:
            next(lines)
        reader = csv.reader(lines, delimiter=self.separator, skipinitialspace=self.separator != "\t")
        number = 0
        while True:
            number += 1
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error as error:  # only "field larger than field limit": strict is off
                raise refusals.cell_too_long(self.name, number, self.limits.cell_characters) from error
            yield record

    @property
    def declares_separator(self) -> bool:
        """The first line is Excel's `sep=;`."""
        return next(_lines(self.data[:64], self.encoding, cut=True), "").strip().lower().startswith("sep=")


def open_text(name: str, data: bytes, limits: Limits) -> TextSource:
    """Find encoding and separator of `data`. Raises Refusal("not_a_table") for anything that is no text."""
    _refuse_other_kinds(name, data)
    encoding = find_encoding(data)
    if encoding is None:
        raise refusals.not_a_table(name)
    problems = [] if encoding.certain else [Problem("guessed_encoding", {"encoding": encoding.name})]
    sample = "".join(_lines(data[: 2 * SAMPLE_CHARACTERS], encoding.name, cut=True))[:SAMPLE_CHARACTERS]
    if "\0" in sample:
        raise refusals.not_a_table(name)
    if not encoding.name.startswith("utf-16") and not encoding.name.startswith("utf-32") and b"\0" in data:
        problems.append(Problem("nul_bytes"))
    return TextSource(name, data, encoding.name, find_separator(sample), limits, tuple(problems))


def _refuse_other_kinds(name: str, data: bytes) -> None:
    for start, kind in KINDS_BY_FIRST_BYTES.items():
        if data.startswith(start):
            raise refusals.not_a_table(name, kind)
    if _HTML.match(data[:200]):
        raise refusals.not_a_table(name, "HTML/XML")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    stretches = [data[:100_000], data[len(data) // 2 :][:100_000]]
    for stretch in stretches:
        if stretch and len(_CONTROL.findall(stretch)) > 0.005 * len(stretch):
            raise refusals.not_a_table(name)


def _lines(data: bytes, encoding: str, *, cut: bool = False) -> Iterator[str]:
    # newline="" ends lines at \r, \n and \r\n alike and leaves them as they are, as csv wants it.
    errors = "ignore" if cut else "strict"  # a sample may end in the middle of a letter
    for line in io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors=errors, newline=""):
        yield line.replace("\0", "") if "\0" in line else line


def find_separator(sample: str) -> str:
    """The separator with which most records have the same number of cells, more cells before fewer.

    Where none cuts the lines evenly there is one column, and the answer is a sign that does not occur.

    >>> find_separator("Nombre;Estado\\nPEREZ, ANA;P\\nRUIZ, EVA;A\\n"), find_separator("nombre\\nPEREZ, ANA\\nRUIZ, EVA")
    (';', ';')
    """
    lines = sample.splitlines()
    if lines and lines[0].strip().lower().startswith("sep=") and len(lines[0].strip()) >= 5:
        return lines[0].strip()[4]
    scores = {separator: _fit(sample, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    if scores[best] > 0:
        return best
    return next((separator for separator in SEPARATORS if separator not in sample), ",")


def _fit(sample: str, separator: str) -> float:
    """How well `separator` cuts the sample: the share of records of the commonest width, weighed by that width."""
    widths: list[int] = []
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                widths.append(len(record))
            if len(widths) == SAMPLE_RECORDS:
                break
    except csv.Error:
        return 0.0
    several = Counter(width for width in widths if width > 1)
    if not several:
        return 0.0
    width, times = max(several.items(), key=lambda pair: (pair[1], pair[0]))
    share = times / len(widths)
    if share < 0.3 or (widths[0] == 1 and _is_prose(sample, separator)):
        return 0.0
    return share**2 * (1 + min(width, 40) / 100)


def _is_prose(sample: str, separator: str) -> bool:
    """A comma that is always followed by a blank divides surnames from names, not one cell from the next."""
    return separator in ",;" and len(re.findall(re.escape(separator) + r"(?! )", sample)) == 0
