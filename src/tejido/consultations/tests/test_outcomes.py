"""From the count to the deed: nodes, their members, the name, the challenge."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.communities.models import Community, Membership
from tejido.consultations import services
from tejido.consultations.tests import factories as make
from tejido.consultations.tests.test_voting import address_of
from tejido.foundation.errors import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_goals(cast):
    """Six teachers ranked three goals; two of them become nodes."""
    make.members(cast.elsewhere, 6)
    found = make.opened(cast.elsewhere, "Water", "Energy", "Reading", method="approval", seats=2)
    make.all_vote(found, [("Water",), ("Water",), ("Energy",), ("Energy",), ("Reading",), ("Water",)])
    return make.closed(found)


def test_nodes_are_founded_from_what_won_under_the_names_given(client, cast, three_goals, system):
    won = {text: make.proposal(three_goals, text).pk for text in ("Water", "Energy")}
    names = {won["Water"]: "Nodo Agua", won["Energy"]: ""}
    nodes = services.found_nodes(three_goals, names, actor=system)
    assert [(one.name, one.kind, one.parent) for one in nodes] == [
        ("Nodo Agua", Community.Kind.NODE, cast.elsewhere),
        ("Energy", Community.Kind.NODE, cast.elsewhere),
    ]
    assert services.found_nodes(three_goals, names, actor=system) == []  # a second press founds nothing


def test_everybody_joins_the_node_she_put_highest(three_goals, system):
    won = {make.proposal(three_goals, text).pk: "" for text in ("Water", "Energy")}
    nodes = services.found_nodes(three_goals, won, actor=system)
    assert services.gather_choosers(three_goals, actor=system) == 5
    assert [Membership.objects.filter(community=one).count() for one in nodes] == [3, 2]
    assert services.gather_choosers(three_goals, actor=system) == 0


def test_after_a_secret_vote_each_chooses_her_node_by_her_link(client, cast, system):
    make.members(cast.node, 2)
    found = make.opened(cast.node, "Water", "Energy", secret=True, method="approval", seats=2)
    make.all_vote(found, [("Water",), ("Energy",), ("Energy",)])
    make.closed(found)
    services.found_nodes(found, {one.pk: "" for one in found.proposals.all()}, actor=system)
    with pytest.raises(Refusal) as refused:
        services.gather_choosers(found, actor=system)
    assert refused.value.code == "secret_vote"
    voter = found.voters.get(person=cast.ana.person)
    water = make.proposal(found, "Water")
    assert "Join a node" in client.get(address_of(voter)).content.decode()
    seen = client.post(address_of(voter, "join"), {"proposal": water.pk})
    assert "You belong to Water now" in seen.content.decode()
    assert Membership.objects.filter(community=water.node, person=cast.ana.person).count() == 1
    client.post(address_of(voter, "join"), {"proposal": water.pk})
    assert Membership.objects.filter(community=water.node, person=cast.ana.person).count() == 1


def test_the_community_takes_the_name_that_won_and_its_history_remembers(client, cast):
    found = make.opened(cast.network, "Avanzando Juntas", "Las Quince", question="What shall we be called?")
    make.all_vote(found, [("Avanzando Juntas",)])
    make.closed(found)
    client.force_login(cast.rosa)
    client.post(reverse("consultations:name", args=[found.pk]))
    cast.network.refresh_from_db()
    assert cast.network.name == "Avanzando Juntas"
    client.post(reverse("consultations:challenge", args=[found.pk]))
    cast.network.refresh_from_db()
    assert cast.network.challenge == "Avanzando Juntas"
    shown = client.get(reverse("communities:history", args=[cast.network.pk])).content.decode()
    assert "gave the community the name that won in «What shall we be called?»" in shown


def test_nothing_is_carried_out_before_it_is_decided(cast, system):
    found = make.opened(cast.network, "Water", "Energy")
    for deed in (services.take_name, services.set_challenge, services.gather_choosers):
        with pytest.raises(Refusal) as refused:
            deed(found, actor=system)
        assert refused.value.code == "not_decided"


def test_who_has_left_the_community_joins_no_node(client, cast, three_goals, system):
    voter = three_goals.voters.order_by("pk").first()
    services.found_nodes(three_goals, {make.proposal(three_goals, "Water").pk: ""}, actor=system)
    Membership.objects.filter(person=voter.person).update(ends_on="2022-01-01")
    water = make.proposal(three_goals, "Water")
    seen = client.post(address_of(voter, "join"), {"proposal": water.pk})
    assert seen.status_code == 422
    assert "You have left this community" in seen.content.decode()
