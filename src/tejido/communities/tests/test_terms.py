"""Terms of roles: planned, reminded of, renewed, handed over; and what hangs on whoever holds one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.communities import selectors, services
from tejido.communities.models import HandOverItem, Membership, Role, TermReminder
from tejido.communities.services import HandingOver, Noted
from tejido.communities.tests.factories import MembershipFactory, person_with_account
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.messages.models import Message


@pytest.fixture
def today(cast) -> date:
    return cast.network.today


@pytest.fixture
def led(cast) -> Membership:
    """Luz Mora leads Nodo Agua."""
    return MembershipFactory(
        community=cast.node, person=person_with_account("Luz Mora"), role=Role.NODE_LEADER
    )


def test_a_term_is_a_plan_who_stays_on_still_holds_the_role(cast, led, today):
    services.set_term(led, today - timedelta(days=1), actor=cast.rosa)

    (shown,) = selectors.roles_held(cast.node, cast.rosa).filter(pk=led.pk)
    assert shown.is_over and not shown.is_soon
    assert shown.ends_on is None

    services.set_term(led, today + timedelta(days=365), actor=cast.rosa)  # renewed
    (shown,) = selectors.roles_held(cast.node, cast.rosa).filter(pk=led.pk)
    assert not shown.is_over and not shown.is_soon


def test_setting_a_term_can_be_undone_for_a_day(cast, led, today):
    services.set_term(led, today + timedelta(days=10), actor=cast.rosa)
    services.set_term(led, None, actor=cast.rosa)

    services.undo_term(led, actor=cast.rosa)

    led.refresh_from_db()
    assert led.term_ends_on == today + timedelta(days=10)


def test_a_term_does_not_end_before_the_role_began(cast, led):
    with pytest.raises(Refusal) as refusal:
        services.set_term(led, led.starts_on - timedelta(days=1), actor=cast.rosa)
    assert refusal.value.code == "term_before_start"
    led.refresh_from_db()
    assert led.term_ends_on is None


def test_a_role_goes_from_one_person_to_another_in_one_deed(cast, led, today):
    heir = PersonFactory(given_names="Eva")

    new = services.hand_over(
        led, HandingOver(heir, term_ends_on=today + timedelta(days=365)), actor=cast.rosa
    )

    led.refresh_from_db()
    assert led.ends_on == today - timedelta(days=1)
    assert led.end_reason == Membership.EndReason.TERM_OVER
    assert (new.person, new.role, new.starts_on) == (heir, Role.NODE_LEADER, today)
    assert new.term_ends_on == today + timedelta(days=365)


def test_handing_over_can_be_undone_for_a_day(cast, led):
    new = services.hand_over(led, HandingOver(PersonFactory()), actor=cast.rosa)

    services.undo_hand_over(new, actor=cast.rosa)

    led.refresh_from_db()
    assert led.ends_on is None and led.end_reason == ""
    assert not Membership.objects.filter(pk=new.pk).exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to_herself": True}, "same_person"),
        ({"on": date(2020, 1, 1)}, "starts_later"),
        ({"term_ends_on": date(2020, 1, 1)}, "term_before_start"),
        ({"has_it": True}, "has_that_role"),
    ],
)
def test_an_impossible_hand_over_is_refused_and_nothing_is_written(cast, led, change, code):
    heir = led.person if change.pop("to_herself", False) else PersonFactory()
    if change.pop("has_it", False):
        MembershipFactory(community=cast.node, person=heir, role=Role.NODE_LEADER)
    before = list(Membership.objects.order_by("pk").values())

    with pytest.raises(Refusal) as refusal:
        services.hand_over(led, HandingOver(heir, **change), actor=cast.rosa)

    assert refusal.value.code == code
    assert list(Membership.objects.order_by("pk").values()) == before


def test_letters_go_out_sixty_and_fourteen_days_before_each_once(cast, led, today):
    services.set_term(led, today + timedelta(days=60), actor=cast.rosa)

    assert services.remind_of_terms() == 1
    assert services.remind_of_terms() == 0

    to = set(Message.objects.values_list("person__given_names", "batch__kind"))
    assert to == {
        ("Luz", "communities.term_of_yours"),
        ("Rosa", "communities.term_of_another"),
        ("Tomas", "communities.term_of_another"),
    }
    Membership.objects.filter(pk=led.pk).update(term_ends_on=timezone.localdate() + timedelta(days=61))
    assert services.remind_of_terms() == 0  # sixty days are not reached yet
    Membership.objects.filter(pk=led.pk).update(term_ends_on=today + timedelta(days=10))
    assert services.remind_of_terms() == 1  # both moments have passed: one letter
    assert TermReminder.objects.filter(term_ends_on=today + timedelta(days=10)).count() == 2


def test_who_pauses_is_not_reminded_but_those_who_give_roles_are(cast, led, today):
    services.set_term(led, today + timedelta(days=20), actor=cast.rosa)
    services.pause_membership(led, actor=led.person.user)

    services.remind_of_terms()

    assert set(Message.objects.values_list("batch__kind", flat=True)) == {"communities.term_of_another"}


def test_nodes_that_nobody_leads_are_named(cast, led):
    assert [one.name for one in selectors.without_leader(cast.network, cast.rosa)] == ["Nodo Energía"]

    services.end_membership(led, on=date(2022, 1, 1), actor=cast.rosa)

    assert [one.name for one in selectors.without_leader(cast.network, cast.rosa)] == [
        "Nodo Agua",
        "Nodo Energía",
    ]


def test_the_list_to_hand_over_gathers_notes_and_keeps_what_was_ticked(cast, led, visit):
    luz = led.person.user
    source = f"communities.membership:{led.pk}"
    services.add_to_hand_over(led, "Llave del laboratorio", actor=luz)
    services.note_hand_over(led, source, Noted(True, note="La sala de los martes"), actor=luz)

    body = visit(luz, "hand_over", led.pk).content.decode()

    assert "Llave del laboratorio" in body and "La sala de los martes" in body
    assert "1 of 2 things are handed over." in body
    visit(luz, "tick", led.pk, source, data={})
    item = HandOverItem.objects.get(source=source)
    assert item.done_on is None and item.note == "La sala de los martes"


@pytest.mark.parametrize(
    ("who", "sees_roles", "sets_terms", "sees_list"),
    [
        ("rosa", True, True, True),
        ("tomas", True, True, True),
        ("ines", True, False, False),
        ("sole", True, False, False),
        ("ana", True, False, False),
        ("ze", False, False, False),
    ],
)
def test_who_may_see_and_change_terms(cast, led, visit, who, sees_roles, sets_terms, sees_list):
    user = getattr(cast, who)
    assert (visit(user, "roles", cast.node.pk).status_code == 200) is sees_roles
    for page in ("term", "hand_over_role"):
        assert (visit(user, page, led.pk).status_code == 200) is sets_terms, page
    assert (visit(user, "hand_over", led.pk).status_code == 200) is sees_list
    assert (visit(user, "pause", led.pk).status_code == 200) is sees_list
    for deed in (
        lambda: services.set_term(led, date(2099, 1, 1), actor=user),
        lambda: services.add_to_hand_over(led, "Llave", actor=user),
        lambda: services.hand_over(led, HandingOver(PersonFactory()), actor=user),
    ):
        if sets_terms:
            deed()
        else:
            with pytest.raises(NotAllowed):
                deed()


def test_the_holder_sees_the_own_list_but_does_not_renew_the_own_term(cast, led, visit):
    luz = led.person.user
    assert visit(luz, "hand_over", led.pk).status_code == 200
    assert visit(luz, "term", led.pk).status_code == 404
    with pytest.raises(NotAllowed):
        services.set_term(led, date(2099, 1, 1), actor=luz)


def test_rosa_renews_hands_over_and_undoes_through_the_pages(cast, led, visit, today):
    until = today + timedelta(days=300)
    visit(cast.rosa, "term", led.pk, data={"until": until.isoformat()})
    assert f"{until:%Y}" in visit(cast.rosa, "roles", cast.network.pk).content.decode()

    heir = MembershipFactory(community=cast.node, person__given_names="Eva", person__family_names="Ruiz")
    told = {"person": "Eva Ruiz", "on": today.isoformat(), "reason": "term_over"}
    answer = visit(cast.rosa, "hand_over_role", led.pk, data=told)
    assert answer.status_code == 302, answer.content.decode()
    new = Membership.objects.get(person=heir.person, role=Role.NODE_LEADER)

    visit(cast.rosa, "undo_hand_over", new.pk, data={})
    led.refresh_from_db()
    assert led.ends_on is None


def test_the_pages_of_roles_cost_the_same_however_many_hold_one(
    cast, led, client, django_assert_max_num_queries
):
    for _n in range(15):
        MembershipFactory(community=cast.node, role=Role.FACILITATOR)
    client.force_login(cast.rosa)
    for name, pk in (("roles", cast.network.pk), ("hand_over", led.pk)):
        with django_assert_max_num_queries(12):
            assert client.get(reverse(f"communities:{name}", args=[pk])).status_code == 200


def test_the_door_says_how_many_places_are_empty(cast, client):
    client.force_login(cast.rosa)
    body = client.get(reverse("communities:governance", args=[cast.network.pk])).content.decode()
    assert "2 places without anybody who leads them." in body


def test_home_names_terms_that_end_to_whoever_gives_the_role_and_to_whoever_holds_it(
    client, cast, led, today
):
    services.set_term(led, today + timedelta(days=20), actor=cast.rosa)
    for who, told in ((cast.rosa, True), (led.person.user, True), (cast.ana, False), (cast.ze, False)):
        client.force_login(who)
        assert ("Luz Mora" in client.get("/").text) is told, who
    client.force_login(cast.rosa)
    assert "The term ends on" in client.get("/").text
    services.set_term(led, today - timedelta(days=1), actor=cast.rosa)
    assert "The term was over on" in client.get("/").text
    services.set_term(led, today + timedelta(days=365), actor=cast.rosa)
    assert "Luz Mora" not in client.get("/").text
