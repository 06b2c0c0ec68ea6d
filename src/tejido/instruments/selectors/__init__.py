"""Questions to instruments. Read only; every list says what it costs."""

from tejido.instruments.selectors.definitions import definition_of
from tejido.instruments.selectors.doors import (
    Door,
    collection_for,
    collections_open_in,
    door_of,
    is_open,
    to_answer,
    version_named,
)

__all__ = [
    "Door",
    "collection_for",
    "collections_open_in",
    "definition_of",
    "door_of",
    "is_open",
    "to_answer",
    "version_named",
]
