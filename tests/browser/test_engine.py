"""A form with repeats, a rank, a signature and places, answered in the browser by the full engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tejido.communities.tests.factories import Cast
from tejido.instruments import services
from tejido.instruments.models import Collection, Response
from tejido.instruments.tests import factories as make
from tejido.instruments.tokens import personal_token
from tests.browser.engine_forms import LONG_LIST, PROBES, VISIT
from tests.browser.visiting import Visit, measure_weight

Browse = Callable[..., Visit]
MOST_KB = 110
STAMPS = {"/data/start", "/data/end"}


@pytest.fixture
def visit_form(cast: Cast) -> Collection:
    return make.collection(cast.node, make.brought(VISIT), link=True)


def path_of(collection: Collection) -> str:
    return f"/a/{collection.public_token}/"


def opened(visit: Visit, path: str) -> Page:
    """The page, once the form can be filled in."""
    visit.open(path)
    visit.page.wait_for_url("**/full/")
    expect(visit.page.locator("#engine-send")).to_be_visible()
    return visit.page


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name)


def years(page: Page) -> Locator:
    return page.get_by_role("spinbutton", name="Años de servicio")


def fill(page: Page, number: int, name: str, service: int) -> None:
    """One person of the repeat, counted from 0."""
    field(page, "Nombre (necesaria)").nth(number).fill(name)
    years(page).nth(number).fill(str(service))
    years(page).nth(number).blur()


def sign(page: Page) -> None:
    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60, steps=4)
    page.mouse.up()
    expect(pad).to_have_attribute("aria-label", "Firma: hecho")


def send(page: Page) -> None:
    page.locator("#engine-send").click()
    page.wait_for_url("**/thanks/**")


def values(response: Response) -> list[tuple[str, str]]:
    rows = response.answers.order_by("path", "repeat", "position").values_list("path", "text")
    return [row for row in rows if row[0] not in STAMPS]


def test_people_are_added_and_taken_away_and_what_is_worked_out_follows(
    browse: Browse, visit_form: Collection
):
    visit = browse(360, language="es")
    page = opened(visit, path_of(visit_form))
    field(page, "Centro educativo").fill("El Alerce")
    fill(page, 0, "Ana", 12)
    for number, (name, service) in enumerate([("Sole", 30), ("Zé", 5)], start=1):
        page.get_by_role("button", name="Agregar otra parte").click()
        fill(page, number, name, service)
    expect(page.get_by_text("Suman 47 años")).to_be_visible()
    page.get_by_role("button", name="Quitar esta parte").nth(1).click()
    visit.check()  # with the question open
    page.get_by_role("button", name="Dejarla").click()
    expect(years(page)).to_have_count(3)
    page.get_by_role("button", name="Quitar esta parte").nth(1).click()
    page.get_by_role("button", name="Quitarla").click()
    expect(page.get_by_text("Suman 17 años")).to_be_visible()
    send(page)
    response = Response.objects.get()
    assert (response.state, response.channel) == (Response.State.ACCEPTED, Response.Channel.ENGINE)
    assert response.language == "Español (es)"
    assert values(response) == [
        ("/data/person/name", "Ana"), ("/data/person/name", "Zé"),
        ("/data/person/years", "12"), ("/data/person/years", "5"),
        ("/data/school", "El Alerce"), ("/data/total", "17"),
    ]  # fmt: skip
    visit.check()


def test_order_signature_picture_places_and_dependent_choices_arrive(browse: Browse, visit_form: Collection):
    page = opened(browse(360, language="es"), path_of(visit_form))
    field(page, "Centro educativo").fill("El Alerce")
    fill(page, 0, "Ana", 12)
    page.get_by_label("Norte").check()
    expect(page.get_by_label("Caa")).to_have_count(0)
    page.get_by_label("Bab").check()
    page.get_by_role("button", name="Bajar: Lectura").click()
    sign(page)
    png = {
        "name": "WhatsApp de Ana.png",
        "mimeType": "image/png",
        "buffer": b"\x89PNG\r\n\x1a\n" + b"\0" * 30,
    }
    page.get_by_role("button", name="Foto").set_input_files(png)
    expect(page.get_by_text("Se guardó con las respuestas (1 KB)")).to_be_visible()
    place = page.get_by_role("group", name="Lugar")
    place.get_by_label("Latitud").fill("4,6097")
    place.get_by_label("Longitud").fill("-274")
    place.get_by_label("Longitud").blur()
    expect(place.get_by_text("Escribir latitud y longitud con números")).to_be_visible()
    place.get_by_label("Longitud").fill("-74.0817")
    way = page.get_by_role("group", name="Camino")
    for number, (north, east) in enumerate([("1", "2"), ("3", "4")]):
        way.get_by_role("button", name="Agregar un punto").click()
        way.get_by_label("Latitud").nth(number).fill(north)
        way.get_by_label("Longitud").nth(number).fill(east)
    page.get_by_role("radiogroup", name="¿Qué tan útil?").get_by_label("4").check()
    page.get_by_label("Día").fill("2026-03-15")
    page.get_by_role("checkbox", name="Juego").check()
    send(page)
    response = Response.objects.get()
    assert list(response.flags.all()) == []
    told = dict(values(response))
    names = {one.name: one.blob.media_type for one in response.attachments.all()}
    assert names == {told.pop("/data/sign"): "image/png", told.pop("/data/photo"): "image/png"}
    assert not any("Ana" in name for name in names)  # files are not called as their owners call them
    assert [text for path, text in values(response) if path == "/data/order"] == [
        "numbers",
        "reading",
        "play",
    ]
    del told["/data/order"]
    assert told == {
        "/data/school": "El Alerce", "/data/person/name": "Ana", "/data/person/years": "12", "/data/total": "12",
        "/data/person/region": "north", "/data/person/town": "bab",
        "/data/place": "4.6097 -74.0817 0 0", "/data/way": "1 2 0 0;3 4 0 0",
        "/data/level": "4", "/data/day": "2026-03-15", "/data/many": "play",
    }  # fmt: skip


def test_a_draft_is_there_again_with_its_people_its_signature_and_its_language(
    browse: Browse, visit_form: Collection
):
    visit = browse(360, language="es")
    page = opened(visit, path_of(visit_form))
    field(page, "Centro educativo").fill("El Alerce")
    fill(page, 0, "Ana", 12)
    page.get_by_role("button", name="Agregar otra parte").click()
    fill(page, 1, "Sole", 30)
    page.get_by_role("button", name="Bajar: Lectura").click()
    sign(page)
    page.get_by_label("Idioma del formulario").select_option("en")
    page.wait_for_timeout(600)  # the draft is written a moment after the last change
    page.reload()
    expect(page.get_by_text("aún no se envió")).to_be_visible()
    expect(field(page, "School")).to_have_value("El Alerce")
    expect(field(page, "Name (necesaria)")).to_have_count(2)
    expect(page.get_by_text("Together 42 years")).to_be_visible()
    expect(page.locator(".ranked > label[data-place='1']")).to_contain_text("Numbers")
    expect(page.locator("canvas")).to_have_attribute("aria-label", "Signature: hecho")
    visit.check()
    send(page)
    response = Response.objects.get()
    assert response.attachments.count() == 1
    assert response.language == "English (en)"
    opened(visit, path_of(visit_form))
    expect(field(page, "Centro educativo")).to_have_value("")  # sent, the draft is gone


def test_a_draft_can_be_thrown_away(browse: Browse, visit_form: Collection):
    page = opened(browse(360, language="es"), path_of(visit_form))
    field(page, "Centro educativo").fill("El Alerce")
    field(page, "Centro educativo").blur()
    page.wait_for_timeout(600)
    page.reload()
    page.get_by_role("link", name="formulario vacío").click()
    expect(field(page, "Centro educativo")).to_have_value("")
    expect(page.locator("#engine-draft")).to_be_hidden()


def test_two_taps_and_an_answer_without_connection_are_sent_once(
    browse: Browse, cast: Cast, visit_form: Collection
):
    collection = make.collection(
        cast.node, version=visit_form.version, audience="list", people=[cast.ana.person]
    )
    visit = browse(360, language="es")
    path = f"/a/{personal_token(collection.pk, cast.ana.person.pk, 1)}/"
    page = opened(visit, path)
    page.wait_for_function(
        "navigator.serviceWorker.ready.then(() => caches.keys()).then((keys) => keys.length)"
    )
    page.wait_for_load_state("networkidle")
    field(page, "Centro educativo").fill("El Alerce")
    fill(page, 0, "Ana", 12)
    visit.context.set_offline(True)
    page.locator("#engine-send").dblclick()
    expect(page.get_by_text("guardada en este dispositivo")).to_have_count(2)  # the card and the line above
    page.goto(visit.site.url + path + "full/")  # closed and opened again, still without a connection
    expect(page.locator("#engine-kept")).to_be_visible()
    visit.check()
    assert not Response.objects.exists()
    visit.context.set_offline(False)
    page.wait_for_url("**/thanks/**")
    response = Response.objects.get()
    assert (response.person, response.state) == (cast.ana.person, Response.State.ACCEPTED)
    page.goto(visit.site.url + path)
    expect(page.get_by_text("La respuesta ya está aquí")).to_be_visible()


def test_an_answer_that_the_server_does_not_take_stays_on_the_device_and_says_why(
    browse: Browse, cast: Cast, visit_form: Collection
):
    services.invite_people(visit_form, [cast.ana.person], actor=cast.rosa)
    visit = browse(360, language="es")
    page = opened(visit, f"/a/{personal_token(visit_form.pk, cast.ana.person.pk, 1)}/")
    field(page, "Centro educativo").fill("El Alerce")
    fill(page, 0, "Ana", 12)
    services.revoke_link(visit_form, cast.ana.person, actor=cast.rosa)
    page.locator("#engine-send").click()
    expect(page.get_by_text("Este enlace fue retirado")).to_be_visible()
    visit.errors.clear()  # the browser writes the 410 on its console
    visit.check()
    with page.expect_download() as download:
        page.get_by_role("link", name="Guardar una copia").click()
    assert "El Alerce" in download.value.path().read_text(encoding="utf-8")
    page.get_by_role("button", name="Borrarla").click()
    expect(page.get_by_text("Este enlace fue retirado")).to_have_count(0)
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("language", "needed", "button"),
    [
        ("es", "Esta pregunta necesita una respuesta.", "Agregar otra parte"),
        ("en", "This question needs an answer.", "Add another"),
        ("pt-BR", "Esta pergunta precisa de uma resposta.", "Adicionar outra parte"),
    ],
)
@pytest.mark.parametrize("dark", [False, True])
def test_what_is_missing_is_said_in_the_language_of_the_reader_and_troubles_nobody(
    browse: Browse, visit_form: Collection, language: str, needed: str, button: str, dark: bool
):
    visit = browse(360, language=language, dark=dark)
    page = opened(visit, path_of(visit_form))
    visit.check()
    page.get_by_role("button", name=button).click()
    page.locator("#engine-send").click()
    expect(page.get_by_text(needed).filter(visible=True)).to_have_count(3)  # the school and two names
    assert page.evaluate("document.activeElement.name") == "/data/school"
    expect(field(page, "School" if language == "en" else "Centro educativo")).to_have_attribute(
        "aria-invalid", "true"
    )
    visit.check()
    small = page.evaluate(
        """() => [...document.querySelectorAll("#engine :is(button, select, label.choice, .option-wrapper > label, input)")]
        .filter((e) => e.offsetParent && !e.matches(".unseen-control, [type=radio], [type=checkbox], label *"))
        .filter((e) => e.getBoundingClientRect().height < 44).map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert small == []
    assert not Response.objects.exists()


def test_the_engine_is_light_enough_and_loaded_on_its_own_page_alone(
    browse: Browse, cast: Cast, visit_form: Collection
):
    weight = measure_weight(browse(360), f"{path_of(visit_form)}full/")
    of_engine = {url: size for url, size in weight.each.items() if url.endswith((".js", ".css"))}
    assert any("engine" in url for url in of_engine)
    assert sum(of_engine.values()) / 1024 <= MOST_KB, weight
    light = make.collection(cast.node, link=True)
    assert not [url for url in measure_weight(browse(360), path_of(light)).each if "engine" in url]


def test_without_a_script_the_page_says_where_else_the_form_can_be_answered(
    browse: Browse, visit_form: Collection
):
    visit = browse(360, language="es", script=False)
    visit.open(path_of(visit_form))
    expect(visit.page.get_by_text("ODK Collect o KoboCollect")).to_be_visible()
    expect(visit.page.locator("#engine")).to_be_hidden()


def test_what_a_form_and_its_reader_write_is_never_run(browse: Browse, cast: Cast):
    collection = make.collection(cast.node, make.brought(PROBES), link=True)
    visit = browse(360, language="en")
    visit.page.add_init_script("window.ran = []; window.probe = (number) => window.ran.push(number);")
    page = opened(visit, path_of(collection))
    field(page, "Name <img").fill('<img src=x onerror="probe(8)"> "><script>probe(9)</script>')
    field(page, "Name <img").blur()
    expect(page.get_by_text("You wrote <img src=x")).to_be_visible()
    page.get_by_role("button", name="Add another").click()
    assert page.locator("#engine-form :is(script, iframe, svg, img)").count() == 0
    assert page.locator("#engine-form a[href^='javascript']").count() == 0
    assert page.evaluate("window.ran") == []
    visit.check()


def test_a_long_list_is_searched_and_what_was_chosen_stays_in_sight(browse: Browse, cast: Cast):
    collection = make.collection(cast.node, make.brought(LONG_LIST), link=True)
    visit = browse(360, language="es")
    page = opened(visit, path_of(collection))
    expect(page.get_by_role("searchbox")).to_have_count(0)  # nothing to search yet
    page.get_by_label("Rural").check()
    search = page.get_by_role("searchbox", name="Buscar entre las opciones")
    search.fill("NUMERO 49")
    shown = page.locator(".option-wrapper > label:visible").filter(has_text="Escuela")
    expect(shown).to_have_count(6)  # 49 and 491, 493 … 499
    page.get_by_label("Escuela Número 499").check()
    search.fill("numero 101")
    expect(shown).to_have_count(2)
    page.get_by_label("Escuela Número 101").check()
    visit.check()
    send(page)
    assert sorted(text for path, text in values(Response.objects.get()) if path == "/data/schools") == [
        "s101", "s499",
    ]  # fmt: skip
