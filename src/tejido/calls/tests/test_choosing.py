"""Choosing with reasons, never more than there are places; telling; taking in; a place that goes on; undo."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.calls import services
from tejido.calls.models import Application, OpenCall
from tejido.calls.selectors.doubles import likely_people
from tejido.calls.tests import factories as make
from tejido.calls.tokens import application_token
from tejido.calls.values import Choice
from tejido.communities.models import Membership, Role
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import ContactPoint, Person
from tejido.directory.tests.factories import PersonFactory, SchoolFactory
from tejido.foundation.errors import Refusal
from tejido.messages.models import Message

pytestmark = pytest.mark.django_db
NAMES = ("Marta Ruiz", "Julio Paz", "Nora Gil", "Olga Sanz")


@pytest.fixture
def over(cast):
    """A closed call with two places and four applications."""
    call = make.published(cast.network, places=2)
    for name in NAMES:
        make.applied(call, name)
    return make.closed(call)


def code_of(deed):
    with pytest.raises(Refusal) as refused:
        deed()
    return refused.value.code


def states(call):
    return list(call.applications.values_list("state", "place_in_line"))


def own_page(client, application):
    return client.get(
        reverse("calls:application", args=[application_token(application.key)])
    ).content.decode()


def decided(call, actor):
    """Two accepted, one waiting, one not."""
    one, two, three, four = call.applications.all()
    choices = [
        Choice(one.pk, "accepted", "fits"),
        Choice(two.pk, "accepted", "", "She taught us all."),
        Choice(three.pk, "waiting", "places"),
        Choice(four.pk, "declined", "requirements", "The contract ends in May."),
    ]
    services.choose(call, choices, actor=actor)
    return one, two, three, four


def test_all_is_decided_in_one_deed_and_nobody_is_told_before_they_are_told(client, cast, over):
    one, *_rest, four = decided(over, cast.rosa)
    assert states(over) == [("accepted", None), ("accepted", None), ("waiting", 1), ("declined", None)]
    assert "In review" in own_page(client, one)
    assert not Message.objects.exclude(batch__kind="calls.received").exists()
    assert services.tell_applicants(over, actor=cast.rosa) == (4, 4)
    assert "Your application was accepted" in own_page(client, one)
    declined = own_page(client, four)
    assert "One of the requirements is not met. The contract ends in May." in declined
    over.refresh_from_db()
    assert over.state == OpenCall.State.DECIDED
    kinds = sorted(
        Message.objects.exclude(batch__kind="calls.received").values_list("batch__kind", flat=True)
    )
    assert kinds == ["calls.accepted", "calls.accepted", "calls.declined", "calls.waiting"]
    letter = Message.objects.get(batch__kind="calls.declined")
    assert letter.language == "es" and "Convocatoria abierta" in letter.subject
    assert code_of(lambda: services.tell_applicants(over, actor=cast.rosa)) == "nobody_to_tell"


def test_a_call_that_keeps_its_reasons_tells_none(client, cast):
    call = make.published(cast.network, tells_reasons=False)
    made = make.applied(call)
    make.closed(call)
    services.choose(call, [Choice(made.pk, "declined", "", "Between us.")], actor=cast.rosa)
    services.tell_applicants(call, actor=cast.rosa)
    assert "Between us." not in own_page(client, made)
    assert "Between us." not in Message.objects.get(batch__kind="calls.declined").text


def test_refused_choices_decide_nothing(cast, over):
    one, two, three, _four = over.applications.all()
    three_accepted = [Choice(each.pk, "accepted", "fits") for each in (one, two, three)]
    foreign = make.applied(make.published(cast.network), "Foreign Person")
    for choices, code in (
        (three_accepted, "too_few_places"),
        ([Choice(one.pk, "accepted")], "no_reason"),
        ([Choice(one.pk, "received", "fits")], "unknown_outcome"),
        ([Choice(one.pk, "accepted", "forged")], "unknown_outcome"),
        ([Choice(one.pk, "accepted", "fits"), Choice(foreign.pk, "accepted", "fits")], "unknown_application"),
    ):
        assert code_of(lambda choices=choices: services.choose(over, choices, actor=cast.rosa)) == code
        assert {state for state, _place in states(over)} == {"received"}
    still_open = make.published(cast.network)
    made = make.applied(still_open)
    choice = [Choice(made.pk, "accepted", "fits")]
    assert code_of(lambda: services.choose(still_open, choice, actor=cast.rosa)) == "still_open"


def test_the_page_decides_all_of_it_and_points_only_suggest(client, cast):
    call = make.criteria(make.published(cast.network, places=1))
    services.name_reviewers(call, [cast.ines], actor=cast.rosa)
    first, second = make.applied(call, "Marta Ruiz"), make.applied(call, "Julio Paz")
    keys = list(call.criteria.values_list("pk", flat=True))
    services.score(first, dict.fromkeys(keys, 1), actor=cast.ines)
    services.score(second, dict.fromkeys(keys, 5), actor=cast.ines)
    make.closed(call)
    client.force_login(cast.rosa)
    page = reverse("calls:choose", args=[call.pk])
    seen = client.get(page, {"suggest": "1"})
    lines = {line["row"].application.pk: line["form"].initial["outcome"] for line in seen.context["lines"]}
    assert lines == {second.pk: "accepted", first.pk: "waiting"}
    assert {state for state, _place in states(call)} == {"received"}
    sent = {}
    for one, outcome in ((first, "accepted"), (second, "accepted")):
        sent |= {f"{one.pk}-outcome": outcome, f"{one.pk}-reason": "fits", f"{one.pk}-words": "Kept words"}
    refused = client.post(page, sent)
    assert refused.status_code == 422
    assert "That accepts 2, and there is 1 place." in refused.content.decode()
    assert "Kept words" in refused.content.decode()
    sent |= {f"{first.pk}-outcome": "waiting"}
    assert client.post(page, sent).status_code == 302
    assert states(call) == [("waiting", 1), ("accepted", None)]
    assert client.post(page, {f"{first.pk}-outcome": "forged"}).status_code == 422


def test_who_left_only_a_phone_is_told_by_whatsapp_with_a_link_of_their_own(client, cast, over):
    one = over.applications.first()
    one.email, one.phone, one.language = "", "+573005550101", "pt-br"
    one.save()
    client.force_login(cast.rosa)
    page = reverse("calls:choose", args=[over.pk])
    assert client.post(page, {"rest-outcome": "declined", "rest-reason": "places"}).status_code == 302
    assert "wa.me" not in client.get(page).text, "nobody may read it yet"
    client.post(reverse("calls:tell", args=[over.pk]))
    told = re.findall(r'href="https://wa.me/([^"]*)"', client.get(page).text)
    assert len(told) == 1
    number, text = unquote(told[0]).split("?text=")
    assert number == "573005550101"
    assert text.startswith(f"Olá, {one.given_names}.")
    address = text.splitlines()[-1]
    assert Client().get(address.removeprefix(settings.TEJIDO_URL)).status_code == 200


def test_all_whose_line_is_empty_are_decided_together(client, cast, over):
    one, two, *others = over.applications.all()
    client.force_login(cast.rosa)
    page = reverse("calls:choose", args=[over.pk])
    sent = {f"{two.pk}-outcome": "waiting", f"{two.pk}-reason": "places"}
    sent |= {"rest-outcome": "declined", "rest-reason": "incomplete"}
    assert client.post(page, sent).status_code == 302
    assert [state for state, _place in states(over)] == ["declined", "waiting", *["declined"] * len(others)]
    one.refresh_from_db()
    assert one.reason == "incomplete"
    refused = client.post(page, {"rest-outcome": "accepted", "rest-reason": "", f"{one.pk}-words": "Mine"})
    assert refused.status_code == 422, "everybody is told why"
    assert "Mine" in refused.text


def test_the_waiting_list_keeps_the_order_that_was_given(cast, over):
    one, two, three, four = over.applications.all()
    choices = [
        Choice(one.pk, "waiting", "places", "", 3),
        Choice(two.pk, "waiting", "places"),
        Choice(three.pk, "waiting", "places", "", 1),
    ]
    services.choose(over, choices, actor=cast.rosa)

    def line():
        rows = over.applications.filter(state="waiting").order_by("place_in_line")
        return list(rows.values_list("pk", flat=True))

    assert line() == [three.pk, one.pk, two.pk]
    services.choose(over, [Choice(four.pk, "waiting", "places")], actor=cast.rosa)
    assert line() == [three.pk, one.pk, two.pk, four.pk]
    services.withdraw_application(three, actor=system_account())
    assert line() == [one.pk, two.pk, four.pk]


def test_a_place_that_falls_free_goes_to_the_next_in_one_tap(client, cast, over):
    one, _two, three, _four = decided(over, cast.rosa)
    services.tell_applicants(over, actor=cast.rosa)
    assert code_of(lambda: services.give_place_on(over, actor=cast.rosa)) == "no_place_free"
    client.post(reverse("calls:withdraw", args=[application_token(one.key)]))
    client.force_login(cast.rosa)
    assert (
        "Give the free place to Nora Gil"
        in client.get(reverse("calls:choose", args=[over.pk])).content.decode()
    )
    client.post(reverse("calls:give_on", args=[over.pk]))
    three.refresh_from_db()
    assert (three.state, three.place_in_line) == ("accepted", None)
    assert Message.objects.filter(batch__kind="calls.accepted", address="nora@example.net").exists()
    assert "Your application was accepted" in own_page(client, three)
    assert code_of(lambda: services.give_place_on(over, actor=cast.rosa)) == "no_place_free"


def test_who_was_accepted_is_entered_with_post_and_membership(cast, client):
    school = SchoolFactory(name="Colegio El Carmen")
    call = make.published(cast.network, term_starts=date(2027, 2, 1))
    made = make.applied(call, "Marta Ruiz", phone="+573001234567", school=school)
    make.closed(call)
    assert code_of(lambda: services.take_in(made, None, actor=cast.rosa)) == "not_accepted"
    make.chosen(call, {made: "accepted"})
    held = services.take_in(made, None, actor=cast.rosa)
    person = held.person
    assert (held.community, held.role, held.starts_on) == (cast.network, Role.MEMBER, date(2027, 2, 1))
    assert (person.name, person.language, person.posts.get().school) == ("Marta Ruiz", "es", school)
    assert set(person.contacts.values_list("value", flat=True)) == {"marta@example.net", "+573001234567"}
    assert services.take_in(made, None, actor=cast.rosa) == held
    made.refresh_from_db()
    assert code_of(lambda: services.withdraw_application(made, actor=system_account())) == "taken_in"


def test_a_leader_is_appointed_to_her_node_for_the_term(cast):
    call = make.published(
        cast.network, kind=OpenCall.Kind.LEAD, nodes=[cast.node, cast.sister],
        term_starts=date(2027, 1, 1), term_ends=date(2027, 12, 31),
    )  # fmt: skip
    made = make.applied(call, "Ana Rojas", node=cast.sister)
    make.closed(call)
    make.chosen(call, {made: "accepted"})
    held = services.take_in(made, cast.ana.person, actor=cast.rosa)
    assert (held.community, held.role, held.person) == (cast.sister, Role.NODE_LEADER, cast.ana.person)
    assert (held.starts_on, held.term_ends_on) == (date(2027, 1, 1), date(2027, 12, 31))


def test_whoever_is_in_the_directory_already_is_asked_about_before_she_stands_there_twice(client, cast, over):
    one, two, three, _four = over.applications.all()
    known = MembershipFactory(
        community=cast.node, person=PersonFactory(given_names="Marta", family_names="Ruiz Peña")
    ).person
    ContactPoint.objects.create(person=known, kind="email", value="marta@example.net")
    stranger = MembershipFactory(
        community=cast.elsewhere, person=PersonFactory(given_names="Julio", family_names="Paz")
    ).person
    ContactPoint.objects.create(person=stranger, kind="email", value="julio@example.net")
    make.chosen(over, {one: "accepted", two: "accepted"})
    found = likely_people([one, two, three], cast.rosa)
    assert [(each.person, each.sure, each.reasons) for each in found[one.pk]] == [(known, True, ("email",))]
    assert found[two.pk] == []  # somebody of another network is nobody whom Rosa may see
    client.force_login(cast.rosa)
    page = client.get(reverse("calls:welcome", args=[over.pk])).content.decode()
    assert "the same e-mail address" in page
    client.post(reverse("calls:take_in_new", args=[over.pk]))  # Julio alone is like nobody
    two.refresh_from_db()
    assert two.person is not None and two.person != stranger
    before = Person.objects.count()
    client.post(reverse("calls:take_in", args=[one.pk]), {"person": str(known.pk)})
    one.refresh_from_db()
    assert one.person == known and Person.objects.count() == before
    assert Membership.objects.filter(person=known, community=cast.network).exists()
    assert (
        code_of(lambda: services.take_in(over.applications.get(pk=three.pk), stranger, actor=cast.rosa))
        == "not_accepted"
    )


def test_nobody_out_of_reach_can_be_claimed_to_be_the_applicant(cast, over):
    one = over.applications.first()
    make.chosen(over, {one: "accepted"})
    stranger = MembershipFactory(community=cast.elsewhere).person
    assert code_of(lambda: services.take_in(one, stranger, actor=cast.rosa)) == "unknown_person"


def test_a_decision_is_undone_within_the_day_with_the_joining(client, cast, over):
    one, *_rest = decided(over, cast.rosa)
    held = services.take_in(one, None, actor=cast.rosa)
    client.force_login(cast.rosa)
    client.post(reverse("calls:undo", args=[one.pk]))
    one.refresh_from_db()
    assert (one.state, one.membership, one.reason) == ("received", None, "")
    assert not Membership.objects.filter(pk=held.pk).exists()
    assert code_of(lambda: services.undo_choice(one, actor=cast.rosa)) == "not_chosen"
    Application.objects.filter(number=2).update(chosen_at=timezone.now() - timedelta(days=2))
    two = over.applications.get(number=2)
    assert code_of(lambda: services.undo_choice(two, actor=cast.rosa)) == "too_late_to_undo"


def test_a_letter_whose_decision_was_undone_does_not_leave(cast, over):
    one, *_rest = decided(over, cast.rosa)
    services.tell_applicants(over, actor=cast.rosa)
    services.undo_choice(one, actor=cast.rosa)
    from tejido.messages.services.sending import send_due

    send_due()
    letter = Message.objects.get(batch__kind="calls.accepted", address="marta@example.net")
    assert letter.state == Message.State.CANCELLED


def test_more_time_only_while_nothing_is_decided(cast, over):
    later = timezone.now() + timedelta(days=3)
    services.extend_call(over, later, actor=cast.rosa)
    make.applied(over, "Pia Luz")
    make.closed(over)
    make.chosen(over, {over.applications.first(): "declined"})
    assert code_of(lambda: services.extend_call(over, later, actor=cast.rosa)) == "decided"
