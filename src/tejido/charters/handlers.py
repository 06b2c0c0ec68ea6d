"""What this domain does when others announce. Wired in config/reactions.py."""

from __future__ import annotations

from tejido.charters import services


def on_question_withdrawn(community_id: int, consultation_id: int) -> None:
    """What was put to the vote is a draft again."""
    services.take_back_withdrawn(consultation_id)
