"""What this domain does when others announce. Wired in config/reactions.py."""

from __future__ import annotations

from tejido.accounts.services import system_account
from tejido.certificates import services
from tejido.gatherings.models import Gathering


def on_gathering_closed(community_id: int, gathering_id: int, told: int, again: bool) -> None:
    """The closing act is done: whoever meets the rule gets a certificate. Without a rule, or while something of the series is
    still to come, nobody does. The rule is the coordination's, so that whoever of the team closes may set this off."""
    gathering = Gathering.objects.select_related("community", "series").get(pk=gathering_id)
    if (
        gathering.sealed_at is not None
    ):  # opened again meanwhile: what is corrected may change who meets the rule
        services.issue_if_ready(gathering, actor=system_account())
