"""Questions about calls and applications. What they cost stands with each."""

from __future__ import annotations

from tejido.calls.selectors.applications import (
    applications_of,
    door_of,
    free_places,
    names_shown,
    next_in_line,
    same_contact,
    to_read,
)
from tejido.calls.selectors.lists import (
    Said,
    by_token,
    calls_for,
    calls_in,
    columns_of,
    in_language,
    is_open,
    is_over,
    is_published,
    languages_of,
    open_now,
    waiting_reviews,
)
from tejido.calls.selectors.reviews import Row, Table, reviewer_name, reviews_of, table_of

__all__ = [
    "Row",
    "Said",
    "Table",
    "applications_of",
    "by_token",
    "calls_for",
    "calls_in",
    "columns_of",
    "door_of",
    "free_places",
    "in_language",
    "is_open",
    "is_over",
    "is_published",
    "languages_of",
    "names_shown",
    "next_in_line",
    "open_now",
    "reviewer_name",
    "reviews_of",
    "same_contact",
    "table_of",
    "to_read",
    "waiting_reviews",
]
