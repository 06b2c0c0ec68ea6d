"""The tree of communities: roles hold downward, branches move whole, no circle, closing and opening again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tejido.communities.models import Community, Lineage, Membership, Role
from tejido.communities.services import (
    add_member,
    close_community,
    define_periods,
    found_community,
    move_community,
    reopen_community,
)
from tejido.communities.tests.factories import CommunityFactory, MembershipFactory
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.policies import can

pytestmark = pytest.mark.django_db


@pytest.fixture
def commission(cast):
    return CommunityFactory(name="Comisión de carta", kind=Community.Kind.COMMISSION, parent=cast.node)


def lineage_is_true() -> bool:
    """Whether the closure table says just what the parents say."""
    told = set(Lineage.objects.values_list("community_id", "ancestor_id", "depth"))
    real = set()
    for community in Community.objects.all():
        above, depth = community, 0
        while above is not None:
            real.add((community.pk, above.pk, depth))
            above, depth = above.parent, depth + 1
    return told == real


def test_a_role_holds_in_all_that_stands_below(cast, commission):
    assert can(cast.rosa, "communities.run", commission)
    assert can(cast.ines, "communities.record", commission)
    assert can(cast.ana, "communities.see_people", commission)
    assert not can(cast.ana, "communities.run", commission)


def test_a_role_of_the_past_or_of_the_future_gives_nothing(cast):
    today = timezone.localdate()
    MembershipFactory(
        community=cast.node,
        person=cast.ze.person,
        role=Role.COORDINATOR,
        ends_on=today - timedelta(days=1),
    )
    MembershipFactory(
        community=cast.node, person=cast.ze.person, role=Role.STEWARD, starts_on=today + timedelta(days=1)
    )
    assert not can(cast.ze, "communities.see", cast.node)


def test_a_branch_moves_with_all_below_it_and_rights_move_along(cast, commission):
    MembershipFactory(community=cast.sister, person=cast.ze.person, role=Role.COORDINATOR)
    assert not can(cast.ze, "communities.see", commission)
    move_community(cast.node, cast.sister, actor=cast.rosa)
    assert lineage_is_true()
    assert set(commission.lineage.order_by("depth").values_list("ancestor__name", flat=True)) == {
        "Comisión de carta",
        "Nodo Agua",
        "Nodo Energía",
        "Red Tejer",
    }
    assert can(cast.ze, "communities.run", commission)


@pytest.mark.parametrize("target", ["itself", "below"])
def test_no_community_stands_inside_itself(cast, commission, target):
    under = {"itself": cast.node, "below": commission}[target]
    with pytest.raises(Refusal) as refused:
        move_community(cast.node, under, actor=cast.rosa)
    assert refused.value.code == "moves_into_itself"
    assert lineage_is_true()


def test_moving_takes_rights_in_both_places(cast):
    with pytest.raises(NotAllowed):
        move_community(cast.node, cast.elsewhere, actor=cast.rosa)
    with pytest.raises(NotAllowed):  # out of the network: that founds a network
        move_community(cast.node, None, actor=cast.rosa)
    MembershipFactory(community=cast.node, person=cast.ze.person, role=Role.COORDINATOR)
    MembershipFactory(community=cast.sister, person=cast.ze.person, role=Role.COORDINATOR)
    with pytest.raises(NotAllowed):  # who coordinates two nodes does not take one away from its network
        move_community(cast.node, cast.sister, actor=cast.ze)
    cast.tomas.is_superuser = True
    assert move_community(cast.node, None, actor=cast.tomas).parent is None
    assert lineage_is_true()
    assert not can(cast.rosa, "communities.see", cast.node)


def test_founding_inside_is_for_those_who_coordinate_there(cast):
    for who in ("ana", "ines", "sole", "ze"):
        with pytest.raises(NotAllowed):
            found_community({"name": "Otra comisión"}, under=cast.network, actor=getattr(cast, who))
    made = found_community({"name": "Otra comisión"}, under=cast.network, actor=cast.rosa)
    assert (made.time_zone, made.language) == (cast.network.time_zone, cast.network.language)
    assert lineage_is_true()


def test_whoever_founds_a_network_is_its_steward(cast):
    cast.tomas.is_superuser = True
    made = found_community({"name": "Red nueva"}, actor=cast.tomas)
    assert made.memberships.get().person == cast.tomas.person
    assert can(cast.tomas, "communities.give_roles", made)


def test_closing_ends_all_below_and_its_memberships_and_opening_again_brings_them_back(cast, commission):
    ana = cast.ana.person.memberships.get()
    earlier = MembershipFactory(community=cast.node, ends_on=date(2022, 5, 5), end_reason="no_time")
    close_community(cast.node, actor=cast.rosa)
    ana.refresh_from_db()
    commission.refresh_from_db()
    assert ana.ends_on == commission.ends_on == cast.node.today
    assert ana.end_reason == "community_closed"
    reopen_community(cast.node, actor=cast.rosa)
    for row in (ana, commission, earlier):
        row.refresh_from_db()
    assert (ana.ends_on, ana.end_reason, commission.ends_on) == (None, "", None)
    assert earlier.ends_on == date(2022, 5, 5)


def test_opening_again_leaves_who_came_back_by_another_way(cast):
    close_community(cast.node, on=timezone.localdate() - timedelta(days=3), actor=cast.rosa)
    add_member(cast.node, cast.ana.person, actor=cast.rosa)
    reopen_community(cast.node, actor=cast.rosa)
    assert cast.ana.person.memberships.filter(ends_on=None).count() == 1


def test_a_closed_network_still_has_its_coordination(cast):
    close_community(cast.network, actor=cast.rosa)
    assert can(cast.rosa, "communities.close", cast.network)
    assert not Membership.objects.filter(person=cast.ines.person, ends_on=None).exists()


def test_closing_is_for_coordinators_and_never_before_the_start(cast):
    for who in ("ana", "ines", "sole", "ze"):
        with pytest.raises(NotAllowed):
            close_community(cast.node, actor=getattr(cast, who))
    cast.node.starts_on = date(2024, 1, 1)
    cast.node.save()
    with pytest.raises(Refusal, match="ends after it starts"):
        close_community(cast.node, on=date(2023, 1, 1), actor=cast.rosa)


def test_periods_do_not_overlap_and_end_after_they_start(cast):
    terms = [("I", date(2025, 2, 1), date(2025, 6, 30)), ("II", date(2025, 7, 1), date(2025, 11, 30))]
    define_periods(cast.network, terms, actor=cast.rosa)
    for bad, code in (
        ([*terms, ("III", date(2025, 11, 30), date(2026, 1, 1))], "periods_overlap"),
        ([("I", date(2025, 2, 1), date(2025, 1, 1))], "period_ends_before_start"),
    ):
        with pytest.raises(Refusal) as refused:
            define_periods(cast.network, bad, actor=cast.rosa)
        assert refused.value.code == code
    assert [period.name for period in cast.network.periods.all()] == ["I", "II"]


def test_a_member_added_to_a_node_is_no_member_of_the_network_above(cast):
    add_member(cast.node, PersonFactory(), actor=cast.rosa)
    assert cast.network.memberships.count() == 4
