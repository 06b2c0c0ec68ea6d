"""An exit ticket on a phone: without script, without an account, light, and silent for axe in three languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tejido.communities.tests.factories import Cast
from tejido.instruments import services
from tejido.instruments.models import Collection, Response
from tejido.instruments.tests import factories as make
from tests.browser.visiting import Visit, measure_weight

Browse = Callable[..., Visit]
LANGUAGES = ("es", "en", "pt-BR")
MOST_KB, MOST_REQUESTS, MOST_SCRIPT_KB = 30, 4, 15

SIX_QUESTIONS = """
| survey |                    |         |                              |                              |                              |          |            |                     |                    |
|        | type               | name    | label::Español (es)          | label::English (en)          | label::Português (pt-BR)     | required | relevant   | constraint          | constraint_message |
|        | range              | useful  | ¿Qué tan útil fue?           | How useful was it?           | O quanto foi útil?           | yes      |            |                     |                    |
|        | select_multiple us | uses    | ¿Qué va a usar?              | What will you use?           | O que vai usar?              |          |            |                     |                    |
|        | select_one yn      | again   | ¿Vuelve la próxima vez?      | Will you come next time?     | Volta na próxima vez?        | yes      |            |                     |                    |
|        | text               | why     | ¿Por qué no?                 | Why not?                     | Por que não?                 |          | ${again}='no' |                     |                    |
|        | integer            | minutes | ¿Cuántos minutos viajó?      | How many minutes of travel?  | Quantos minutos de viagem?   |          |            | . >= 0 and . <= 600 | Menos de 600       |
|        | text               | wish    | ¿Qué le gustaría encontrar?  | What would you like to find? | O que gostaria de encontrar? |          |            |                     |                    |
| choices |           |       |                     |                     |                          |
|         | list_name | name  | label::Español (es) | label::English (en) | label::Português (pt-BR) |
|         | us        | kit   | El kit              | The kit             | O kit                    |
|         | us        | guide | La guía             | The guide           | O guia                   |
|         | yn        | si    | Sí                  | Yes                 | Sim                      |
|         | yn        | no    | No                  | No                  | Não                      |
| settings |                  |         |         |                  |
|          | form_title       | form_id | version | default_language |
|          | Boleto de salida | salida  | 1       | Español (es)     |
"""


@pytest.fixture
def ticket(cast: Cast) -> Collection:
    return make.collection(cast.node, make.brought(SIX_QUESTIONS), link=True)


def path_of(collection: Collection) -> str:
    return f"/a/{collection.public_token}/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
def test_each_state_of_the_page_troubles_nobody_on_a_phone(
    browse: Browse, cast: Cast, ticket: Collection, language: str, dark: bool
):
    visit = browse(360, language=language, dark=dark)
    visit.open(path_of(ticket))
    visit.check()
    visit.page.locator("button.button:not(.second)").last.click()  # two needed answers are missing
    expect(visit.page.locator(".field .wrong")).to_have_count(2)
    visit.check()
    visit.page.locator(
        "button.button:not(.second)"
    ).last.click()  # and without a change: the server says it too
    expect(visit.page.locator("#errors li")).to_have_count(2)
    visit.page.wait_for_load_state("networkidle")
    visit.errors.clear()  # the browser writes the 422 on its console
    visit.check()
    visit.page.get_by_role("radio").first.check()
    visit.page.get_by_role("group").last.get_by_role("radio").first.check()
    visit.page.locator("button.button:not(.second)").last.click()
    visit.page.wait_for_url("**/thanks/**")
    visit.check()
    services.close_collection(ticket, actor=cast.rosa)
    visit.open(path_of(ticket))
    visit.check()


def test_an_exit_ticket_is_light(browse: Browse, ticket: Collection):
    weight = measure_weight(browse(360), path_of(ticket))
    assert weight.kilobytes <= MOST_KB, weight
    assert weight.requests <= MOST_REQUESTS, weight
    assert not [url for url in weight.each if ".css" in url]  # nothing to wait for before it shows


def test_the_script_of_the_page_is_small(built_static: Path):
    (script,) = built_static.glob("dist/answer.*.js.br")
    assert script.stat().st_size <= MOST_SCRIPT_KB * 1024


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_each_state_troubles_nobody_either(browse: Browse, ticket: Collection, language: str):
    visit = browse(360, language=language)
    # axe itself is a script: so the page's own never arrive, instead of none being allowed
    visit.page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    visit.open(path_of(ticket))
    visit.check()
    visit.page.locator("button.button:not(.second)").last.click()
    expect(visit.page.locator("#errors li")).to_have_count(2)
    visit.errors.clear()  # the browser writes the 422 on its console
    visit.check()
    visit.page.get_by_role("radio").first.check()
    visit.page.locator("input[name='q/again']").first.check()
    visit.page.locator("button.button:not(.second)").last.click()
    visit.page.wait_for_url("**/thanks/**")
    visit.check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_there_is_nothing_to_answer_is_said_well(browse: Browse, cast: Cast, language: str):
    """Unknown, early, answered, taken back, withdrawn."""
    person, rosa = cast.ana.person, cast.rosa
    mine = make.collection(cast.node, make.brought(SIX_QUESTIONS))
    link = services.personal_links(mine, actor=rosa)[person.pk]
    make.answered(mine, more={"person": person}, useful="3", again="si")
    taken_back = make.collection(cast.node, version=mine.version)
    revoked = services.personal_links(taken_back, actor=rosa)[person.pk]
    services.revoke_link(taken_back, person, actor=rosa)
    early = make.collection(
        cast.node, version=mine.version, link=True, opens_at=timezone.now() + timedelta(days=2)
    )
    withdrawn = make.collection(cast.node, version=mine.version, link=True)
    dead = path_of(withdrawn)
    services.withdraw_collection(withdrawn, actor=rosa)
    for path, status in (
        ("/a/nobody-knows-this/", 404),
        (urlsplit(link).path, 200),
        (urlsplit(revoked).path, 410),
        (path_of(early), 200),
        (dead, 404),
    ):
        visit = browse(360, language=language)
        assert visit.open(path) == status, path
        assert visit.page.locator("form#answer").count() == 0
        visit.errors.clear()  # the browser writes 404 and 410 on its console
        visit.check()


def test_a_ticket_is_answered_without_script(browse: Browse, ticket: Collection):
    visit = browse(360, language="es", script=False)
    page = visit.page
    visit.open(path_of(ticket))
    page.get_by_role("group", name="¿Qué tan útil fue?").get_by_label("4", exact=True).check()
    page.get_by_label("La guía").check()
    page.get_by_label("¿Cuántos minutos viajó?").fill("ochenta")
    page.get_by_label("¿Qué le gustaría encontrar?").fill("Amigas")
    page.keyboard.press("Enter")  # sends, and does not change the language
    expect(page.locator(".field .wrong")).to_have_count(2)
    assert page.get_by_label("¿Cuántos minutos viajó?").input_value() == "ochenta"
    page.get_by_label("¿Cuántos minutos viajó?").fill("80")
    page.get_by_role("group", name="¿Vuelve la próxima vez?").get_by_label("Sí").check()
    page.get_by_role("button", name="Enviar").last.click()
    page.wait_for_url("**/thanks/**")
    response = Response.objects.get()
    assert response.state == Response.State.ACCEPTED
    assert dict(response.answers.values_list("path", "text")) == {
        "/data/useful": "4", "/data/uses": "guide", "/data/again": "si", "/data/minutes": "80", "/data/wish": "Amigas",
    }  # fmt: skip


def test_with_script_only_what_applies_shows_and_mistakes_are_said_at_once(
    browse: Browse, ticket: Collection
):
    visit = browse(360, language="es")
    page = visit.page
    visit.open(path_of(ticket))
    why = page.get_by_label("¿Por qué no?")
    expect(why).to_be_hidden()
    again = page.get_by_role("group", name="¿Vuelve la próxima vez?")
    again.get_by_label("No").check()
    expect(why).to_be_visible()
    why.fill("Queda lejos")
    minutes = page.get_by_label("¿Cuántos minutos viajó?")
    minutes.fill("ochenta")
    minutes.blur()
    expect(page.locator(".field .wrong")).to_have_text(["Escribir un número entero, por ejemplo 3."])
    minutes.fill("700")
    minutes.blur()
    expect(page.locator(".field .wrong")).to_have_text(["Menos de 600"])
    minutes.fill("60")
    page.get_by_role("button", name="Enviar").last.click()
    expect(page.locator(".field .wrong")).to_have_count(1)  # how useful it was is missing, and has the focus
    assert page.evaluate("document.activeElement.name") == "q/useful"
    again.get_by_label("Sí").check()
    expect(why).to_be_hidden()
    page.get_by_role("group", name="¿Qué tan útil fue?").get_by_label("4", exact=True).check()
    page.get_by_role("button", name="Enviar").last.click()
    page.wait_for_url("**/thanks/**")
    response = Response.objects.get()
    assert dict(response.answers.values_list("path", "text")) == {
        "/data/useful": "4", "/data/again": "si", "/data/minutes": "60",
    }  # fmt: skip
    assert visit.errors == []


def test_a_draft_waits_on_the_phone_until_it_is_sent(browse: Browse, ticket: Collection):
    visit = browse(360, language="es")
    page = visit.page
    visit.open(path_of(ticket))
    page.get_by_label("¿Qué le gustaría encontrar?").fill("Amigas")
    page.get_by_role("group", name="¿Vuelve la próxima vez?").get_by_label("Sí").check()
    page.get_by_label("La guía").check()
    first = page.locator("[name=_id]").input_value()
    page.goto(visit.site.url + "/")
    visit.open(path_of(ticket))
    expect(page.locator("#draft")).to_be_visible()
    visit.check()
    assert page.get_by_label("¿Qué le gustaría encontrar?").input_value() == "Amigas"
    assert page.get_by_label("La guía").is_checked()
    assert page.locator("[name=_id]").input_value() == first  # what had arrived after all is not sent twice
    page.get_by_role("group", name="¿Qué tan útil fue?").get_by_label("5", exact=True).check()
    page.get_by_role("button", name="Enviar").last.dblclick()
    page.wait_for_url("**/thanks/**")
    assert Response.objects.count() == 1
    visit.open(path_of(ticket))
    expect(page.locator("#draft")).to_be_hidden()
    assert page.get_by_label("¿Qué le gustaría encontrar?").input_value() == ""
    page.get_by_label("¿Qué le gustaría encontrar?").fill("Otra")
    page.reload()
    page.get_by_role("link", name="Empezar con un formulario vacío").click()
    expect(page.locator("#draft")).to_be_hidden()
    assert page.get_by_label("¿Qué le gustaría encontrar?").input_value() == ""
