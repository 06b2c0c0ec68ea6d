"""Who may make one of two people, take that back, or say for good that they are two."""

from __future__ import annotations

import pytest

from tejido.accounts.services import system_account
from tejido.communities.models import Role
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory import services
from tejido.directory.models import NotTheSame
from tejido.foundation.errors import NotAllowed
from tejido.gatherings.models import Attendance
from tejido.gatherings.tests.factories import GatheringFactory

pytestmark = pytest.mark.django_db

WHO_MERGES = [  # who, merges two people of the node
    ("ana", False),
    ("rosa", True),
    ("tomas", True),
    ("ines", False),
    ("sole", False),
    ("ze", False),
]


@pytest.mark.parametrize(("who", "may"), WHO_MERGES)
def test_who_may_merge_and_undo(cast, system, who, may):
    one, other = (MembershipFactory(community=cast.node).person for _ in range(2))
    actor = getattr(cast, who)
    if may:
        merge = services.merge_people(one, other, {}, actor=actor)
        services.undo_merge(merge, actor=actor)
        services.tell_apart(one, other, actor=actor)
        return
    with pytest.raises(NotAllowed):
        services.merge_people(one, other, {}, actor=actor)
    with pytest.raises(NotAllowed):
        services.tell_apart(one, other, actor=actor)
    merge = services.merge_people(one, other, {}, actor=system)
    with pytest.raises(NotAllowed):
        services.undo_merge(merge, actor=actor)


def test_nobody_reaches_into_another_network_by_merging_its_people(cast):
    """Rosa coordinates one network. Somebody who also runs another is not hers to merge: she would get their rights."""
    mine = MembershipFactory(community=cast.node).person
    shared = MembershipFactory(community=cast.node).person
    MembershipFactory(community=cast.elsewhere, person=shared, role=Role.STEWARD)
    with pytest.raises(NotAllowed):
        services.merge_people(mine, shared, {}, actor=cast.rosa)
    with pytest.raises(NotAllowed):
        services.merge_people(cast.rosa.person, shared, {}, actor=cast.rosa)
    guest = MembershipFactory(community=cast.elsewhere, role=Role.STEWARD).person
    Attendance.objects.create(
        person=guest,
        gathering=GatheringFactory(community=cast.node),
        status="on_site",
        recorded_by=system_account(),
    )
    with pytest.raises(NotAllowed):
        services.merge_people(cast.rosa.person, guest, {}, actor=cast.rosa)


def test_not_the_same_is_remembered_once_whatever_the_order(cast):
    one, other = (MembershipFactory(community=cast.node).person for _ in range(2))
    services.tell_apart(one, other, actor=cast.rosa)
    services.tell_apart(other, one, actor=cast.rosa)
    decision = NotTheSame.objects.get()
    assert (decision.lower_id, decision.higher_id) == tuple(sorted([one.pk, other.pk]))
    assert decision.decided_by == cast.rosa
