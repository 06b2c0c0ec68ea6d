"""Questions about charters. What they cost stands with each."""

from __future__ import annotations

from tejido.charters.selectors.acceptances import (
    Answer,
    acceptances_awaited,
    answer_of,
    answers_in,
    door_of,
    has_awaited,
)
from tejido.charters.selectors.differences import Difference, comparison, whole_text
from tejido.charters.selectors.public import PublicCharter, page_of, public_charter
from tejido.charters.selectors.versions import (
    articles_of,
    begun_articles,
    in_force,
    in_the_making,
    open_suggestions,
    suggestions_of,
    versions_for,
    versions_in,
)

__all__ = [
    "Answer",
    "Difference",
    "PublicCharter",
    "acceptances_awaited",
    "answer_of",
    "answers_in",
    "articles_of",
    "begun_articles",
    "comparison",
    "door_of",
    "has_awaited",
    "in_force",
    "in_the_making",
    "open_suggestions",
    "page_of",
    "public_charter",
    "suggestions_of",
    "versions_for",
    "versions_in",
    "whole_text",
]
