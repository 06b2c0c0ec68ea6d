"""Questions that ask for people of the community: who is on the list, and who may see it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.communities.services import end_membership
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Purpose
from tejido.directory.services import answer_consent
from tejido.directory.tests.factories import PersonFactory, PostFactory, SchoolFactory
from tejido.foundation.errors import Refusal
from tejido.instruments import services
from tejido.instruments.models import Collection, Response, RosterCode
from tejido.instruments.rosters import LISTS, PEOPLE
from tejido.instruments.selectors import asks_for_people
from tejido.instruments.tests import factories as make
from tejido.instruments.tests.answering import Controls, opened, words
from tejido.instruments.tests.rosters import (
    ASKING,
    asked,
    codes,
    member,
    says,
    shown,
    token_of,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(cast):
    return [member(cast.node, name) for name in ("Eva Arias", "Luz Núñez", "Sol Zea")]


# Who may be asked, and how ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"link": True}, "never_by_link"),
        ({"audience": "link"}, "never_by_link"),
        ({"anonymous": True}, "never_anonymous"),
    ],
)
def test_a_form_that_asks_for_people_is_never_public_and_never_anonymous(cast, three, terms, code):
    with pytest.raises(Refusal) as refused:
        asked(cast.node, **terms)
    assert refused.value.code == code
    assert not Collection.objects.exists()


def test_it_is_not_opened_where_nobody_agreed_to_appear_in_the_network(cast):
    MembershipFactory(community=cast.node)
    with pytest.raises(Refusal) as refused:
        asked(cast.node)
    assert refused.value.code == "nobody_to_name"


def test_a_form_with_another_list_is_like_any_other(cast):
    assert not asks_for_people(make.collection(cast.node, link=True).version)


def test_who_brings_a_list_of_people_beside_the_form_does_not_replace_ours(cast):
    mine = b"name,label\nx,Somebody\n"
    brought = services.read_brought(ASKING.strip().encode(), "who.md", {PEOPLE: mine})
    assert brought.files == {}
    assert not [one for one in brought.problems if one.code == "missing_file"]


def test_every_member_of_the_audience_answers_by_a_link_of_their_own(client, cast, three):
    collection = asked(cast.node)
    client.force_login(cast.ana)
    answer = client.post(f"/collections/{collection.pk}/answer/")
    assert "/a/" in answer["Location"]
    assert "Eva Arias" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("who", ["ze", "tomas", "sole"])
def test_who_is_no_member_of_the_community_gets_no_list(client, cast, three, who):
    collection = asked(cast.node)
    client.force_login(getattr(cast, who))
    assert client.post(f"/collections/{collection.pk}/answer/").status_code == 404


def test_a_revoked_link_shows_no_names(client, cast, three):
    collection = asked(cast.node)
    token = token_of(collection, three[0])
    services.revoke_link(collection, three[0], actor=cast.rosa)
    page = client.get(f"/a/{token}/")
    assert page.status_code == 410
    assert "Luz" not in page.content.decode()


# Who is on the list ----------------------------------------------------------------------------


def test_nobody_is_offered_who_did_not_agree_or_has_left_nor_oneself(client, cast, three):
    eva, luz, _sol = three
    MembershipFactory(community=cast.node, person=PersonFactory(given_names="Nora", family_names="Quieta"))
    gone = member(cast.node, "Paz Ida")
    collection = asked(cast.node)
    end_membership(gone.memberships.get(), actor=cast.rosa, on=timezone.localdate() - timedelta(days=1))
    answer_consent(luz, Purpose.ANALYTICS, given=False, actor=system_account())
    assert shown(client, collection, eva) == ["Sol Zea"]


def test_the_list_names_the_school_and_its_codes_tell_nothing(client, cast, three):
    eva, luz, _sol = three
    PostFactory(person=luz, school=SchoolFactory(name="La Loma"))
    collection = asked(cast.node)
    assert shown(client, collection, eva) == ["Luz Núñez (La Loma)", "Sol Zea"]
    for person, code in codes(collection).items():
        assert re.fullmatch(r"p[a-z2-7]{11}", code)
        assert str(person) != code


def test_who_joins_later_is_on_the_list_from_then_on(client, cast, three):
    collection = asked(cast.node)
    newcomer = member(cast.node, "Ada Nueva")
    assert "Ada Nueva" in shown(client, collection, three[0])
    assert RosterCode.objects.filter(person=newcomer).count() == 1


def test_the_lists_for_a_phone_hold_the_same_people(client, cast, three):
    collection = asked(cast.node)
    lists = services.lists_for(collection, three[0])
    assert set(lists) == {PEOPLE} <= LISTS
    header, *rows = lists[PEOPLE].decode().splitlines()
    assert header == "name,label,school,before,new"
    assert [row.split(",")[1] for row in rows] == ["Luz Núñez", "Sol Zea"]
    assert services.lists_for(make.collection(cast.node), three[0]) == {}


# Searching without a script --------------------------------------------------------------------


def test_without_a_script_a_name_is_found_by_a_round_trip_and_what_was_chosen_stays(client, cast, three):
    for number in range(20):
        member(cast.node, f"Otra Persona{number}")
    collection = asked(cast.node)
    eva, _luz, sol = three
    token, code = token_of(collection, eva), codes(collection)
    own = opened(client, token)
    searched = own | {"q/advice": code[sol.pk], "_find/advice": "NUNEZ", "_search": "advice"}
    page = client.post(f"/a/{token}/", searched)
    html = page.content.decode()
    assert page.status_code == 200
    assert re.findall(r'name="q/advice"\s+value="\w+"\s*(checked)?>\s*<span>([^<]*)</span>', html) == [
        ("", "Luz Núñez"), ("checked", "Sol Zea"),
    ]  # fmt: skip
    assert not Response.objects.exists()


def test_a_search_that_finds_nobody_says_so(client, cast, three):
    collection = asked(cast.node)
    token = token_of(collection, three[0])
    page = client.post(f"/a/{token}/", opened(client, token) | {"_find/advice": "xyz", "_search": "advice"})
    assert "Nobody of this name is on the list." in words(page)


def test_of_a_very_long_list_the_rest_is_found_by_searching(client, cast, three, monkeypatch):
    monkeypatch.setattr("tejido.instruments.forms.people.MOST_SHOWN", 1)
    collection = asked(cast.node)
    assert shown(client, collection, three[0]) == ["Luz Núñez"]
    page = client.get(f"/a/{token_of(collection, three[0])}/")
    assert "1 more person is on the list" in words(page)


def test_no_more_names_than_the_form_allows(client, cast, three):
    extra = member(cast.node, "Ada Más")
    collection = asked(cast.node)
    page = says(client, collection, three[0], three[1], three[2], extra)
    assert page.status_code == 422
    assert "Two people at most" in words(page)
    assert told(cast.node) == set()


# Giving such a form out ----------------------------------------------------------------------------


def test_the_page_that_gives_it_out_offers_neither_a_link_nor_anonymous_answers(client, cast, three):
    mine = make.instrument(cast.node, make.brought(ASKING))
    client.force_login(cast.rosa)
    address = f"/c/{cast.node.pk}/forms/{mine.pk}/give/"
    controls = Controls(client.get(address).content.decode()).found
    assert {"title", "audience", "people", "closes_at"} <= set(controls)
    assert not {"link", "anonymous"} & set(controls)
    refused = client.post(address, {"title": "Who", "audience": "link"})
    assert refused.status_code == 422
    assert not Collection.objects.exists()
    client.post(address, {"title": "Who", "audience": "community"})
    assert Collection.objects.get().public_token is None


def test_people_for_a_list_are_found_by_name_and_stay_chosen(client, cast, three):
    eva, _luz, sol = three
    for number in range(15):
        member(cast.node, f"Otra Persona{number}")
    mine = make.instrument(cast.node)
    client.force_login(cast.rosa)
    address = f"/c/{cast.node.pk}/forms/{mine.pk}/give/"
    typed = {
        "title": "Ticket",
        "audience": "list",
        "people": [sol.pk],
        "_find/people": "eva",
        "_search": "people",
    }
    page = client.post(address, typed)
    assert page.status_code == 200
    html = page.content.decode()
    assert re.findall(r'name="people"\s+value="(\d+)"\s*(checked)?', html) == [
        (str(eva.pk), ""), (str(sol.pk), "checked"),
    ]  # fmt: skip
    assert Controls(html).found["title"]["value"] == "Ticket"
    assert not Collection.objects.exists()

    client.post(address, {"title": "Ticket", "audience": "list", "people": [sol.pk, eva.pk]})
    assert {one.person_id for one in Collection.objects.get().invitations.all()} == {sol.pk, eva.pk}


def test_nobody_of_another_community_can_be_put_on_the_list(client, cast, three):
    stranger = member(cast.elsewhere)
    mine = make.instrument(cast.node)
    client.force_login(cast.rosa)
    address = f"/c/{cast.node.pk}/forms/{mine.pk}/give/"
    sent = client.post(address, {"title": "Ticket", "audience": "list", "people": [stranger.pk]})
    assert sent.status_code in {200, 422}
    assert not Collection.objects.exists()
