"""What this domain does when others announce. Wired in config/reactions.py."""

from __future__ import annotations

from tejido.gatherings import services


def on_community_changed(community_id: int, fields: list[str]) -> None:
    """With another time zone, a gathering late in the evening may belong to another day."""
    if "time_zone" in fields:
        services.move_days(community_id)
