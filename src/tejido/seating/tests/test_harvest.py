"""What came out of the tables: written at the table by its link, read by the team and the members, lost by nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.foundation.models import JournalEntry
from tejido.gatherings.models import Gathering
from tejido.invitations.tests.factories import link
from tejido.seating import selectors, services
from tejido.seating.forms.texts import edition
from tejido.seating.models import TableTalk
from tejido.seating.tests import factories as make
from tejido.seating.tokens import table_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    """Nine people and Ana, two rounds, tables of five, confirmed."""
    cast.gathering = make.coming(cast.node)
    cast.people = make.members(cast.node, 9)
    cast.plan = make.planned(cast.gathering, [*cast.people, cast.ana.person], rounds=2)
    services.propose(cast.plan, actor=cast.rosa)
    services.note_talks(cast.plan, 1, {0: ("What did you try?", ""), 2: ("And you?", "")}, actor=cast.rosa)
    services.confirm(cast.plan, actor=cast.rosa)
    return cast


def harvested(scene):
    return {(row.round, row.table): row.harvest for row in selectors.harvest_of(scene.gathering)}


def read(**texts):
    """What a page sends with the texts that it showed, by round."""
    return {f"read-harvest-{number[1:]}": edition(text) for number, text in texts.items()}


def test_a_table_writes_by_its_link_and_the_team_and_the_members_read_it(client, scene):
    path = table_path(scene.gathering.pk, 2)
    page = client.get(path)
    assert "What did you try?" in page.text
    assert "And you?" in page.text
    assert page["X-Robots-Tag"] == "noindex"
    sent = {"harvest-1": "A shared lab.", "harvest-2": "", **read(r1="", r2="")}
    assert "Saved." in client.post(path, sent, follow=True).text
    assert harvested(scene) == {(1, 2): "A shared lab."}
    entry = JournalEntry.objects.get(fact="seating.harvested")
    assert (entry.payload["round"], entry.payload["table"]) == (1, 2)
    assert "lab" not in str(entry.payload)
    client.force_login(scene.rosa)
    team = client.get(reverse("seating:harvest", args=[scene.gathering.pk])).text
    assert "A shared lab." in team
    assert path in team
    assert "Table 2 of" in client.get(reverse("communities:history", args=[scene.node.pk])).text
    client.force_login(scene.ana)
    assert "A shared lab." in client.get(reverse("gatherings:gathering", args=[scene.gathering.pk])).text


def test_a_link_of_another_table_or_gathering_opens_nothing(client, scene):
    pk, token = scene.gathering.pk, table_path(scene.gathering.pk, 1).split("/")[-2]
    for args in ([pk, 2, token], [pk + 1, 1, token], [pk, 1, "x" * 24]):
        address = reverse("seating:table", args=args)
        assert client.get(address).status_code == 404, args
        assert client.post(address, {"harvest-1": "Hm"}).status_code == 404, args
    assert client.get(table_path(pk, 9)).status_code == 404
    assert not harvested(scene)


def test_two_at_one_table_who_write_at_once_lose_nothing(client, scene):
    path = table_path(scene.gathering.pk, 1)
    client.post(path, {"harvest-1": "First", "harvest-2": "", **read(r1="", r2="")})
    both = client.post(path, {"harvest-1": "Second", "harvest-2": "Later", **read(r1="", r2="")})
    assert both.status_code == 422
    assert "Somebody else wrote meanwhile" in both.text
    assert "First\nSecond" in both.text
    assert harvested(scene) == {(1, 1): "First"}
    again = {"harvest-1": "First\r\nSecond", "harvest-2": "Later", **read(r1="First", r2="")}
    client.post(path, again)
    assert harvested(scene) == {(1, 1): "First\nSecond", (2, 1): "Later"}


def test_what_somebody_left_alone_is_not_written_back_over_newer_text(client, scene):
    path = table_path(scene.gathering.pk, 1)
    client.post(path, {"harvest-1": "First", "harvest-2": "", **read(r1="", r2="")})
    sent = client.post(path, {"harvest-1": "", "harvest-2": "Later", **read(r1="", r2="")})
    assert sent.status_code == 302
    assert harvested(scene) == {(1, 1): "First", (2, 1): "Later"}
    client.force_login(scene.rosa)
    talks = reverse("seating:talks", args=[scene.gathering.pk, 1])
    sent = {"prompt-0": "Why?", "read-prompt-0": edition("What did you try?"), "prompt-2": "And you?"}
    client.post(talks, {**sent, "read-harvest-1": edition(""), "harvest-1": ""})
    assert harvested(scene)[1, 1] == "First"
    assert selectors.talks_of(scene.plan)[1, 0].prompt == "Why?"


@pytest.mark.parametrize(
    "change",
    [
        {"state": Gathering.State.CANCELLED},
        {"starts_at": timezone.now() - timedelta(days=5), "ends_at": timezone.now() - timedelta(days=4)},
    ],
)
def test_it_is_too_late_in_a_sentence(client, scene, change):
    Gathering.objects.filter(pk=scene.gathering.pk).update(**change)
    path = table_path(scene.gathering.pk, 1)
    assert "It is too late" in client.get(path).text
    client.post(path, {"harvest-1": "Hm", **read(r1="")})
    assert not TableTalk.objects.exclude(harvest="").exists()


def test_what_a_table_sends_after_the_closing_is_refused_and_given_back_to_be_copied(client, scene):
    path, now = table_path(scene.gathering.pk, 2), timezone.now()
    assert "<textarea" in client.get(path).text
    Gathering.objects.filter(pk=scene.gathering.pk).update(closed_at=now, sealed_at=now)
    late = client.post(path, {"harvest-1": "A shared lab.", "harvest-2": "", **read(r1="", r2="")})
    assert late.status_code == 422
    assert "It is too late" in late.text
    assert "A shared lab." in late.text
    assert "Round 1: not saved" in late.text
    assert "Round 2: not saved" not in late.text
    assert not harvested(scene)


def test_somebody_sees_their_tables_by_their_personal_link_once_they_are_confirmed(client, scene):
    person = scene.people[0]
    path = link(scene.gathering, person)
    at = selectors.places_of(scene.plan)[2][person.pk]
    page = client.get(path).text
    assert "My tables" in page
    assert f"table {at}" in page
    assert table_path(scene.gathering.pk, at) in page
    services.move(scene.plan, 2, person.pk, table=3 - at, actor=scene.rosa)
    assert "My tables" not in client.get(path).text


def test_lists_for_online_rooms_are_text_to_copy(client, scene):
    client.force_login(scene.rosa)
    page = client.get(reverse("seating:rooms", args=[scene.gathering.pk])).text
    table = [scene.people[n] for n in range(9) if selectors.places_of(scene.plan)[1][scene.people[n].pk] == 1]
    assert "Room 1: " in page
    assert all(person.name in page for person in table)


def test_the_pages_of_a_link_cost_little(client, scene, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(table_path(scene.gathering.pk, 1))
