"""Asking for people on a phone, and what answers come to: for the hand, for the wall, silent for axe in three languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tejido.accounts.services import system_account
from tejido.communities.tests.factories import Cast, MembershipFactory
from tejido.directory.models import Person, Purpose
from tejido.directory.tests.factories import PersonFactory, PostFactory, SchoolFactory, consents
from tejido.instruments import services
from tejido.instruments.models import Collection, Response, RosterCode
from tejido.instruments.services import Part
from tejido.instruments.tests import factories as make
from tejido.instruments.tokens import personal_token
from tests.browser.visiting import Visit, measure_weight, sign_in

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
MOST_KB, MOST_REQUESTS = 30, 4

WHO = """
| survey   |                                             |        |                              |                            |                        |                                 |                                 |
|          | type                                        | name   | label::Español (es)          | label::English (en)        | constraint             | constraint_message::Español (es) | constraint_message::English (en) |
|          | select_multiple_from_file tejido-people.csv | advice | ¿A quién pide consejo?       | Whom do you ask?           | count-selected(.) <= 2 | Dos personas como máximo.       | Two people at most.             |
| settings |                                             |        |                              |                            |                        |                                 |                                 |
|          | form_id                                     | default_language |                    |                            |                        |                                 |                                 |
|          | who                                         | Español (es) |                        |                            |                        |                                 |                                 |
"""
CLIMATE = """
| survey   |                  |       |                                |                          |
|          | type             | name  | label::Español (es)            | label::English (en)      |
|          | select_one agree | heard | Aquí me escuchan               | People here listen to me |
|          | select_one agree | alone | Aquí me dejan solo             | I am left alone here     |
|          | select_one agree | calm  | Las clases son tranquilas      | Classes are calm         |
|          | select_one agree | help  | Aquí se pide ayuda sin pena    | Asking for help is easy  |
|          | select_multiple use | uses | ¿Qué va a usar?              | What will you use?       |
|          | integer          | years | Años de docencia               | Years of teaching        |
|          | text             | wish  | ¿Qué le gustaría encontrar?    | What would you like to find? |
| choices  |                  |       |                                |                          |
|          | list_name        | name  | label::Español (es)            | label::English (en)      |
|          | agree            | 1     | Nada de acuerdo                | Not at all               |
|          | agree            | 2     | Poco de acuerdo                | Hardly                   |
|          | agree            | 3     | Bastante de acuerdo            | Somewhat                 |
|          | agree            | 4     | Muy de acuerdo                 | Very much                |
|          | use              | kit   | El kit de indagación en el aula con estudiantes de primaria | The inquiry kit, in class with pupils of primary school |
|          | use              | guide | La guía                        | The guide                |
| settings |                  |       |                                |                          |
|          | form_id          | default_language |                     |                          |
|          | climate          | Español (es) |                         |                          |
"""
SCALE = [
    Part("/data/heard", "Trust"),
    Part("/data/alone", "Trust", reverse=True),
    Part("/data/calm", "Order"),
    Part("/data/help", "Order"),
]


def members(cast: Cast, count: int) -> list[Person]:
    """People of the node who agreed to appear in its network."""
    schools = [SchoolFactory(name=f"Escuela {name}") for name in ("Alta", "Baja", "Norte", "Sur")]
    people = [PersonFactory(given_names="Núria", family_names=f"Paz {number:02}") for number in range(count)]
    for number, person in enumerate(people):
        MembershipFactory(community=cast.node, person=person)
        PostFactory(person=person, school=schools[number % 4])
        consents(person, Purpose.ANALYTICS)
    return people


@pytest.fixture
def climate(cast: Cast) -> Collection:
    """A named survey with a scale, answered by forty people."""
    form = make.brought(CLIMATE)
    collection = make.collection(cast.node, form)
    services.define_scale(collection.version.instrument, "Climate", SCALE, actor=system_account())
    for number, person in enumerate(members(cast, 40)):
        level = number % 4
        answer = {
            "heard": str(level + 1),
            "alone": str(4 - level),
            "calm": str((number * 3) % 4 + 1),
            "help": str((number * 3 + number % 5 // 4) % 4 + 1),
            "uses": "kit guide" if number % 3 else "kit",
            "years": str(number),
            "wish": "Tiempo para preparar",
        }
        make.answered(collection, more={"person": person}, **answer)
    return collection


@pytest.fixture
def asking(cast: Cast) -> tuple[Collection, str]:
    """A question about people, and the path at which one of them answers it."""
    people = members(cast, 25)
    collection = make.collection(cast.node, make.brought(WHO))
    services.personal_links(collection, actor=system_account())
    return collection, f"/a/{personal_token(collection.pk, people[0].pk, 1)}/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_are_found_and_chosen_on_a_phone(
    browse: Browse, asking: tuple[Collection, str], language: str
):
    collection, path = asking
    visit = browse(360, language=language)
    visit.open(path)
    visit.check()
    page = visit.page
    choices = page.locator("[data-people] .choice")
    expect(choices).to_have_count(24)
    expect(page.locator("button[name=_search]")).to_be_hidden()  # the box narrows by itself
    box = page.locator("[type=search]")
    box.fill("nuria 07")
    expect(page.locator("[data-people] .choice:visible")).to_have_count(1)
    box.press("Enter")
    page.locator("[data-people] .choice:visible input").check()
    box.fill("zzz")
    expect(page.locator("[data-people] .choice:visible")).to_have_count(1)  # who is chosen stays in sight
    expect(page.locator("[data-found]")).to_contain_text("Paz 07")
    visit.check()
    box.fill("")
    for name in ("08", "09"):
        page.locator(".choice", has_text=f"Paz {name}").locator("input").check()
    page.locator("button.button:not(.second)").last.click()
    expect(page.locator(".field .wrong")).to_have_count(1)  # two people at most
    visit.check()
    page.locator(".choice", has_text="Paz 09").locator("input").uncheck()
    page.locator("button.button:not(.second)").last.click()
    page.wait_for_url("**/thanks/**")
    named = set(Response.objects.get().answers.values_list("text", flat=True))
    codes = RosterCode.objects.filter(community=collection.community, code__in=named)
    assert sorted(one.person.family_names for one in codes) == ["Paz 07", "Paz 08"]


def test_without_script_a_button_finds_them(browse: Browse, asking: tuple[Collection, str]):
    visit = browse(360, language="en", script=False)
    visit.open(asking[1])
    visit.page.locator("[type=search]").fill("07")
    visit.page.locator("button[name=_search]").click()
    expect(visit.page.locator("[data-people] .choice")).to_have_count(1)


def test_the_page_keeps_to_the_weight_of_a_page_for_participants(
    browse: Browse, asking: tuple[Collection, str]
):
    weight = measure_weight(browse(360), asking[1])
    assert weight.kilobytes <= MOST_KB
    assert weight.requests <= MOST_REQUESTS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_results_of_forty_answers_trouble_nobody(
    browse: Browse, cast: Cast, climate: Collection, language: str, width: int
):
    make.collection(cast.node, version=climate.version)
    visit = browse(width, language=language)
    sign_in(visit, cast.rosa.email)
    for page in ("", "projector/", "groups/?by=@school", "scales/", "change/", "people/"):
        visit.open(f"/collections/{climate.pk}/{page}")
        visit.check()
    visit.open(f"/c/{cast.node.pk}/forms/{climate.version.instrument_id}/give/")
    visit.check()
