from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.services import change_community
from tejido.gatherings.models import Gathering
from tejido.gatherings.tests.factories import GatheringFactory, was_at
from tejido.home.readiness import open_points
from tejido.home.selectors import home_of

pytestmark = pytest.mark.django_db


def soon(community, days=3, **more):
    start = timezone.now() + timedelta(days=days)
    return GatheringFactory(community=community, starts_at=start, ends_at=start + timedelta(hours=2), **more)


def test_a_visitor_is_welcomed_and_the_cast_stands_at_the_door_of_the_demonstration_only(client, settings):
    page = client.get("/").content.decode()
    assert "Networks of teachers, run and understood" in page
    assert "/demo/sign-in/" not in page
    settings.TEJIDO_DEMONSTRATION = True
    assert "/demo/sign-in/rosa" in client.get("/").content.decode()


def test_who_belongs_nowhere_is_told_what_to_ask_for(cast, client):
    client.force_login(cast.ze)
    page = client.get("/").content.decode()
    assert "You do not belong to a community yet" in page
    assert cast.ze.email in page
    assert cast.network.name not in page


def test_a_member_sees_where_she_is_expected_and_her_own_record(cast, client):
    soon(cast.node, title="Encuentro del nodo")
    soon(cast.sister, title="Encuentro de otras")
    past = GatheringFactory(community=cast.node)
    was_at(past, cast.ana.person)
    client.force_login(cast.ana)
    page = client.get("/").content.decode()
    assert "Encuentro del nodo" in page
    assert "Encuentro de otras" not in page
    assert "You have been to 1 gathering." in page
    assert "What to do next" not in page


def test_a_coordinator_sees_what_others_did_since_her_last_visit(cast, client):
    client.force_login(cast.rosa)
    client.get("/")
    change_community(cast.node, {"challenge": "Nos reunimos cada mes."}, actor=cast.tomas)
    news = [item.words for item in home_of(User.objects.get(pk=cast.rosa.pk)).news]
    assert len(news) == 1
    assert "Tomas Gil" in news[0]
    change_community(cast.node, {"challenge": "Nos reunimos cada semana."}, actor=cast.rosa)
    assert len(home_of(User.objects.get(pk=cast.rosa.pk)).news) == 1  # her own deeds are no news to her


def test_what_a_gathering_still_lacks_is_said_to_the_team(cast, client):
    soon(cast.node, modality=Gathering.Modality.HYBRID)
    client.force_login(cast.rosa)
    page = client.get("/").content.decode()
    assert "The place is not known yet." in page
    assert "The link for joining is missing." in page
    client.force_login(cast.ana)
    assert "The place is not known yet." not in client.get("/").content.decode()


def test_a_gathering_with_place_and_link_has_no_open_points(cast):
    ready = soon(
        cast.node, modality=Gathering.Modality.HYBRID, address="Calle 1", online_link="https://example.org/x"
    )
    assert open_points(ready) == []


def test_a_cancelled_gathering_is_not_ahead(cast):
    soon(cast.node, state=Gathering.State.CANCELLED)
    assert list(home_of(cast.rosa).ahead) == []


def test_the_page_costs_the_same_for_one_gathering_and_for_thirty(
    cast, client, django_assert_max_num_queries
):
    for days in range(1, 31):
        soon(cast.node, days=days)
    client.force_login(cast.rosa)
    with django_assert_max_num_queries(12):
        client.get("/")
