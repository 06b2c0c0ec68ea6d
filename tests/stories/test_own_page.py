"""How an account comes to its page: by an address that both the directory and the sign-in know."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from tejido.accounts.tests.factories import UserFactory
from tejido.communities.models import Role
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory import services
from tejido.directory.models import ContactPoint, Person
from tejido.directory.tests.factories import PersonFactory
from tejido.foundation.errors import NotAllowed
from tejido.foundation.models import JournalEntry

pytestmark = pytest.mark.django_db


def account(address: str, *, verified: bool = True):
    user = UserFactory(email=address)
    EmailAddress.objects.create(user=user, email=address, verified=verified, primary=True)
    return user


def known_by(address: str, **fields) -> Person:
    person = PersonFactory(**fields)
    ContactPoint.objects.create(person=person, kind="email", value=address)
    return person


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_whoever_signs_in_with_a_known_address_finds_their_own_page():
    ana = known_by("ana.r@example.org", given_names="Ana")
    user = account("Ana.R@example.org")
    page = signed_in(user).get(reverse("directory:me"))
    ana.refresh_from_db()
    assert ana.user == user
    assert "What you allow" in page.content.decode()
    entry = JournalEntry.objects.get(fact="directory.person_changed")
    assert (entry.person_id, entry.payload["fields"], entry.actor) == (ana.pk, ["user"], user)


def test_an_address_that_was_not_confirmed_opens_nothing():
    ana = known_by("ana.r@example.org")
    html = (
        signed_in(account("ana.r@example.org", verified=False)).get(reverse("directory:me")).content.decode()
    )
    ana.refresh_from_db()
    assert ana.user is None
    assert "No network knows you yet" in html


def test_an_address_of_two_entries_opens_neither_and_says_what_to_do():
    one, other = known_by("ana.r@example.org"), known_by("ana.r@example.org")
    html = signed_in(account("ana.r@example.org")).get(reverse("directory:me")).content.decode()
    assert "Ask the coordination to merge them" in html
    assert not Person.objects.filter(pk__in=[one.pk, other.pk]).exclude(user=None).exists()


def test_a_page_that_came_after_the_sign_in_opens_with_one_step():
    user = account("ana.r@example.org")
    client = signed_in(user)
    assert "No network knows you yet" in client.get(reverse("directory:me")).content.decode()
    ana = known_by("ana.r@example.org")
    assert "A network knows your address" in client.get(reverse("directory:me")).content.decode()
    assert client.post(reverse("directory:claim")).status_code == 302
    ana.refresh_from_db()
    assert ana.user == user


def test_a_page_that_has_its_account_is_never_taken_over():
    ana = known_by("ana.r@example.org", user=UserFactory())
    signed_in(account("ana.r@example.org")).get(reverse("directory:me"))
    before = ana.user
    ana.refresh_from_db()
    assert ana.user == before


def test_nobody_gets_rights_by_putting_their_own_address_on_somebody_elses_page(cast):
    """Somebody of Rosa's node who also runs another network and has no account: her address is not Rosa's to set."""
    shared = MembershipFactory(community=cast.node).person
    MembershipFactory(community=cast.elsewhere, person=shared, role=Role.STEWARD)
    with pytest.raises(NotAllowed):
        services.set_contacts(shared, [("email", "rosa.too@example.org")], actor=cast.rosa)
    services.set_contacts(shared, [("phone", "+56912345678")], actor=cast.rosa)
    assert [point.kind for point in shared.contacts.all()] == ["phone"]


def test_the_coordination_sets_the_address_of_its_own_people(cast):
    member = MembershipFactory(community=cast.node).person
    services.set_contacts(member, [("email", "new@example.org")], actor=cast.rosa)
    assert member.contacts.get().value == "new@example.org"


def test_a_node_leader_does_not_set_the_address_of_who_coordinates_the_network(cast):
    leader = MembershipFactory(community=cast.node, person__user=UserFactory(), role=Role.NODE_LEADER).person
    coordinator = MembershipFactory(community=cast.network, role=Role.COORDINATOR).person
    MembershipFactory(community=cast.node, person=coordinator)
    with pytest.raises(NotAllowed):
        services.set_contacts(coordinator, [("email", "leader2@example.org")], actor=leader.user)
    assert not coordinator.contacts.exists()
