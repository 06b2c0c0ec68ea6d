"""Pages of the charter."""

from __future__ import annotations

from tejido.charters.views.accepting import accept, acceptances, ask, by_link
from tejido.charters.views.adopting import adopt, declare, settle, take_back, vote
from tejido.charters.views.drafting import add, begin, discard, move, remove, write
from tejido.charters.views.public import leaflet, public, public_settings
from tejido.charters.views.reading import charter, compare, version
from tejido.charters.views.suggesting import decide, suggest

__all__ = [
    "accept",
    "acceptances",
    "add",
    "adopt",
    "ask",
    "begin",
    "by_link",
    "charter",
    "compare",
    "decide",
    "declare",
    "discard",
    "leaflet",
    "move",
    "public",
    "public_settings",
    "remove",
    "settle",
    "suggest",
    "take_back",
    "version",
    "vote",
    "write",
]
