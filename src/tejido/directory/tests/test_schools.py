"""Schools and organisations: found, shown over the years, kept by those who run a community."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from tejido.directory import selectors, services
from tejido.directory.models import Organisation, School
from tejido.directory.tests.factories import (
    OrganisationFactory,
    PersonFactory,
    PostFactory,
    SchoolFactory,
    TerritoryFactory,
)
from tejido.foundation.errors import Refusal

pytestmark = pytest.mark.django_db
LIST = "directory:schools"


@pytest.fixture
def chile(words):
    """Two schools in La Granja, one in Macul, one nowhere."""
    from tejido.directory.models import Territory

    granja, macul = Territory.objects.get(name="La Granja"), Territory.objects.get(name="Macul")
    return [
        SchoolFactory(name="Jardín Ñandú", territory=granja, rural=True, register="cl-rbd", code="8101"),
        SchoolFactory(name="Escuela Río Claro", territory=granja, rural=False),
        SchoolFactory(name="Liceo de Macul", territory=macul),
        SchoolFactory(name="Colegio sin lugar", rural=True),
    ]


def listed(client, **asked) -> list[str]:
    """Names of the schools that the list shows, as its CSV says."""
    answer = client.get(reverse(LIST), {**asked, "download": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    return [row[0] for row in rows[1:]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Colegio sin lugar", "Escuela Río Claro", "Jardín Ñandú", "Liceo de Macul"]),
        ({"q": "nandu"}, ["Jardín Ñandú"]),
        ({"q": "RIO claro"}, ["Escuela Río Claro"]),
        ({"q": "81"}, ["Jardín Ñandú"]),
        ({"place": "granja"}, ["Escuela Río Claro", "Jardín Ñandú"]),
        ({"place": "metropolitana"}, ["Escuela Río Claro", "Jardín Ñandú", "Liceo de Macul"]),
        ({"place": "chile"}, ["Escuela Río Claro", "Jardín Ñandú", "Liceo de Macul"]),
        ({"place": "atlantis"}, []),
        ({"rural": "yes"}, ["Colegio sin lugar", "Jardín Ñandú"]),
        ({"rural": "no", "place": "granja"}, ["Escuela Río Claro"]),
        ({"rural": "unknown"}, ["Liceo de Macul"]),
    ],
)
def test_schools_are_found_without_accents_by_place_and_by_kind(cast, browser, chile, asked, found):
    assert listed(browser(cast.ana), **asked) == found


def test_what_is_downloaded_is_what_is_shown(cast, browser, chile):
    answer = browser(cast.ana).get(reverse(LIST), {"q": "nandu", "download": "xlsx"})
    assert answer.status_code == 200 and "spreadsheetml" in answer["Content-Type"]
    html = browser(cast.ana).get(reverse(LIST), {"q": "nandu"}).content.decode()
    assert "Jardín Ñandú" in html and "Liceo de Macul" not in html


def test_schools_that_an_import_is_still_bringing_are_not_there_yet(cast, browser, chile):
    School.objects.filter(name="Liceo de Macul").update(arriving_in=7)
    assert "Liceo de Macul" not in listed(browser(cast.ana))


@pytest.mark.parametrize("rows", [2, 20, 120])
def test_the_list_costs_the_same_for_few_and_many(cast, browser, rows, django_assert_max_num_queries):
    for _number in range(rows):
        PostFactory(school=SchoolFactory(group=OrganisationFactory()))
    client = browser(cast.rosa)
    with django_assert_max_num_queries(8):
        client.get(reverse(LIST), {"q": "school", "place": "x"})
    with django_assert_max_num_queries(8):
        client.get(reverse("directory:organisations"))


@pytest.mark.parametrize("rows", [2, 20])
def test_the_page_costs_the_same_for_few_and_many(
    cast, browser, school, rows, system, django_assert_max_num_queries
):
    for number in range(rows):
        PostFactory(school=school)
        services.record_profile(school, date(2000 + number, 3, 1), actor=system, enrolment=100 + number)
    client = browser(cast.rosa)
    with django_assert_max_num_queries(12):
        answer = client.get(reverse("directory:school", args=[school.pk]))
    assert f"{rows} people of other communities." in answer.content.decode()


def test_a_school_is_added_with_its_territory_by_typing_part_of_its_name(cast, browser, words):
    answer = browser(cast.rosa).post(
        reverse("directory:add_school"),
        {
            "name": "Escuela Nueva",
            "code": "0042",
            "register": "cl-rbd",
            "territory": "la granja",
            "rural": "no",
        },
    )
    added = School.objects.get(name="Escuela Nueva")
    assert answer["Location"] == reverse("directory:school", args=[added.pk])
    assert (added.code, str(added.territory), added.rural) == ("0042", "La Granja", False)


def test_where_several_territories_fit_the_form_comes_back_with_those_few(cast, browser, words):
    client, said = browser(cast.rosa), {"name": "Escuela Nueva"}
    answer = client.post(reverse("directory:add_school"), {**said, "territory": "los"})
    html = answer.content.decode()
    assert answer.status_code == 422 and "Several fit." in html
    assert "Los Lagos · Chile" in html and "Los Ríos · Chile" in html
    picked = html.split('name="territory_pick"')[1].split('value="')[1].split('"')[0]
    client.post(reverse("directory:add_school"), {**said, "territory": "los", "territory_pick": picked})
    assert School.objects.get().territory.name == "Los Lagos"


def test_a_territory_with_a_long_number_is_picked_all_the_same(cast, browser):
    for number, country in ((12345, "CL"), (12346, "CO")):
        TerritoryFactory(pk=number, name="Florida", country=country)
    client, said = browser(cast.rosa), {"name": "Escuela Nueva", "territory": "florida"}
    html = client.post(reverse("directory:add_school"), said).content.decode()
    assert 'value="12345"' in html and 'value="12346"' in html
    client.post(reverse("directory:add_school"), {**said, "territory_pick": "12346"})
    assert School.objects.get().territory.country == "CO"


def test_a_whole_name_is_meant_even_where_it_is_part_of_another(cast, browser, words):
    said = {"name": "Escuela Nueva", "territory": "Santander"}  # there is a Norte de Santander too
    browser(cast.rosa).post(reverse("directory:add_school"), said)
    assert School.objects.get().territory.name == "Santander"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"name": ""}, "This field is required."),
        ({"latitude": "-33.5"}, "A point needs both latitude and longitude."),
        ({"latitude": "0", "longitude": "0"}, "0, 0 lies in the sea."),
        ({"code": "9001", "register": "cl-rbd"}, "Code 9001 already belongs to Escuela Los Álamos."),
        ({"territory": "Atlantis"}, "Nothing here is called “Atlantis”."),
    ],
)
def test_what_cannot_be_is_said_in_words_and_nothing_is_added(cast, browser, school, said, problem):
    School.objects.filter(pk=school.pk).update(code="9001", register="cl-rbd")
    answer = browser(cast.rosa).post(reverse("directory:add_school"), {"name": "Escuela Nueva", **said})
    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert School.objects.count() == 1


def test_numbers_are_recorded_by_day_corrected_by_the_same_day_and_taken_back(cast, browser, school):
    client, address = browser(cast.rosa), reverse("directory:record_profile", args=[school.pk])
    client.post(address, {"on": "2023-10-01", "enrolment": "104", "staff": "14", "source": "Survey"})
    client.post(address, {"on": "2023-10-01", "staff_on_leave": "7"})
    profile = school.profiles.get()
    assert (profile.enrolment, profile.staff, profile.staff_on_leave, profile.source) == (
        104,
        14,
        7,
        "Survey",
    )
    html = client.post(address, {"on": "2022-10-01", "enrolment": "110"}, follow=True).content.decode()
    client.post(html.split('id="toasts"')[1].split('<form method="post" action="')[-1].split('"')[0])
    assert [p.on.year for p in school.profiles.all()] == [2023]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"on": "2023-10-01"}, "Write at least one number."),
        (
            {"on": "2023-10-01", "staff": "5", "staff_on_leave": "6"},
            "More people on leave than there are on the staff.",
        ),
        ({"on": "", "staff": "5"}, "This field is required."),
        ({"on": "2023-10-01", "staff": "-1"}, "greater than or equal to 0"),
    ],
)
def test_numbers_that_cannot_be_are_refused_in_words(cast, browser, school, said, problem):
    answer = browser(cast.rosa).post(reverse("directory:record_profile", args=[school.pk]), said)
    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert not school.profiles.exists()


def test_the_page_draws_the_years_from_two_dates_on(cast, browser, school, system):
    address = reverse("directory:school", args=[school.pk])
    services.record_profile(school, date(2022, 3, 1), actor=system, enrolment=100)
    assert "Students and staff" not in browser(cast.ana).get(address).content.decode()
    services.record_profile(school, date(2023, 3, 1), actor=system, enrolment=90)
    html = browser(cast.ana).get(address).content.decode()
    assert "Students and staff" in html and "<svg" in html


def test_leaders_stand_first_and_people_of_the_past_apart(cast, browser, ana_at_work, school):
    PostFactory(person=cast.rosa.person, school=school, function="senior_leader")
    PostFactory(person=cast.ines.person, school=school, ends_on=date(2022, 1, 1))
    people = selectors.people_of(school, cast.rosa)
    assert [post.person for post in people.leaders] == [cast.rosa.person]
    assert [post.person for post in people.others] == [cast.ana.person]
    assert [post.person for post in people.past] == [cast.ines.person]
    html = browser(cast.rosa).get(reverse("directory:school", args=[school.pk])).content.decode()
    assert html.index("Who leads") < html.index("Colleagues") < html.index("People before")


def test_whoever_left_one_post_and_holds_another_is_there_today_once(cast, ana_at_work, school):
    PostFactory(person=cast.ana.person, school=school, ends_on=date(2019, 2, 1), starts_on=date(2015, 3, 1))
    people = selectors.people_of(school, cast.rosa)
    assert (len(people.present), len(people.past), people.people_now, people.hidden_past) == (1, 0, 1, 0)


def test_a_school_that_hangs_on_one_person_says_so_to_those_who_run_a_community(
    cast, browser, ana_at_work, school
):
    address, alone = reverse("directory:school", args=[school.pk]), "This school hangs on one person"
    assert alone in browser(cast.rosa).get(address).content.decode()
    assert alone not in browser(cast.ines).get(address).content.decode()
    PostFactory(person=PersonFactory(), school=school)
    assert alone not in browser(cast.rosa).get(address).content.decode()


def test_an_organisation_is_added_once_whatever_its_accents(cast, browser):
    client = browser(cast.rosa)
    for name in ("Fundación Raíces", " fundacion raices "):
        client.post(reverse("directory:add_organisation"), {"name": name, "kind": "foundation"})
    assert Organisation.objects.get().name == "Fundación Raíces"
    page = client.get(
        reverse("directory:organisation", args=[Organisation.objects.get().pk])
    ).content.decode()
    assert "Fundación Raíces" in page and "None is known." in page


def test_an_organisation_is_corrected_and_keeps_a_name(cast, browser, system):
    museum = services.add_organisation("Museo", actor=system)
    address = reverse("directory:edit_organisation", args=[museum.pk])
    browser(cast.rosa).post(
        address, {"name": "Museo de Ciencias", "kind": "museum", "website": "museo.example.org"}
    )
    museum.refresh_from_db()
    assert (museum.name, museum.kind, museum.website) == (
        "Museo de Ciencias",
        "museum",
        "https://museo.example.org",
    )
    assert museum.search_name == "museo de ciencias"
    with pytest.raises(Refusal) as refusal:
        services.change_organisation(museum, {"name": " "}, actor=system)
    assert refusal.value.code == "organisation_without_name"


def test_whoever_belongs_nowhere_is_told_how_schools_open(cast, browser, school):
    html = browser(cast.ze).get(reverse(LIST)).content.decode()
    assert "Schools open with a community" in html and school.name not in html


def test_an_old_link_to_a_merged_school_leads_to_the_one_that_stayed(cast, browser, school, system):
    double = SchoolFactory(name="Esc. Los Alamos")
    services.merge_schools(school, double, {}, actor=system)
    answer = browser(cast.ana).get(reverse("directory:school", args=[double.pk]))
    assert answer["Location"] == reverse("directory:school", args=[school.pk])
