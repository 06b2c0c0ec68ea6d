"""Two versions beside each other, article by article."""

from __future__ import annotations

from dataclasses import dataclass

from tejido.charters.comparing import ADDED, REMOVED, SAME, Piece, compared
from tejido.charters.models import Article, CharterVersion
from tejido.charters.selectors.versions import articles_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One article: what: same, added, removed or changed."""

    title: str
    what: str
    pieces: list[Piece]


def _key(article: Article) -> str:
    """Which article of another version is the same: the house's by kind, others by name.

    >>> _key(Article(kind="other", name=" Money  matters "))
    'other money matters'
    """
    return f"{article.kind} {' '.join(article.name.split()).casefold()}".strip()


def comparison(before: CharterVersion | None, after: CharterVersion) -> list[Difference]:
    """Articles of `after` in their order, then those that are gone; empty ones on both sides are left out. Two queries."""
    old = {_key(one): one for one in articles_of(before)} if before else {}
    found = []
    for article in articles_of(after):
        former = old.pop(_key(article), None)
        found.append(_difference(article.title, former.text if former else "", article.text))
    found += [_difference(one.title, one.text, "") for one in old.values()]
    return [one for one in found if one.pieces]


def _difference(title: str, before: str, after: str) -> Difference:
    pieces = compared(before.replace("\r\n", "\n"), after.replace("\r\n", "\n"))
    kinds = {piece.what for piece in pieces}
    what = kinds.pop() if len(kinds) == 1 else "changed"
    return Difference(title, what if what in {SAME, ADDED, REMOVED} else "changed", pieces)


def whole_text(version: CharterVersion) -> str:
    """Every article that says something, under its title. One query."""
    return "\n\n".join(f"{one.title}\n{one.text}" for one in articles_of(version) if one.text.strip())
