"""Questions that ask for people of the community: who is on the list, who may see it, and what becomes of the answers."""

from __future__ import annotations

import re
import zoneinfo
from datetime import timedelta

import pytest
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.accounts.tests.factories import UserFactory
from tejido.communities.models import RecordedTie
from tejido.communities.policies import ties_visible_to
from tejido.communities.services import end_membership
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Purpose
from tejido.directory.services import answer_consent, merge_people
from tejido.directory.tests.factories import PersonFactory, PostFactory, SchoolFactory, consents
from tejido.foundation import journal
from tejido.foundation.errors import Refusal
from tejido.foundation.models import JournalEntry
from tejido.foundation.policies import can
from tejido.insights.policies import Eyes
from tejido.insights.selectors import values_of
from tejido.insights.tests.factories import insight
from tejido.instruments import selectors, services
from tejido.instruments.models import Answer, Collection, Response, RosterCode
from tejido.instruments.rosters import LISTS, NEW_PEOPLE, PEOPLE
from tejido.instruments.selectors import asks_for_people
from tejido.instruments.tests import factories as make
from tejido.instruments.tests.answering import opened, send, words
from tejido.instruments.tokens import personal_token

pytestmark = pytest.mark.django_db

ASKING = """
| survey   |                                             |        |                               |            |                        |                    |
|          | type                                        | name   | label                         | appearance | constraint             | constraint_message |
|          | select_multiple_from_file tejido-people.csv | advice | Whom do you ask for advice?   | tie-advice | count-selected(.) <= 2 | Two people at most |
|          | select_one_from_file tejido-people.csv      | pair   | With whom would you like to work? |        |                        |                    |
| settings |                                             |        |                               |            |                        |                    |
|          | form_id                                     |        |                               |            |                        |                    |
|          | who                                         |        |                               |            |                        |                    |
"""
NEW_ONLY = ASKING.replace("tejido-people.csv | advice", "tejido-new-people.csv | advice").replace(
    "who ", "new "
)


def member(community, name="", **more):
    """A member who agreed to appear in the network."""
    given, _space, family = name.partition(" ")
    named = {"given_names": given, "family_names": family} if name else {}
    person = PersonFactory(**named)
    MembershipFactory(community=community, person=person, **more)
    consents(person, Purpose.ANALYTICS)
    return person


@pytest.fixture
def three(cast):
    return [member(cast.node, name) for name in ("Eva Arias", "Luz Núñez", "Sol Zea")]


def asked(community, form=None, **terms):
    return make.collection(community, form or make.brought(ASKING), **terms)


def token_of(collection, person):
    services.personal_links(collection, actor=system_account())
    return personal_token(collection.pk, person.pk, collection.invitations.get(person=person).turn)


def codes(collection):
    rows = RosterCode.objects.filter(community=collection.community)
    return {code.person_id: code.code for code in rows}


def says(client, collection, person, *named, **more):
    """The person answers on the page, and names these people."""
    token, code = token_of(collection, person), codes(collection)
    return send(client, token, opened(client, token), advice=[code[one.pk] for one in named], **more)


def told(community):
    return set(RecordedTie.objects.filter(community=community).values_list("source_id", "target_id", "kind"))


def shown(client, collection, person, **more):
    """Names on the page, in order."""
    html = client.get(f"/a/{token_of(collection, person)}/", **more).content.decode()
    return re.findall(r'name="q/advice"\s+value="\w+"\s*>\s*<span>([^<]*)</span>', html)


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


# What becomes of the answers ---------------------------------------------------------------------


def test_whom_somebody_names_becomes_a_tie_and_nobody_is_told_by_whom(client, cast, three):
    eva, luz, sol = three
    collection = asked(cast.node)
    code = codes(collection)
    assert says(client, collection, eva, luz, sol, pair=code[luz.pk]).status_code == 302

    assert told(cast.node) == {(eva.pk, luz.pk, "advice"), (eva.pk, sol.pk, "advice")}
    tie = RecordedTie.objects.first()
    today = timezone.now().astimezone(zoneinfo.ZoneInfo(cast.node.time_zone)).date()
    assert (tie.asked_in, tie.day) == (collection.pk, today)
    assert Response.objects.get().state == Response.State.ACCEPTED
    entry = JournalEntry.objects.get(fact="communities.ties_told")
    assert set(entry.payload) == {"community_id", "asked_in", "answers"}

    luz.user = UserFactory()
    luz.save()
    assert not RecordedTie.objects.filter(ties_visible_to(luz.user)).exists()
    assert can(cast.rosa, "communities.see_tie", tie)


def test_answers_on_the_page_become_reciprocity_in_the_insight(client, cast, three):
    eva, luz, sol = three
    collection = asked(cast.node)
    before = insight(cast.node)
    for person, *named in ((eva, luz, sol), (luz, eva), (sol, luz)):
        says(client, collection, person, *named)
    journal.pay_all()
    before.refresh_from_db()
    assert before.stale_since is not None
    values = values_of(insight(cast.node), Eyes(ties=True, team=True, small_groups=True))
    assert values["reciprocity"].value == pytest.approx(2 / 4)


def test_a_later_answer_replaces_the_ties_of_the_one_before(client, cast, three):
    eva, luz, sol = three
    collection = asked(cast.node, many=True)
    says(client, collection, eva, luz)
    says(client, collection, eva, sol)
    assert told(cast.node) == {(eva.pk, sol.pk, "advice")}
    says(client, collection, eva)
    assert told(cast.node) == set()


def test_a_second_answer_that_does_not_count_changes_no_tie_until_it_is_settled(client, cast, three):
    eva, luz, sol = three
    collection = asked(cast.node)
    says(client, collection, eva, luz)
    token = token_of(collection, eva)
    own = {"_id": make.new_id(), "_begun": "", "_spoken": ""}
    send(client, token, own, advice=codes(collection)[sol.pk])
    second = Response.objects.get(state=Response.State.CONFLICT)
    assert told(cast.node) == {(eva.pk, luz.pk, "advice")}

    first = Response.objects.exclude(pk=second.pk).get()
    services.settle_response(first, counts=False, actor=cast.rosa)
    assert told(cast.node) == set()
    services.settle_response(second, counts=True, actor=cast.rosa)
    assert told(cast.node) == {(eva.pk, sol.pk, "advice")}


def test_reading_the_answers_again_leaves_the_ties_as_they_are(client, cast, three):
    eva, luz, _sol = three
    collection = asked(cast.node)
    says(client, collection, eva, luz)
    facts = JournalEntry.objects.filter(fact="communities.ties_told").count()
    assert services.derive_again(collection.version.instrument, actor=cast.rosa) == 1
    assert told(cast.node) == {(eva.pk, luz.pk, "advice")}
    assert JournalEntry.objects.filter(fact="communities.ties_told").count() == facts

    RecordedTie.objects.all().delete()
    services.derive_again(collection.version.instrument, actor=cast.rosa)
    assert told(cast.node) == {(eva.pk, luz.pk, "advice")}


def test_a_forged_code_is_kept_and_flagged_and_ties_nobody(client, cast, three):
    collection = asked(cast.node)
    token = token_of(collection, three[0])
    send(client, token, opened(client, token), advice="pforgedforged")
    response = Response.objects.get()
    assert [flag.code for flag in response.flags.all()] == ["unknown_choice"]
    assert told(cast.node) == set()


def test_who_left_after_the_list_was_read_is_no_forged_answer(client, cast, three):
    eva, luz, _sol = three
    collection = asked(cast.node)
    token, code = token_of(collection, eva), codes(collection)
    own = opened(client, token)
    end_membership(luz.memberships.get(), actor=cast.rosa, on=timezone.localdate() - timedelta(days=1))
    send(client, token, own, advice=code[luz.pk])
    assert not Response.objects.get().flags.exists()


def test_two_who_turn_out_to_be_one_keep_their_ties(client, cast, three):
    eva, luz, sol = three
    collection = asked(cast.node)
    says(client, collection, eva, sol)
    merge_people(luz, sol, {}, actor=system_account())
    services.derive_again(collection.version.instrument, actor=cast.rosa)
    assert told(cast.node) == {(eva.pk, luz.pk, "advice")}


def test_an_answer_from_a_phone_is_an_answer_like_any_other(cast, three):
    eva, luz, sol = three
    collection = asked(cast.node)
    code = codes(collection)
    make.answered(collection, more={"person": eva}, advice=f"{code[luz.pk]} {code[sol.pk]}")
    assert told(cast.node) == {(eva.pk, luz.pk, "advice"), (eva.pk, sol.pk, "advice")}


# Waves ---------------------------------------------------------------------------------------------


def test_later_the_people_named_before_come_first_and_then_the_new_ones(client, cast, three):
    eva, luz, sol = three
    first = asked(cast.node)
    says(client, first, eva, sol)
    member(cast.node, "Ada Nueva")
    second = make.collection(cast.node, version=first.version)
    assert shown(client, second, eva) == ["Sol Zea", "Ada Nueva", "Luz Núñez"]
    page = words(client.get(f"/a/{token_of(second, eva)}/"))
    assert page.index("Named the last time") < page.index("New since then") < page.index("Everybody else")
    # Who was not asked before knows neither old nor new.
    assert shown(client, second, luz) == ["Ada Nueva", "Eva Arias", "Sol Zea"]
    assert "Named the last time" not in words(client.get(f"/a/{token_of(second, luz)}/"))


def test_a_later_wave_can_ask_about_the_new_people_alone(client, cast, three):
    eva, _luz, sol = three
    first = asked(cast.node, make.brought(NEW_ONLY))
    assert shown(client, first, eva) == ["Luz Núñez", "Sol Zea"]
    says(client, first, eva, sol)
    ada = member(cast.node, "Ada Nueva")
    second = make.collection(cast.node, version=first.version)
    assert shown(client, second, eva) == ["Ada Nueva"]
    assert list(services.lists_for(second, eva)) == [PEOPLE, NEW_PEOPLE]
    says(client, second, eva, ada)
    assert told(cast.node) == {(eva.pk, sol.pk, "advice"), (eva.pk, ada.pk, "advice")}


# Results -------------------------------------------------------------------------------------------


def test_results_say_how_many_are_named_and_never_whom(client, cast, three):
    eva, luz, sol = three
    collection = asked(cast.node)
    says(client, collection, eva, luz, sol)
    says(client, collection, luz, sol)
    results = selectors.results_of(collection, "", suppress=False)
    one = results.questions[0]
    assert (one.kind, one.n, one.mean) == ("people", 2, 1.5)
    assert [(cell.label, cell.count) for cell in one.cells] == [("1", 1), ("2", 1)]
    client.force_login(cast.rosa)
    page = client.get(f"/collections/{collection.pk}/")
    assert "Sol Zea" not in page.content.decode()
    assert Answer.objects.count() == 3
