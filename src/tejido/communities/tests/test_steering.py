"""One seat for each node of the network, kept true by the deeds that change nodes and leaders."""

from __future__ import annotations

import inspect
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.communities import selectors, services
from tejido.communities.models import Community, Membership, Role, SteeringSeat
from tejido.communities.services import HandingOver, Seated
from tejido.communities.services import communities as tree_deeds
from tejido.communities.services import memberships as belonging_deeds
from tejido.communities.services import terms as term_deeds
from tejido.communities.services import undoing as undo_deeds
from tejido.communities.tests.factories import person_with_account
from tejido.directory.models import Organisation
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.errors import NotAllowed, Refusal

KIND = Community.Kind


@pytest.fixture
def steering(cast) -> Community:
    return services.make_steering_node(cast.network, actor=cast.rosa)


def leads(node, person, cast) -> Membership:
    return services.add_member(node, person, role=Role.NODE_LEADER, actor=cast.rosa)


def seats(steering) -> dict[str, str]:
    rows = SteeringSeat.objects.filter(steering=steering).select_related("node", "organisation", "holder")
    return {str(one.node or one.organisation): one.holder.given_names if one.holder else "" for one in rows}


def sits(steering, person) -> bool:
    held = Membership.objects.filter(community=steering, person=person, ends_on=None)
    return held.exists()


def test_each_node_has_a_seat_from_the_first_day(cast, steering):
    assert seats(steering) == {"Nodo Agua": "", "Nodo Energía": ""}
    assert steering.parent == cast.network and steering.kind == KIND.STEERING_NODE


def test_a_seat_follows_the_leader_of_its_node(cast, steering):
    eva, luz = PersonFactory(given_names="Eva"), PersonFactory(given_names="Luz")
    held = leads(cast.node, eva, cast)
    assert seats(steering)["Nodo Agua"] == "Eva" and sits(steering, eva)

    Membership.objects.filter(pk=held.pk).update(starts_on=date(2022, 1, 1))
    held.refresh_from_db()
    new = services.hand_over(held, HandingOver(luz), actor=cast.rosa)
    assert seats(steering)["Nodo Agua"] == "Luz"
    assert sits(steering, luz) and not sits(steering, eva)

    services.undo_hand_over(new, actor=cast.rosa)
    assert seats(steering)["Nodo Agua"] == "Eva" and sits(steering, eva)

    held.refresh_from_db()
    services.end_membership(held, actor=cast.rosa)
    assert seats(steering)["Nodo Agua"] == "" and not sits(steering, eva)

    services.undo_leaving(held, actor=cast.rosa)
    assert seats(steering)["Nodo Agua"] == "Eva"


def test_a_node_that_is_founded_closed_opened_again_or_moved_brings_and_takes_its_seat(cast, steering):
    third = services.found_community(
        {"name": "Nodo Suelo", "kind": KIND.NODE}, under=cast.network, actor=cast.rosa
    )
    assert set(seats(steering)) == {"Nodo Agua", "Nodo Energía", "Nodo Suelo"}

    services.close_community(third, actor=cast.rosa)
    assert "Nodo Suelo" not in seats(steering)
    services.reopen_community(third, actor=cast.rosa)
    assert "Nodo Suelo" in seats(steering)

    services.move_community(third, cast.elsewhere, actor=system_account())
    assert "Nodo Suelo" not in seats(steering)
    services.move_community(third, cast.network, actor=system_account())
    assert "Nodo Suelo" in seats(steering)

    services.change_community(third, {"kind": KIND.COMMISSION}, actor=cast.rosa)
    assert "Nodo Suelo" not in seats(steering)


def test_commissions_and_networks_elsewhere_have_no_seat(cast, steering):
    services.found_community(
        {"name": "Comisión", "kind": KIND.COMMISSION}, under=cast.network, actor=cast.rosa
    )
    services.found_community(
        {"name": "Nodo de otra red", "kind": KIND.NODE}, under=cast.elsewhere, actor=system_account()
    )
    assert set(seats(steering)) == {"Nodo Agua", "Nodo Energía"}


def test_a_node_names_who_sits_for_it_and_the_seat_falls_back_when_they_leave(cast, steering):
    eva = PersonFactory(given_names="Eva")
    leads(cast.node, eva, cast)
    ana = Membership.objects.get(person__user=cast.ana)
    seat = SteeringSeat.objects.get(node=cast.node)

    services.name_for_seat(seat, Seated(ana.person, substitute=eva), actor=cast.rosa)
    assert seats(steering)["Nodo Agua"] == "Ana" and not sits(steering, eva)

    services.end_membership(ana, actor=cast.rosa)
    assert seats(steering)["Nodo Agua"] == "Eva" and not sits(steering, ana.person)


def test_nobody_of_another_node_sits_for_it(cast, steering, beto):
    seat = SteeringSeat.objects.get(node=cast.node)
    with pytest.raises(Refusal) as refusal:
        services.name_for_seat(seat, Seated(beto), actor=cast.rosa)
    assert refusal.value.code == "not_of_the_node"
    seat.refresh_from_db()
    assert seat.named is None and seats(steering)["Nodo Agua"] == ""


def test_outside_staff_have_seats_of_their_own(cast, steering):
    park = Organisation.objects.create(name="Parque Científico", kind=Organisation.Kind.OTHER)
    ines = person_with_account("Nora Lago")
    seat = services.give_outside_seat(steering, park, Seated(ines), actor=cast.rosa)
    assert seats(steering)["Parque Científico"] == "Nora" and sits(steering, ines)

    services.take_outside_seat(seat, actor=cast.rosa)
    assert "Parque Científico" not in seats(steering) and not sits(steering, ines)

    of_a_node = SteeringSeat.objects.get(node=cast.node)
    with pytest.raises(Refusal):
        services.take_outside_seat(of_a_node, actor=cast.rosa)


def test_the_database_holds_one_seat_per_node(cast, steering):
    with pytest.raises(IntegrityError), transaction.atomic():
        SteeringSeat.objects.create(steering=steering, node=cast.node)


def test_a_network_has_one_steering_node(cast, steering):
    with pytest.raises(Refusal) as refusal:
        services.make_steering_node(cast.network, actor=cast.rosa)
    assert refusal.value.code == "has_steering_node"
    assert Community.objects.filter(kind=KIND.STEERING_NODE).count() == 1


def test_a_leader_who_begins_later_gets_the_seat_on_that_day(cast, steering, monkeypatch):
    tomorrow = timezone.localdate() + timedelta(days=1)
    services.add_member(
        cast.node,
        PersonFactory(given_names="Eva"),
        role=Role.NODE_LEADER,
        starts_on=tomorrow,
        actor=cast.rosa,
    )
    assert seats(steering)["Nodo Agua"] == ""

    monkeypatch.setattr(timezone, "localdate", lambda *_, **__: tomorrow)
    services.follow_the_day()
    assert seats(steering)["Nodo Agua"] == "Eva"


def test_who_leads_two_nodes_holds_both_seats_and_keeps_the_other_when_one_goes(cast, steering):
    eva = PersonFactory(given_names="Eva")
    first = leads(cast.node, eva, cast)
    leads(cast.sister, eva, cast)
    assert seats(steering) == {"Nodo Agua": "Eva", "Nodo Energía": "Eva"}

    services.end_membership(first, actor=cast.rosa)
    assert seats(steering) == {"Nodo Agua": "", "Nodo Energía": "Eva"} and sits(steering, eva)


def test_every_deed_on_nodes_and_leaders_keeps_the_seats():
    """A new deed that changes who leads, or which nodes there are, brings the seats up to date in its own transaction."""
    watched = (tree_deeds, belonging_deeds, undo_deeds, term_deeds)
    writes = (
        "Membership.objects.create",
        "Community(parent",
        "membership.delete()",
        "update(ends_on",
        '"parent"]',
        "ends_on = None",
        "membership.ends_on = day",
        "membership.ends_on, membership",
        "insert_many(",
    )
    asked = 0
    for module in watched:
        for name, deed in inspect.getmembers(module, inspect.isfunction):
            source = inspect.getsource(deed)
            if deed.__module__ != module.__name__ or name.startswith("_"):
                continue
            if any(write in source for write in writes):
                asked += 1
                assert "keep_seats(" in source, f"{module.__name__}.{name}"
    assert asked >= 10


@pytest.mark.parametrize(
    ("who", "sees", "makes", "fills"),
    [
        ("rosa", True, True, True),
        ("tomas", True, True, True),
        ("ines", True, False, False),
        ("sole", True, False, False),
        ("ana", True, False, False),
        ("ze", False, False, False),
    ],
)
def test_who_may_see_make_and_fill_seats(cast, visit, who, sees, makes, fills):
    user = getattr(cast, who)
    assert (visit(user, "seats", cast.network.pk).status_code == 200) is sees
    made = visit(user, "make_steering_node", cast.network.pk, data={})
    assert (made.status_code == 302) is makes
    steering = (
        Community.objects.get(kind=KIND.STEERING_NODE)
        if makes
        else services.make_steering_node(cast.network, actor=cast.rosa)
    )
    seat = SteeringSeat.objects.get(node=cast.node)
    assert (visit(user, "seat", seat.pk).status_code == 200) is fills
    assert (visit(user, "outside_seat", steering.pk).status_code == 200) is makes
    if not fills:
        with pytest.raises(NotAllowed):
            services.name_for_seat(seat, Seated(), actor=user)
        assert visit(user, "take_seat", seat.pk, data={}).status_code == 404


def test_a_leader_says_who_sits_for_the_own_node_only(cast, steering, visit):
    luz = person_with_account("Luz Mora")
    leads(cast.node, luz, cast)
    mine, other = (SteeringSeat.objects.get(node=node) for node in (cast.node, cast.sister))
    assert visit(luz.user, "seat", mine.pk).status_code == 200
    assert visit(luz.user, "seat", other.pk).status_code == 404
    ana = Membership.objects.get(person__user=cast.ana).person
    visit(luz.user, "seat", mine.pk, data={"named": ana.pk, "substitute": luz.pk})
    body = visit(cast.rosa, "seats", cast.network.pk).content.decode()
    assert "Ana Rojas" in body and "Substitute: Luz Mora" in body


def test_the_page_of_seats_costs_the_same_for_any_number_of_nodes(
    cast, steering, client, django_assert_max_num_queries
):
    for number in range(12):
        services.found_community(
            {"name": f"Nodo {number}", "kind": KIND.NODE}, under=cast.network, actor=cast.rosa
        )
    client.force_login(cast.rosa)
    with django_assert_max_num_queries(12):
        body = client.get(reverse("communities:seats", args=[cast.network.pk])).content.decode()
    assert "Nodo 11" in body
    assert selectors.seats_of(steering, cast.rosa).count() == 14
