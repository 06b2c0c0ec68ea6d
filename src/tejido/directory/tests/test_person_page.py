"""A person's page: posts, skills, contact data and the story, and how each is changed and undone."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tejido.accounts.tests.factories import UserFactory
from tejido.directory import services
from tejido.directory.models import Person, Topic
from tejido.directory.tests.factories import OrganisationFactory, PersonFactory, PostFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def page_of(person: Person) -> str:
    return reverse("directory:person", args=[person.pk])


def undo_of(html: str) -> str:
    """The address that the toast's undo posts to."""
    return html.split('<form method="post" action="')[1].split('"')[0]


def test_the_page_tells_present_and_past_posts_in_order(cast, browser, ana_at_work):
    before = PostFactory(
        person=ana_at_work.person,
        school=SchoolFactory(name="Escuela Vieja"),
        starts_on=date(2010, 3, 1),
        ends_on=date(2018, 12, 20),
        end_reason="Moved house",
    )
    html = browser(cast.rosa).get(page_of(ana_at_work.person)).content.decode()
    assert html.index("Escuela Los Álamos") < html.index("Escuela Vieja")
    assert "1 March 2010 to 20 December 2018" in " ".join(html.split())
    assert before.end_reason in html
    assert before.end_reason not in browser(cast.ines).get(page_of(ana_at_work.person)).content.decode()


def test_taking_up_a_post_by_typing_the_schools_name_and_undoing_it(cast, browser, ana_at_work):
    SchoolFactory(name="Colegio Nuñoa")
    client = browser(cast.ana)
    answer = client.post(
        reverse("directory:take_up_post", args=[ana_at_work.person_id]),
        {"function": "middle_leader", "school": "colegio nunoa", "starts_on": "2024-03-01"},
        follow=True,
    )
    html = answer.content.decode()
    assert "Colegio Nuñoa" in html and "Middle leader" in html
    client.post(undo_of(html.split('id="toasts"')[1]))
    assert cast.ana.person.posts.get() == ana_at_work


def test_leaving_a_post_keeps_it_in_the_story_and_can_be_undone(cast, browser, ana_at_work):
    client = browser(cast.ana)
    address = reverse("directory:leave_post", args=[ana_at_work.person_id, ana_at_work.pk])
    html = client.post(address, {"on": "2024-12-20", "reason": "Sabbatical"}, follow=True).content.decode()
    ana_at_work.refresh_from_db()
    assert (ana_at_work.ends_on, ana_at_work.end_reason) == (date(2024, 12, 20), "Sabbatical")
    client.post(undo_of(html.split('id="toasts"')[1]))
    ana_at_work.refresh_from_db()
    assert (ana_at_work.ends_on, ana_at_work.end_reason) == (None, "")


def test_nobody_leaves_before_starting_and_the_form_says_so(cast, browser, ana_at_work):
    address = reverse("directory:leave_post", args=[ana_at_work.person_id, ana_at_work.pk])
    answer = browser(cast.ana).post(address, {"on": "2018-01-01"})
    assert answer.status_code == 422
    assert "Nobody leaves a post before starting it" in answer.content.decode()
    ana_at_work.refresh_from_db()
    assert ana_at_work.ends_on is None


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({}, "A post is at a school or at an organisation."),
        ({"school": "Los Álamos", "organisation": "Museum"}, "A post is at a school or at an organisation."),
        ({"school": "Atlantis"}, "Nothing here is called “Atlantis”."),
    ],
)
def test_a_post_is_somewhere_and_the_form_says_what_is_wrong(cast, browser, ana_at_work, said, problem):
    OrganisationFactory(name="Museum")
    answer = browser(cast.ana).post(
        reverse("directory:take_up_post", args=[ana_at_work.person_id]), {"function": "teacher", **said}
    )
    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert cast.ana.person.posts.count() == 1


def test_contact_data_is_cleaned_and_what_has_no_box_stays(cast, browser, ana_at_work, system):
    ana = ana_at_work.person
    three = [("email", f"{n}@example.org") for n in ("one", "two", "three")]
    services.set_contacts(ana, [*three, ("phone", "+56912345678")], actor=system)
    answer = browser(cast.ana).post(
        reverse("directory:edit_contacts", args=[ana.pk]),
        {
            "email": " Ana.ROJAS@Example.org ",
            "other_email": "",
            "phone": "+56 9 8765 4321",
            "other_phone": "",
        },
    )
    assert answer.status_code == 302
    assert set(ana.contacts.values_list("kind", "value")) == {
        ("email", "ana.rojas@example.org"),
        ("email", "two@example.org"),
        ("phone", "+56987654321"),
    }


def test_a_phone_without_country_is_read_as_one_of_the_schools_country(cast, browser, ana_at_work, system):
    chile = services.add_territory("Macul", "municipality", "CL", actor=system)
    services.change_school(ana_at_work.school, {"territory": chile}, actor=system)
    address = reverse("directory:edit_contacts", args=[ana_at_work.person_id])
    browser(cast.ana).post(address, {"email": "", "phone": "9 8765 4321"})
    assert cast.ana.person.contacts.get().value == "+56987654321"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"email": "ana at home"}, "That is not an e-mail address."),
        ({"phone": "12"}, "That is not a complete phone number."),
    ],
)
def test_contact_data_that_cannot_be_is_said_and_nothing_changes(cast, browser, ana_at_work, said, problem):
    before = set(cast.ana.person.contacts.values_list("value", flat=True))
    answer = browser(cast.ana).post(reverse("directory:edit_contacts", args=[ana_at_work.person_id]), said)
    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert set(cast.ana.person.contacts.values_list("value", flat=True)) == before


def test_skills_are_ticked_topic_by_topic_and_read_in_the_readers_language(cast, browser, words, ana_at_work):
    garden, data = Topic.objects.get(code="school-garden"), Topic.objects.get(code="using-data")
    client = browser(cast.ana)
    address = reverse("directory:edit_skills", args=[ana_at_work.person_id])
    client.post(address, {"offered": [garden.pk], "wanted": [data.pk]})
    page = page_of(ana_at_work.person)
    assert "School garden" in client.get(page).content.decode()
    in_spanish = client.get(page, headers={"accept-language": "es"}).content.decode()
    assert "Huerta escolar" in in_spanish and "Usar datos para decidir" in in_spanish
    client.post(address, {"wanted": [data.pk]})
    assert [(s.side, s.topic) for s in cast.ana.person.skills.all()] == [("wanted", data)]


def test_a_topic_with_a_long_number_is_ticked_all_the_same(cast, browser, ana_at_work):
    topic = Topic.objects.create(pk=12345, code="far", name_es="Lejos", name_en="Far", name_pt="Longe")
    address = reverse("directory:edit_skills", args=[ana_at_work.person_id])
    assert 'value="12345"' in browser(cast.ana).get(address).content.decode()
    browser(cast.ana).post(address, {"offered": ["12345"]})
    assert cast.ana.person.skills.get().topic == topic


def test_what_a_person_says_of_themselves_is_theirs_to_forget(cast, browser, ana_at_work):
    address = reverse("directory:edit_attributes", args=[ana_at_work.person_id])
    browser(cast.ana).post(address, {"gender": "", "origin": "Mapuche"})
    assert dict(cast.ana.person.attributes.values_list("name", "value")) == {"origin": "Mapuche"}


def test_the_network_numbers_its_people_and_they_do_not_number_themselves(cast, browser, ana_at_work):
    address = reverse("directory:edit_person", args=[ana_at_work.person_id])
    said = {"given_names": "Ana", "family_names": "Rojas", "list_code": "17"}
    browser(cast.ana).post(address, said)
    ana_at_work.person.refresh_from_db()
    assert ana_at_work.person.list_code == ""
    browser(cast.rosa).post(address, said)
    ana_at_work.person.refresh_from_db()
    assert ana_at_work.person.list_code == "17"


def test_a_name_is_needed_and_a_future_year_is_refused_in_words(cast, browser, ana_at_work):
    address = reverse("directory:edit_person", args=[ana_at_work.person_id])
    answer = browser(cast.rosa).post(address, {"given_names": "  ", "teaching_since": "2999"})
    assert answer.status_code == 422
    assert "That year is still to come" in answer.content.decode()
    ana_at_work.person.refresh_from_db()
    assert ana_at_work.person.name == "Ana Rojas"


def test_invented_people_are_marked_wherever_their_name_stands(cast, browser, ana_at_work, school):
    page, at_school = page_of(ana_at_work.person), reverse("directory:school", args=[school.pk])
    client = browser(cast.rosa)
    assert "Invented" not in client.get(page).content.decode()
    Person.objects.filter(pk=ana_at_work.person_id).update(is_invented=True)
    assert "Invented" in client.get(page).content.decode()
    assert "Invented" in client.get(at_school).content.decode()


def test_the_story_is_told_to_each_as_far_as_they_may_know(cast, browser, words, ana_at_work, system):
    ana = ana_at_work.person
    services.answer_consent(ana, "photograph", True, actor=cast.ana)
    services.leave_post(ana_at_work, on=date(2024, 1, 1), actor=system)
    address = reverse("directory:person_history", args=[ana.pk])
    as_rosa = browser(cast.rosa).get(address).content.decode()
    assert "gave consent for photographs" in as_rosa and "left a post" in as_rosa
    as_ines = browser(cast.ines).get(address).content.decode()
    assert "gave consent" not in as_ines and "left a post" in as_ines
    assert browser(cast.ze).get(address).status_code == 404


def test_facts_of_a_community_are_told_to_those_who_may_see_it(cast, browser, ana_at_work):
    from tejido.foundation.models import JournalEntry

    ana = ana_at_work.person
    for community in (cast.node, cast.elsewhere):
        JournalEntry.objects.create(
            fact="communities.member_joined",
            payload={"community_id": community.pk, "person_id": ana.pk, "membership_id": 0, "role": "member"},
            community_id=community.pk,
            person_id=ana.pk,
            actor=cast.tomas,
        )
    address = reverse("directory:person_history", args=[ana.pk])
    as_rosa = browser(cast.rosa).get(address).content.decode()
    assert "Nodo Agua" in as_rosa and "Otra red" not in as_rosa
    assert "another community" not in as_rosa
    as_ana = browser(cast.ana).get(address).content.decode()
    assert "another community" in as_ana, "her own story is hers whole, without names that she may not know"


def test_a_long_story_is_read_in_stretches(cast, browser, words, ana_at_work):
    for number in range(35):
        services.answer_consent(ana_at_work.person, "photograph", number % 2 == 0, actor=cast.ana)
    client, address = browser(cast.ana), reverse("directory:person_history", args=[ana_at_work.person_id])
    first = client.get(address).content.decode()
    assert first.count("photographs") == 30
    older = first.split("?before=")[1].split('"')[0]
    assert client.get(address, {"before": older}).content.decode().count("photographs") == 5
    assert client.get(address, {"before": "x' OR 1"}).status_code == 200


def test_ones_own_page_is_the_person_page(cast, browser, ana_at_work):
    html = browser(cast.ana).get(reverse("directory:me")).content.decode()
    assert "Ana Rojas" in html and "What you allow" in html


def test_an_account_that_is_nobody_yet_is_told_how_its_page_begins(browser):
    html = browser(UserFactory(email="ze@example.org")).get(reverse("directory:me")).content.decode()
    assert "No network knows you yet" in html and "ze@example.org" in html


def test_an_old_link_to_whoever_was_merged_leads_to_the_one_that_stayed(cast, browser, ana_at_work, system):
    double = PersonFactory(given_names="Anita")
    services.merge_people(ana_at_work.person, double, {}, actor=system)
    answer = browser(cast.rosa).get(page_of(double))
    assert (answer.status_code, answer["Location"]) == (302, page_of(ana_at_work.person))
    assert browser(cast.ze).get(page_of(double)).status_code == 404


@pytest.mark.parametrize("rows", [2, 20])
def test_the_page_costs_the_same_for_a_short_life_and_a_long_one(
    cast, browser, words, ana_at_work, rows, system, django_assert_max_num_queries
):
    ana = ana_at_work.person
    for number in range(rows):
        PostFactory(person=ana, school=SchoolFactory(), ends_on=date(2021, 1, 1 + number))
        services.answer_consent(ana, "photograph", number % 2 == 0, actor=cast.ana)
    services.set_skills(ana, "offered", Topic.objects.all()[:rows], actor=system)
    for actor in (cast.ana, cast.rosa):
        client = browser(actor)
        with django_assert_max_num_queries(12):
            client.get(page_of(ana))
        with django_assert_max_num_queries(12):
            client.get(reverse("directory:person_history", args=[ana.pk]))
        with django_assert_max_num_queries(12):
            client.get(reverse("directory:edit_skills", args=[ana.pk]))
