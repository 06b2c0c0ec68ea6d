"""What this domain does when others announce. Wired in config/reactions.py."""

from __future__ import annotations

from tejido.agenda import services


def on_gatherings_cloned(community_id: int, source_id: int, gathering_ids: list[int]) -> None:
    """Gatherings planned like another begin with its agenda."""
    services.carry_over(source_id, gathering_ids)
