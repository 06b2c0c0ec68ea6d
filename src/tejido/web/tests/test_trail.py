"""Breadcrumbs begin the same way on every page: the community's way down, then the place, never the page itself."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tejido.gatherings.tests.factories import GatheringFactory

pytestmark = pytest.mark.django_db


def crumbs(client, url: str) -> list[str]:
    """The words of the steps, as read in English."""
    page = client.get(url, headers={"accept-language": "en"}).content.decode()
    found = re.search(r'<nav class="crumbs".*?</nav>', page, re.S)
    return re.findall(r'<li><a href="[^"]+">([^<]+)</a></li>', found[0]) if found else []


@pytest.fixture
def down(cast):
    """The names from the menu to the node."""
    return ["Communities", cast.network.name, cast.node.name]


@pytest.mark.parametrize(
    ("url", "below"),
    [
        ("communities:overview", None),
        ("communities:people", []),
        ("communities:add", ["People"]),
        ("communities:history", []),
        ("communities:settings", []),
        ("gatherings:list", []),
        ("gatherings:month", ["Gatherings"]),
        ("insights:insight", []),
        ("insights:attention", ["Insight"]),
        ("reports:reports", []),
        ("imports:lists", ["People"]),
        ("imports:bring", ["People", "Lists that were brought"]),
    ],
)
def test_a_page_of_a_node_says_the_way_from_the_menu_down(client, cast, down, url, below):
    client.force_login(cast.rosa)
    expected = down[:-1] if below is None else [*down, *below]
    assert crumbs(client, reverse(url, args=[cast.node.pk])) == expected


def test_a_page_of_a_gathering_stands_below_the_gatherings_of_its_community(client, cast, down):
    gathering = GatheringFactory(community=cast.node, title="Reading circle")
    client.force_login(cast.rosa)
    assert crumbs(client, reverse("gatherings:gathering", args=[gathering.pk])) == [*down, "Gatherings"]
    sheet = crumbs(client, reverse("gatherings:attendance", args=[gathering.pk]))
    assert sheet == [*down, "Gatherings", "Reading circle"]


def test_outside_communities_the_place_of_the_menu_comes_first(client, cast):
    client.force_login(cast.rosa)
    assert crumbs(client, reverse("directory:schools")) == []
    assert crumbs(client, reverse("directory:organisations")) == ["Schools"]
    assert crumbs(client, "/") == []
