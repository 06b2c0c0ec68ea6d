"""Organisations belong; who represents them changes, and the membership stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tejido.communities import selectors, services
from tejido.communities.models import Membership, OrganisationMembership, Role
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person
from tejido.directory.services import leave_post, take_up_post
from tejido.directory.tests.factories import OrganisationFactory, PersonFactory
from tejido.foundation.errors import NotAllowed, Refusal

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


@pytest.fixture
def museum():
    return OrganisationFactory(name="Museo de la Ciencia")


@pytest.fixture
def held(cast, museum):
    return services.add_organisation_member(
        cast.network, museum, actor=cast.rosa, starts_on=date(2024, 11, 28)
    )


def named(held, cast, given="Marta", **more):
    return services.name_representative(held, PersonFactory(given_names=given), actor=cast.rosa, **more)


def shown(held, actor):
    return selectors.organisations_in(held.community, actor).get(pk=held.pk)


def test_representatives_change_and_the_membership_stays(cast, held):
    marta = named(held, cast, starts_on=date(2024, 11, 28))
    julia = named(held, cast, "Julia", starts_on=date(2025, 6, 1), instead_of=marta)
    marta.refresh_from_db()
    assert (marta.ends_on, marta.end_reason) == (date(2025, 5, 31), Membership.EndReason.TERM_OVER)
    assert julia.role == Role.REPRESENTATIVE
    held.refresh_from_db()
    assert (held.starts_on, held.ends_on) == (date(2024, 11, 28), None)
    row = shown(held, cast.rosa)
    assert [(one.person.given_names, one.is_in) for one in row.named] == [("Julia", True), ("Marta", False)]


def test_a_representative_who_leaves_the_organisation_is_to_be_replaced(cast, held, museum, system):
    marta = named(held, cast)
    assert not shown(held, cast.rosa).named[0].has_left  # it is not known that she had a post there
    post = take_up_post(marta.person, museum, actor=system)
    assert not shown(held, cast.rosa).named[0].has_left
    leave_post(post, actor=system, on=timezone.localdate() - YESTERDAY)
    assert shown(held, cast.rosa).named[0].has_left


def test_the_same_organisation_belongs_once_and_may_come_back(cast, held, museum):
    assert services.add_organisation_member(cast.network, museum, actor=cast.rosa) == held
    services.end_organisation_membership(held, actor=cast.rosa, reason="A new ministry")
    again = services.add_organisation_member(cast.network, museum, actor=cast.rosa)
    assert again != held
    with transaction.atomic(), pytest.raises(IntegrityError):
        OrganisationMembership.objects.create(
            community=cast.network, organisation=museum, starts_on=date(2025, 1, 1)
        )


def test_leaving_takes_the_representatives_along_and_can_be_undone(cast, held):
    marta = named(held, cast)
    services.end_organisation_membership(held, actor=cast.rosa, reason="No time")
    marta.refresh_from_db()
    assert marta.ends_on == held.community.today
    with pytest.raises(Refusal, match="Take that back first"):
        services.undo_leaving(_left(marta, cast), actor=cast.rosa)
    services.undo_organisation_leaving(held, actor=cast.rosa)
    marta.refresh_from_db()
    held.refresh_from_db()
    assert (marta.ends_on, held.ends_on, held.end_reason) == (None, None, "")


def _left(marta, cast):
    """As if she had been ended by hand that same day."""
    from tejido.communities.events import MemberLeft
    from tejido.foundation.journal import announce

    with transaction.atomic():
        announce(MemberLeft(marta.community_id, marta.person_id, marta.pk, marta.role, ""), actor=cast.rosa)
    return marta


def test_naming_can_be_undone_and_whoever_was_replaced_goes_on(cast, held):
    marta = named(held, cast)
    julia = named(held, cast, "Julia", instead_of=marta)
    services.undo_naming(julia, actor=cast.rosa)
    marta.refresh_from_db()
    assert marta.ends_on is None
    assert not Membership.objects.filter(pk=julia.pk).exists()


def test_what_cannot_be_is_refused_and_nothing_is_written(cast, held):
    marta = named(held, cast)
    other = services.add_organisation_member(
        cast.network, OrganisationFactory(name="Universidad"), actor=cast.rosa
    )
    with pytest.raises(Refusal, match="represents another organisation"):
        services.name_representative(other, marta.person, actor=cast.rosa)
    with pytest.raises(Refusal, match="did not belong to the community yet"):
        named(held, cast, "Eva", starts_on=date(2020, 1, 1))
    with pytest.raises(Refusal, match="represents an organisation here"):
        services.change_role(marta, Role.MEMBER, actor=cast.rosa)
    with pytest.raises(Refusal, match="End the membership instead"):
        services.undo_organisation_joining(held, actor=cast.rosa)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Membership.objects.filter(pk=marta.pk).update(role=Role.MEMBER)
    assert Membership.objects.filter(role=Role.REPRESENTATIVE).count() == 1
    services.end_organisation_membership(held, actor=cast.rosa)
    with pytest.raises(Refusal, match="does not belong"):
        named(held, cast, "Eva")


def test_a_representative_of_whom_it_was_not_said_comes_to_speak_for_one(cast, held):
    before = MembershipFactory(community=cast.network, role=Role.REPRESENTATIVE)
    now = services.name_representative(held, before.person, actor=cast.rosa)
    assert (now.pk, now.organisation_membership_id) == (before.pk, held.pk)


RIGHTS = [  # who, sees the list, may change it
    ("ana", True, False),
    ("rosa", True, True),
    ("tomas", True, True),
    ("ines", True, False),
    ("sole", True, False),
    ("ze", False, False),
]


@pytest.mark.parametrize(("who", "sees", "changes"), RIGHTS)
def test_who_may_see_and_change_the_organisations(client, cast, held, who, sees, changes):
    actor = getattr(cast, who)
    marta = named(held, cast)
    client.force_login(actor)
    for name, pk in (("organisations", cast.network.pk), ("organisation", held.pk)):
        assert client.get(reverse(f"communities:{name}", args=[pk])).status_code == (200 if sees else 404)
    for name, pk in (
        ("add_organisation", cast.network.pk),
        ("represent", held.pk),
        ("represent_new", held.pk),
        ("end_organisation", held.pk),
    ):
        assert client.get(reverse(f"communities:{name}", args=[pk])).status_code == (200 if changes else 404)
    if not changes:
        for name, pk in (
            ("undo_organisation_joining", held.pk),
            ("undo_organisation_leaving", held.pk),
            ("undo_naming", marta.pk),
        ):
            assert client.post(reverse(f"communities:{name}", args=[pk])).status_code == 404
        with pytest.raises(NotAllowed):
            services.end_organisation_membership(held, actor=actor)


def test_a_visitor_signs_in_first(client, held):
    assert client.get(reverse("communities:organisation", args=[held.pk])).status_code == 302


def test_a_name_that_the_reader_may_not_see_is_not_shown(client, cast, held):
    named(held, cast, "Marta")
    client.force_login(cast.sole)  # a researcher sees who let their name be published
    for address in ("organisations", "organisation"):
        pk = cast.network.pk if address == "organisations" else held.pk
        text = client.get(reverse(f"communities:{address}", args=[pk])).content.decode()
        assert "Marta" not in text
        assert "A person whom you do not see" in text
    file = client.get(reverse("communities:organisations", args=[cast.network.pk]) + "?download=csv")
    assert "Marta" not in b"".join(file).decode()


def test_through_the_pages_an_organisation_joins_and_sends_somebody_new(client, cast):
    client.force_login(cast.rosa)
    address = reverse("communities:add_organisation", args=[cast.network.pk])
    refused = client.post(address, {"new_kind": "museum", "starts_on": "2024-11-28"})
    assert refused.status_code == 422
    told = {"new_name": "Museo de la Ciencia", "new_kind": "museum", "starts_on": "2024-11-28"}
    assert client.post(address, told).status_code == 302
    held = OrganisationMembership.objects.get()
    somebody = {"given_names": "Marta", "function": "official", "starts_on": "2024-11-28", "email": "M@x.org"}
    client.post(reverse("communities:represent_new", args=[held.pk]), somebody)
    marta = Person.objects.get(given_names="Marta")
    assert marta.posts.get().organisation.name == "Museo de la Ciencia"
    assert marta.contacts.get().value == "m@x.org"
    page = reverse("communities:represent", args=[held.pk])
    first = held.representatives.get()
    client.post(page, {"person": "Ana Rojas", "starts_on": "2025-01-10", "instead_of": str(first.pk)})
    assert held.representatives.get(ends_on=None).person.user == cast.ana
    text = client.get(reverse("communities:organisation", args=[held.pk])).content.decode()
    assert "Ana Rojas" in text
    assert "Marta" in text
    page = client.get(reverse("directory:organisation", args=[held.organisation_id])).content.decode()
    assert "Communities to which it belongs" in page
    door = client.get(reverse("communities:governance", args=[cast.network.pk])).content.decode()
    assert "1 organisation belongs." in door


def test_the_list_costs_the_same_for_any_number(client, cast, held, django_assert_max_num_queries):
    for number in range(12):
        more = services.add_organisation_member(
            cast.network, OrganisationFactory(name=f"Organisation {number}"), actor=cast.rosa
        )
        named(more, cast, f"Person{number}")
    client.force_login(cast.rosa)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("communities:organisations", args=[cast.network.pk])).status_code == 200
