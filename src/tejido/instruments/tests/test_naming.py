"""Questions that ask for people of the community: what becomes of the answers."""

from __future__ import annotations

import zoneinfo
from datetime import timedelta

import pytest
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.accounts.tests.factories import UserFactory
from tejido.communities.models import RecordedTie
from tejido.communities.policies import ties_visible_to
from tejido.communities.services import end_membership
from tejido.directory.services import merge_people
from tejido.foundation import journal
from tejido.foundation.models import JournalEntry
from tejido.foundation.policies import can
from tejido.insights.policies import Eyes
from tejido.insights.selectors import values_of
from tejido.insights.tests.factories import insight
from tejido.instruments import selectors, services
from tejido.instruments.models import Answer, Response
from tejido.instruments.rosters import NEW_PEOPLE, PEOPLE
from tejido.instruments.tests import factories as make
from tejido.instruments.tests.answering import opened, send, words
from tejido.instruments.tests.rosters import (
    NEW_ONLY,
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
