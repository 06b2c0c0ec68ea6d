"""What agendas say of a community: the time, the voices, who leads; with the gatherings behind each number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from tejido.accounts.services import system_account
from tejido.agenda.services import change_segment
from tejido.agenda.tests.factories import part
from tejido.alliances.tests.factories import agreed, given
from tejido.communities.models import Role
from tejido.communities.tests.factories import CommunityFactory, MembershipFactory
from tejido.directory.tests.factories import OrganisationFactory, PersonFactory
from tejido.foundation.journal import pay_all
from tejido.gatherings.models import Gathering
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.insights.models import AttentionItem, Insight
from tejido.insights.policies import Eyes
from tejido.insights.selectors import attention_for, proposal_for, values_of
from tejido.insights.tests.factories import insight, met, signal, teachers

pytestmark = pytest.mark.django_db
Signal, State, Outcome = AttentionItem.Signal, AttentionItem.State, AttentionItem.Outcome
EVERYTHING = Eyes(ties=True, team=True, small_groups=True)


@pytest.fixture
def term(cast):
    """Two workshops: a facilitator talks, a member and a museum let people do things."""
    cast.group = teachers(cast.node, 6)
    cast.outside = PersonFactory()
    MembershipFactory(community=cast.node, person=cast.outside, role=Role.FACILITATOR)
    cast.museum = OrganisationFactory(name="Museo del Río")
    cast.first = met(cast.node, cast.group, ago=60, title="Agua")
    cast.second = met(cast.node, cast.group, ago=20, title="Suelo")
    part(cast.first, "presentation", "Charla", 60, leaders=[cast.outside.pk])
    part(cast.first, "hands_on", "Taller", 30, leaders=[cast.group[0].pk])
    part(cast.second, "discussion", "Mesas", 60, leaders=[cast.group[0].pk, cast.group[1].pk])
    part(cast.second, "social", "Café", 30, organisation=cast.museum)
    return cast


def test_agendas_give_time_voices_partners_and_who_leads(term):
    values = values_of(insight(term.node), EVERYTHING)
    assert (values["time_mix"].numerator, values["time_mix"].denominator) == (90, 180)
    assert (values["voices"].value, values["voices"].numerator) == (3, 2)
    assert values["partners"].value == 1
    assert (values["member_led"].numerator, values["member_led"].denominator) == (2, 4)
    spread = values["leadership_spread"]
    assert (spread.n, spread.detail["led"], spread.detail["top_share"]) == (6, 2.0, 0.75)
    assert values["exit_response"].because == values["usefulness"].because == "no exit ticket was given"


def test_what_organisations_deliver_or_host_counts_and_a_promise_does_not(term):
    convenio = agreed(term.node, "Biblioteca Central")
    given(convenio, gathering=term.first)
    given(convenio, kind="kits", what="Sensores", gathering=term.second, delivered=False)
    given(agreed(term.node, "Banco del Sur"), kind="money", what="Materiales", delivered=False)
    Gathering.objects.filter(pk=term.first.pk).update(organisation=convenio.organisation)

    partners = values_of(insight(term.node), EVERYTHING)["partners"]
    assert partners.value == 2
    assert {
        row["organisation"]: (row["times"], row["kinds"]) for row in partners.detail["organisations"]
    } == {
        str(term.museum.pk): (1, ["segment"]),
        str(convenio.organisation_id): (1, ["venue"]),
    }


def test_whoever_leads_a_node_leads_something(term):
    node = CommunityFactory(kind="node", parent=term.node)
    MembershipFactory(community=node, person=term.group[2], role=Role.NODE_LEADER)
    led = values_of(insight(term.node), EVERYTHING)["member_led"]
    assert {"key": "node", "numerator": 1.0, "denominator": 1, "value": 1.0} in led.detail["by_kind"]


def test_a_measured_minute_overrules_the_plan_and_the_numbers_follow(term):
    pay_all()
    before = insight(term.node)
    talk = term.first.segments.get(title="Charla")
    change_segment(talk, {"took": 90}, actor=system_account())
    pay_all()
    assert Insight.objects.get(pk=before.pk).stale_since is not None
    assert values_of(insight(term.node), EVERYTHING)["time_mix"].denominator == 210


def shown(client, user, community) -> str:
    client.force_login(user)
    return client.get(reverse("insights:insight", args=[community.pk])).content.decode()


def test_behind_each_number_stand_its_gatherings(term, client):
    said = shown(client, term.rosa, term.node)
    time = said.split('id="i-time_mix"')[1].split("</article>")[0]
    assert f'<a href="/g/{term.first.pk}/">Agua, ' in time
    assert "90 of 180 minutes" in time
    assert "What the time went to" in time
    assert "Museo del Río" in said.split('id="i-partners"')[1].split("</article>")[0]
    spread = said.split('id="i-leadership_spread"')[1].split("</article>")[0]
    assert term.group[0].name in spread


def test_members_read_the_numbers_without_who_leads_most(term, client):
    spread = shown(client, term.ana, term.node).split('id="i-leadership_spread"')[1].split("</article>")[0]
    assert "the one who led most holds 75%" in spread
    assert term.group[0].name not in spread


@pytest.mark.parametrize(("language", "words"), [("es", "Según"), ("pt-br", "Segundo")])
def test_the_page_speaks_the_languages_of_the_house(term, client, language, words):
    with translation.override(language):
        said = client.get(
            reverse("insights:insight", args=[term.node.pk]), headers={"accept-language": language}
        )
    assert said.status_code == 302  # nobody reads it without a login
    term.rosa.language = language
    term.rosa.save()
    assert words in shown(client, term.rosa, term.node)


def test_the_page_costs_at_most_twelve_queries_with_agendas(term, client, django_assert_max_num_queries):
    insight(term.node)
    client.force_login(term.rosa)
    with django_assert_max_num_queries(12):
        client.get(reverse("insights:insight", args=[term.node.pk]) + f"?person={term.group[0].pk}")


def test_an_agenda_of_talk_is_said_before_the_gathering_and_settles_when_it_is_changed(term, client):
    coming = GatheringFactory(
        community=term.node,
        title="Energía",
        state=Gathering.State.PLANNED,
        starts_at=timezone.now() + timedelta(days=9),
        ends_at=timezone.now() + timedelta(days=9, hours=2),
    )
    talk = part(coming, "presentation", "Charla", 90)
    part(coming, "discussion", "Preguntas", 30)
    insight(term.node)

    item = signal(term.node, Signal.TALK, coming.pk)
    (notice,) = [one for one in attention_for(term.rosa) if one.item == item]
    assert notice.why.startswith("The agenda of «Energía» on ")
    assert "plans 75% of the time" in notice.why
    assert proposal_for(item, term.rosa).url == f"/g/{coming.pk}/agenda/"
    client.force_login(term.rosa)
    assert f'href="/g/{coming.pk}/agenda/"' in client.get(notice.url).text

    change_segment(talk, {"minutes": 20}, actor=system_account())
    insight(term.node)
    item.refresh_from_db()
    assert (item.state, item.outcome) == (State.CLOSED, Outcome.MORE_TIME)


def test_a_gathering_that_passed_as_it_was_planned_is_no_success(term):
    coming = GatheringFactory(
        community=term.node, state=Gathering.State.PLANNED, starts_at=timezone.now() + timedelta(days=1)
    )
    part(coming, "presentation", "Charla", 90)
    insight(term.node)
    item = signal(term.node, Signal.TALK, coming.pk)
    Gathering.objects.filter(pk=coming.pk).update(state=Gathering.State.HELD)
    insight(term.node)
    item.refresh_from_db()
    assert (item.state, item.outcome) == (State.CLOSED, "")


def test_much_led_by_one_asks_to_invite_others(term, client):
    for number in range(8):
        part(term.second, "discussion", f"Ronda {number}", 5, leaders=[term.group[0].pk])
    insight(term.node)
    item = signal(term.node, Signal.LED, term.group[0].pk)
    (notice,) = [one for one in attention_for(term.rosa) if one.item == item]
    assert notice.why.startswith(f"{term.group[0].name} led 95% of what members led: 9.50 of 10.00.")
    proposal = proposal_for(item, term.rosa)
    assert proposal.message is not None
    for number in range(1, 6):
        for again in range(9):
            part(term.second, "discussion", f"Turno {number}.{again}", 5, leaders=[term.group[number].pk])
    insight(term.node)
    item.refresh_from_db()
    assert (item.state, item.outcome) == (State.CLOSED, Outcome.MORE_LEAD)
