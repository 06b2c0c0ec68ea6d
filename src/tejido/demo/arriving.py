"""The paper sheet of the gathering that is still to come, printed already. All invented."""

from __future__ import annotations

from tejido.checkin.services import number_sheet
from tejido.communities.models import Community
from tejido.demo.inviting import next_gathering
from tejido.demo.planting import Garden


def plant_paper(garden: Garden, network: Community) -> None:
    """Everybody who is expected has a number on the sheet. `garden.actor` runs the network."""
    gathering = next_gathering(network)
    if gathering is not None:
        number_sheet(gathering, actor=garden.actor)
