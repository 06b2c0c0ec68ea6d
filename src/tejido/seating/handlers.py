"""What this domain does when others announce. Wired in config/reactions.py."""

from __future__ import annotations

from tejido.seating import services


def on_gatherings_cloned(community_id: int, source_id: int, gathering_ids: list[int]) -> None:
    """Gatherings planned like another begin with what it wished for at its tables."""
    services.carry_over(source_id, gathering_ids)
