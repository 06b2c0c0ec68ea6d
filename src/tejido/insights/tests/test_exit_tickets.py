"""What people answered at the end of gatherings reaches the indicators, and so do the organisations named at the closing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.agenda.tests.factories import part
from tejido.alliances.tests.factories import agreed, given
from tejido.closing.services import name_contributor, remove_contributor
from tejido.directory.tests.factories import OrganisationFactory
from tejido.foundation.journal import pay_all
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import attended_at
from tejido.gatherings.services import give_form
from tejido.insights.models import Insight
from tejido.insights.policies import Eyes
from tejido.insights.selectors import tables_for, values_of
from tejido.insights.tests.factories import insight, met, teachers
from tejido.instruments.models import Collection, Instrument, ScaleItem
from tejido.instruments.selectors import shelf
from tejido.instruments.services import (
    close_collection,
    reopen_collection,
    settle_response,
    use_template,
    withdraw_collection,
)
from tejido.instruments.tests.factories import answered, instrument

pytestmark = pytest.mark.django_db
EVERYTHING = Eyes(ties=True, team=True, small_groups=True)
MEMBER = Eyes()
NOBODY = "no exit ticket was given"
BY_LINK = {"audience": Collection.Audience.LINK, "link": True}


@pytest.fixture
def group(cast):
    cast.ticket = use_template(cast.node, shelf()["exit_ticket"], "en", actor=system_account())
    cast.people = teachers(cast.node, 8)
    cast.workshop = met(cast.node, cast.people, ago=20, title="Agua")
    return cast


def asked(cast, gathering: Gathering, form: Instrument | None = None, **terms) -> Collection:
    """The ticket, given to those who were there."""
    version = (form or cast.ticket).versions.get()
    same = {"audience": Collection.Audience.ATTENDED, **terms}
    people = [] if same["audience"] == Collection.Audience.LINK else list(attended_at(gathering))
    return give_form(gathering, version, same, actor=system_account(), people=people)


def rated(ticket: Collection, person, useful, *, hours: int = 0, **values: str):
    """An answer, so many hours from now."""
    more = {"person": person, "received_at": timezone.now() + timedelta(hours=hours)}
    return answered(ticket, more=more, useful=str(useful), **values)


def numbers(community, eyes: Eyes = EVERYTHING):
    values = values_of(insight(community), eyes)
    return values["exit_response"], values["usefulness"]


def read(community):
    """(answers, ratings of the first question) of every ticket."""
    return [(one.answers, dict(one.ratings.get("/data/useful", {}))) for one in tables_for(community).tickets]


def test_what_those_who_were_there_answered_is_a_share_and_a_mean(group):
    ticket = asked(group, group.workshop)
    for person, useful in zip(group.people[:6], (5, 5, 4, 4, 3, 3), strict=True):
        rated(ticket, person, useful, quality="5")
    response, usefulness = numbers(group.node)
    assert (response.numerator, response.denominator, response.value) == (6, 8, 0.75)
    assert (usefulness.value, usefulness.n) == (pytest.approx(4.5), 6)
    counts = {cell["key"]: cell["count"] for cell in usefulness.detail["distribution"]}
    assert counts == {"1": 0, "2": 0, "3": 2, "4": 2, "5": 8}


def test_from_gathering_to_gathering_it_is_a_chart_and_the_page_shows_it(group, client):
    for number in range(7):
        gathering = met(group.node, group.people, ago=200 - 20 * number, title=f"Taller {number}")
        ticket = asked(group, gathering)
        for person, useful in zip(group.people[:6], (5, 4, 4, 4, 4, 3 + number % 2), strict=True):
            rated(ticket, person, useful)
    _response, usefulness = numbers(group.node)
    chart = usefulness.detail["chart"]
    assert chart["lower"] < chart["centre"] < chart["upper"] <= 5
    assert len(usefulness.detail["points"]) == 7

    client.force_login(group.rosa)
    said = client.get(reverse("insights:insight", args=[group.node.pk])).content.decode()
    card = said.split('id="i-usefulness"')[1].split("</article>")[0]
    assert "Taller 6" in card
    assert "from 42 exit tickets" in card
    assert "Usefulness from gathering to gathering</figcaption>" in card
    response = said.split('id="i-exit_response"')[1].split("</article>")[0]
    assert "42 answers from 56 people who were there" in response


def test_what_is_withdrawn_or_is_no_exit_ticket_does_not_count(group):
    opened_by_mistake = asked(group, group.workshop)
    rated(opened_by_mistake, group.people[0], 1)
    survey = instrument(group.node, kind=Instrument.Kind.SURVEY)
    asked(group, group.workshop, survey)
    assert read(group.node) == [(1, {1.0: 1})]
    withdraw_collection(opened_by_mistake, actor=system_account())
    assert read(group.node) == []
    assert numbers(group.node)[0].because == NOBODY


def test_of_each_person_the_newest_answer_that_counts(group):
    ticket = asked(group, group.workshop, many=True)
    first = group.people[0]
    rated(ticket, first, 2)
    rated(ticket, group.people[1], 3)
    newest = rated(ticket, first, 5, hours=1)
    assert read(group.node) == [(2, {5.0: 1, 3.0: 1})]
    settle_response(newest, counts=False, actor=system_account())
    assert read(group.node) == [(2, {2.0: 1, 3.0: 1})]


def test_late_answers_wait_until_somebody_lets_them_count(group):
    ticket = asked(group, group.workshop)
    close_collection(ticket, actor=system_account())
    ticket.refresh_from_db()
    late = rated(ticket, group.people[0], 4)
    assert read(group.node) == [(0, {})]
    settle_response(late, counts=True, actor=system_account())
    assert read(group.node) == [(1, {4.0: 1})]


def test_answers_by_a_shared_link_count_every_one(group):
    ticket = asked(group, group.workshop, **BY_LINK)
    for useful in (5, 5, 4):
        rated(ticket, None, useful)
    assert read(group.node) == [(3, {5.0: 2, 4.0: 1})]


def test_of_answers_without_names_below_five_there_is_only_their_number(group):
    ticket = asked(group, group.workshop, anonymous=True)
    for person in group.people[:4]:
        rated(ticket, person, 2)
    assert read(group.node) == [(4, {})]
    rated(ticket, group.people[4], 5)
    assert read(group.node) == [(5, {2.0: 4, 5.0: 1})]


def test_members_are_told_no_mean_of_fewer_than_five(group):
    ticket = asked(group, group.workshop)
    for person in group.people[:4]:
        rated(ticket, person, 2)
    insight(group.node)
    assert numbers(group.node)[1].value == 2
    assert numbers(group.node, MEMBER)[1].value is None


def test_only_questions_from_one_to_five_rate_and_what_is_outside_is_left_out(group):
    ticket = asked(group, group.workshop)
    rated(ticket, group.people[0], 9, quality="4", next_week="yes")
    found = tables_for(group.node).tickets[0]
    assert (found.answers, dict(found.ratings)) == (1, {"/data/quality": {4.0: 1}})


def test_a_question_that_means_the_opposite_is_turned_round(group):
    ticket = asked(group, group.workshop)
    rated(ticket, group.people[0], 2)
    ScaleItem.objects.filter(path="/data/useful").update(reverse=True)
    assert read(group.node) == [(1, {4.0: 1})]


def stale_after(community, deed) -> bool:
    pay_all()
    before = insight(community)
    deed()
    pay_all()
    return Insight.objects.get(pk=before.pk).stale_since is not None


def test_the_numbers_follow_what_happens_to_the_ticket(group):
    act = system_account()
    assert stale_after(group.node, lambda: asked(group, group.workshop))
    ticket = Collection.objects.get()
    answer = rated(ticket, group.people[0], 4)
    assert stale_after(group.node, lambda: settle_response(answer, counts=False, actor=act))
    assert stale_after(group.node, lambda: close_collection(ticket, actor=act))
    assert stale_after(group.node, lambda: reopen_collection(ticket, actor=act))
    assert stale_after(group.network, lambda: withdraw_collection(ticket, actor=act))


def test_a_form_that_was_given_at_no_gathering_makes_nothing_stale(group):
    from tejido.instruments.tests.factories import collection

    other = collection(group.node)
    assert not stale_after(group.node, lambda: close_collection(other, actor=system_account()))


def test_organisations_named_at_the_closing_are_partners_once(group):
    museum, garden = OrganisationFactory(name="Museo"), OrganisationFactory(name="Vivero")
    agreement = agreed(group.node, "Biblioteca")
    given(agreement, gathering=group.workshop)
    Gathering.objects.filter(pk=group.workshop.pk).update(organisation=museum)
    group.workshop.refresh_from_db()
    part(group.workshop, "social", "Café", 30, organisation=OrganisationFactory(name="Café Azul"))
    cafe = group.workshop.segments.get().organisation
    for organisation in (museum, garden, agreement.organisation, cafe):
        name_contributor(group.workshop, organisation, "Semillas", actor=system_account())

    partners = values_of(insight(group.node), EVERYTHING)["partners"]

    assert (partners.value, partners.n) == (4, 4)
    kinds = {row["organisation"]: row["kinds"] for row in partners.detail["organisations"]}
    assert kinds[str(garden.pk)] == ["named"]
    assert kinds[str(museum.pk)] == ["venue"]


def test_the_page_says_who_was_named_at_the_closing_and_forgets_who_is_taken_out(group, client):
    garden = OrganisationFactory(name="Vivero Sur")
    assert stale_after(
        group.node,
        lambda: name_contributor(group.workshop, garden, "Semillas", actor=system_account()),
    )
    client.force_login(group.rosa)
    said = client.get(reverse("insights:insight", args=[group.node.pk])).content.decode()
    card = said.split('id="i-partners"')[1].split("</article>")[0]
    assert "Vivero Sur" in card
    assert "Named at the closing" in card
    row = group.workshop.contributors.get()
    assert stale_after(group.node, lambda: remove_contributor(row, actor=system_account()))
    assert values_of(insight(group.node), EVERYTHING)["partners"].value is None


def test_reading_tickets_costs_the_same_for_few_and_for_many(group, django_assert_max_num_queries):
    def rows(number):
        for ago in range(10, 10 + number):
            gathering = met(group.node, group.people[:3], ago=ago)
            ticket = asked(group, gathering, many=True)
            for person in group.people[:3]:
                rated(ticket, person, 4)
        with django_assert_max_num_queries(25) as counted:
            tables_for(group.network)
        return len(counted)

    assert rows(1) == rows(8)
