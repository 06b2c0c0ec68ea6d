"""Who may be here twice: proposed for a reason, in words, to those who may merge them, and never again once decided."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.directory import selectors, services
from tejido.directory.models import ContactPoint, Merge, NotTheSame, Person
from tejido.directory.selectors import doubles as doubles_module
from tejido.directory.tests.factories import PersonFactory, PostFactory, SchoolFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
PEOPLE, SCHOOLS = Merge.Of.PEOPLE, Merge.Of.SCHOOLS


def proposed(of: str, actor) -> list[tuple[set[str], tuple[str, ...]]]:
    return [({str(p.one), str(p.other)}, p.reasons) for p in selectors.likely_doubles(of, actor)]


def named(given: str, family: str = "Rojas Núñez", **fields) -> Person:
    return PersonFactory(
        given_names=given, family_names=family, search_name=f"{given} {family}".lower(), **fields
    )


def test_the_same_address_or_phone_makes_a_pair(system):
    one, other = named("Ana María"), named("Anita")
    for person in (one, other):
        ContactPoint.objects.create(person=person, kind="email", value="ana@example.org")
    named("Beto", "Paz")
    assert proposed(PEOPLE, system) == [({"Ana María Rojas Núñez", "Anita Rojas Núñez"}, ("email",))]


def test_names_alike_at_one_school_make_a_pair_and_at_two_schools_only_the_whole_name_does(system, school):
    for given, family in (("Ana M.", "Rojas"), ("Ana María", "Rojas Núñez")):
        PostFactory(person=named(given, family), school=school)
    PostFactory(person=named("Juan", "Pérez Gómez"), school=school)
    PostFactory(person=named("Juan", "Pérez González"), school=SchoolFactory())
    pairs = proposed(PEOPLE, system)
    assert [names for names, _why in pairs] == [{"Ana M. Rojas", "Ana María Rojas Núñez"}]
    assert "school" in pairs[0][1]


def test_a_decision_that_they_are_two_is_remembered_and_can_be_taken_back(system, school):
    one, other = (PostFactory(person=named("Ana"), school=school).person for _ in range(2))
    assert len(proposed(PEOPLE, system)) == 1
    decision = services.tell_apart(one, other, actor=system)
    assert proposed(PEOPLE, system) == []
    services.propose_again(decision, actor=system)
    assert len(proposed(PEOPLE, system)) == 1


def test_an_invented_and_a_real_entry_are_never_proposed(system, school):
    PostFactory(person=named("Ana"), school=school)
    PostFactory(person=named("Ana", is_invented=True), school=school)
    assert proposed(PEOPLE, system) == []


def test_only_those_whom_one_may_merge_are_proposed(cast):
    stranger = named("Ana", "Rojas")
    for person in (cast.ana.person, stranger):
        ContactPoint.objects.create(person=person, kind="email", value="ana@example.org")
    assert proposed(PEOPLE, cast.rosa) == []
    assert proposed(PEOPLE, cast.ana) == []


def test_beyond_the_limit_only_the_same_address_or_phone_makes_a_pair(system, school, monkeypatch):
    monkeypatch.setattr(doubles_module, "MOST_COMPARED", 2)
    for _ in range(2):
        PostFactory(person=named("Ana"), school=school)
    one, other = named("Beto", "Paz"), named("Roberto", "Paz")
    for person in (one, other):
        ContactPoint.objects.create(person=person, kind="phone", value="+56912345678")
    assert proposed(PEOPLE, system) == [({"Beto Paz", "Roberto Paz"}, ("phone",))]


@pytest.mark.parametrize("rows", [2, 40])
def test_proposing_costs_the_same_for_few_and_many(system, school, rows, django_assert_max_num_queries):
    for number in range(rows):
        PostFactory(person=named("Ana" if number % 2 else f"Luz {number}"), school=school)
    with django_assert_max_num_queries(6):
        selectors.likely_doubles(PEOPLE, system)


def test_schools_with_the_same_code_or_nearly_the_same_name_in_one_place_make_a_pair(system):
    place, other_place = TerritoryFactory(), TerritoryFactory()
    SchoolFactory(name="Escuela Río Claro", territory=place, register="cl-rbd", code="9001")
    SchoolFactory(name="Escuela Rio Claro.", territory=place)
    SchoolFactory(name="Escuela 12", territory=place)
    SchoolFactory(name="Escuela 13", territory=place)
    SchoolFactory(name="Escuela Río Claro", territory=other_place)
    SchoolFactory(name="Liceo A", territory=place, register="cl-rbd", code="77")
    SchoolFactory(name="Liceo B", territory=other_place, code="0077")
    pairs = proposed(SCHOOLS, system)
    assert ({"Escuela Río Claro", "Escuela Rio Claro."}, ("similar_name", "place")) in pairs
    assert ({"Liceo A", "Liceo B"}, ("same_code",)) in pairs
    assert len(pairs) == 2, "two codes, two numbers or two places are two schools"


def test_two_codes_of_one_register_are_two_schools(system):
    place = TerritoryFactory()
    SchoolFactory(name="Escuela Sol", territory=place, register="cl-rbd", code="1")
    SchoolFactory(name="Escuela Sol", territory=place, register="cl-rbd", code="2")
    assert proposed(SCHOOLS, system) == []


# On the pages --------------------------------------------------------------------------------


@pytest.fixture
def twice(cast, school):
    """Ana is in Rosa's node twice, once as Ana M."""
    membership = cast.ana.person.memberships.get()
    double = named("Ana M.", "Rojas", list_code="17")
    membership.pk, membership.person = None, double
    membership.save()
    for person in (cast.ana.person, double):
        PostFactory(person=person, school=school)
    return double


def test_rosa_merges_the_two_field_by_field_and_undoes_it(cast, browser, twice):
    client, ana = browser(cast.rosa), cast.ana.person
    listed = client.get(reverse("directory:doubles_people")).content.decode()
    assert "Ana M. Rojas" in listed and "at the same school" in listed
    address = reverse("directory:merge_people", args=[ana.pk, twice.pk])
    compared = client.get(address).content.decode()
    assert "Ana Rojas" in compared and "Ana M. Rojas" in compared and "17" in compared
    assert 'name="account"' not in compared, "the only account comes along: there is nothing to choose"
    answer = client.post(address, {"name": "kept", "list_code": "gone"}, follow=True)
    ana.refresh_from_db()
    assert (ana.name, ana.list_code, ana.user) == ("Ana Rojas", "17", cast.ana)
    toast = answer.content.decode().split('id="toasts"')[1]
    client.post(toast.split('<form method="post" action="')[1].split('"')[0])
    assert Person.objects.filter(pk=twice.pk).exists()


def test_the_only_account_is_never_lost_in_a_merge(cast, browser, twice):
    client, ana = browser(cast.rosa), cast.ana.person
    client.post(
        reverse("directory:merge_people", args=[twice.pk, ana.pk]), {"name": "kept", "list_code": "kept"}
    )
    twice.refresh_from_db()
    assert twice.user == cast.ana


def test_two_accounts_are_said_and_one_is_chosen(cast, browser, twice):
    from tejido.accounts.tests.factories import UserFactory

    other = UserFactory(email="anita@example.org")
    Person.objects.filter(pk=twice.pk).update(user=other)
    client, address = (
        browser(cast.rosa),
        reverse("directory:merge_people", args=[cast.ana.person.pk, twice.pk]),
    )
    html = client.get(address).content.decode()
    assert "Both can sign in." in html and "anita@example.org" in html
    assert client.post(address, {"name": "kept", "list_code": "kept"}).status_code == 422, (
        "a choice is asked for"
    )
    client.post(address, {"name": "kept", "list_code": "kept", "account": "gone"})
    assert Person.objects.get(pk=cast.ana.person.pk).user == other


def test_rosa_says_that_they_are_two_and_takes_it_back(cast, browser, twice):
    client = browser(cast.rosa)
    address = reverse("directory:apart_people", args=[cast.ana.person.pk, twice.pk])
    html = client.post(address, follow=True).content.decode()
    assert "Remembered: these are two." in html and "No doubles in sight" in html
    client.post(html.split('id="toasts"')[1].split('<form method="post" action="')[1].split('"')[0])
    assert not NotTheSame.objects.exists()


def test_the_other_entry_is_found_by_typing_its_name(cast, browser, twice):
    client, address = browser(cast.rosa), reverse("directory:choose_people", args=[cast.ana.person.pk])
    answer = client.post(address, {"other": "ana m"})
    assert answer["Location"] == reverse("directory:merge_people", args=[cast.ana.person.pk, twice.pk])
    itself = client.post(address, {"other": "Ana Rojas"})
    assert itself.status_code == 422
    assert "That is one and the same entry." in itself.content.decode()


def test_merges_are_undone_from_the_list_too_and_a_refusal_is_said(cast, browser, twice):
    client, ana = browser(cast.rosa), cast.ana.person
    first = services.merge_people(ana, twice, {}, actor=cast.rosa)
    html = client.get(reverse("directory:doubles_people")).content.decode()
    assert "Merged lately" in html and "Ana M. Rojas became part of Ana Rojas" in " ".join(html.split())
    client.post(reverse("directory:undo_merge", args=[first.pk]))
    again = client.post(reverse("directory:undo_merge", args=[first.pk]), follow=True).content.decode()
    assert "This merge was undone already." in again


@pytest.mark.parametrize("page", ["doubles_people", "doubles_schools"])
def test_the_list_of_doubles_keeps_its_budget(cast, browser, twice, page, django_assert_max_num_queries):
    client = browser(cast.rosa)
    with django_assert_max_num_queries(12):
        assert client.get(reverse(f"directory:{page}")).status_code == 200
    with django_assert_max_num_queries(12):
        client.get(reverse("directory:merge_people", args=[cast.ana.person.pk, twice.pk]))
