"""What the principals of Avanzando Juntas can share, and buddies: a pair that talked, one that came to its end, proposals that wait.

Nothing of it is published: all of it is invented.
"""

from __future__ import annotations

from collections.abc import Sequence

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.buddies.models import BuddyRound, Pair
from tejido.buddies.services import (
    answer,
    ask_for_another,
    open_round,
    profile_of,
    propose_pairs,
    send_proposals,
    talked,
    tell,
)
from tejido.buddies.values import Talked, Told
from tejido.communities.models import Community
from tejido.directory.models import Person, Skill

ASKED = 4  # pairs of the first round that are asked


def plant_buddies(network: Community, principals: Sequence[Person], actor: User) -> None:
    """Everybody would like a buddy, by what they said of themselves before; `actor` runs the network."""
    for person in principals:
        _told(person, actor)
    found = open_round(network, actor=actor)
    for pair in list(found.pairs.order_by("pk"))[ASKED:]:
        pair.delete()
    send_proposals(found, actor=actor)
    _answered(found, system_account())
    propose_pairs(found, actor=actor)


def _told(person: Person, actor: User) -> None:
    said = list(person.skills.all())
    told = Told(
        offered={one.topic_id: one.level for one in said if one.side == Skill.Side.OFFERED},
        wanted=[one.topic_id for one in said if one.side == Skill.Side.WANTED],
        findable=True,
        open_to_buddy=True,
        languages=("es",),
    )
    tell(profile_of(person, actor=actor), told, actor=actor)


def _answered(found: BuddyRound, actor: User) -> None:
    """As their links would: the first pair talked, the second came to its end, the others have not answered."""
    for number, pair in enumerate(found.pairs.filter(state=Pair.State.SENT).order_by("pk")[:2]):
        partners = list(pair.partners.order_by("pk"))
        for one in partners:
            answer(one, yes=True, shares_contact=True, actor=actor)
        if number == 0:
            talked(partners[0], Talked(asked=(partners[1].person_id,)), actor=actor)
        else:
            ask_for_another(partners[0], actor=actor)
