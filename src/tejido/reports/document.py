"""A report as plain data: sections of blocks. HTML and PDF are two renderings of the same document.

Everything is already in the reader's language and already suppressed; a rendering adds nothing.
Plain dicts of one shape per kind, so that a document can be kept as JSON and rendered again later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypedDict

VERSION = 1


class Stat(TypedDict):
    """A number with its unit, what it rests on and what it was before (both may be empty)."""

    label: str
    value: str
    rests_on: str
    before: str


class Block(TypedDict, total=False):
    """kind is one of: paragraph, stats, table, figure, list, definitions."""

    kind: str
    text: str  # paragraph; caption of table and figure
    says: str  # figure: its summary in words
    svg: str  # figure: a drawing that carries its own colours
    legend: list[dict[str, str]]  # figure: [{"svg": …, "name": …}]
    stats: list[Stat]
    headers: list[str]
    rows: list[list[str]]
    numeric: list[int]  # table: columns set flush right
    items: list[str]
    terms: list[dict[str, str]]  # definitions: [{"term", "definition"}]


@dataclass
class Section:
    heading: str
    blocks: list[Block] = field(default_factory=list)

    def say(self, text: str) -> None:
        self.blocks.append({"kind": "paragraph", "text": text})

    def stats(self, stats: Sequence[Stat]) -> None:
        if stats:
            self.blocks.append({"kind": "stats", "stats": list(stats)})

    def table(
        self, caption: str, headers: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[int] = ()
    ) -> None:
        if rows:
            self.blocks.append(
                {
                    "kind": "table",
                    "text": caption,
                    "headers": list(headers),
                    "rows": [list(row) for row in rows],
                    "numeric": list(numeric),
                }
            )

    def figure(self, caption: str, says: str, svg: str, legend: Sequence[dict[str, str]] = ()) -> None:
        self.blocks.append(
            {"kind": "figure", "text": caption, "says": says, "svg": svg, "legend": list(legend)}
        )

    def items(self, items: Sequence[str]) -> None:
        if items:
            self.blocks.append({"kind": "list", "items": list(items)})

    def definitions(self, terms: Sequence[tuple[str, str]]) -> None:
        if terms:
            self.blocks.append(
                {"kind": "definitions", "terms": [{"term": term, "definition": text} for term, text in terms]}
            )


@dataclass
class Document:
    """title and period stand on the cover; `language` is a code of the interface: es, en, pt-br."""

    title: str
    subtitle: str
    period: str
    made: str
    language: str
    note: str = ""
    sections: list[Section] = field(default_factory=list)
    version: int = VERSION

    def section(self, heading: str) -> Section:
        made = Section(heading)
        self.sections.append(made)
        return made

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Document:
        sections = [Section(section["heading"], section["blocks"]) for section in data["sections"]]
        return cls(**{**data, "sections": sections})
