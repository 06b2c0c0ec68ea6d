"""A form with repeats, a rank, a signature and places, answered in the browser by the full engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tejido.communities.tests.factories import Cast
from tejido.instruments.models import Collection, Response
from tejido.instruments.tests import factories as make
from tests.browser.engine_forms import VISIT
from tests.browser.visiting import Visit

Browse = Callable[..., Visit]
STAMPS = {"/data/start", "/data/end"}


@pytest.fixture
def visit_form(cast: Cast) -> Collection:
    return make.collection(cast.node, make.brought(VISIT), link=True)


def path_of(collection: Collection) -> str:
    return f"/a/{collection.public_token}/"


def opened(visit: Visit, collection: Collection) -> Page:
    visit.open(path_of(collection))
    visit.page.wait_for_url("**/full/")
    expect(visit.page.get_by_role("button", name="Enviar")).to_be_visible()
    return visit.page


def values(response: Response) -> list[tuple[str, str]]:
    return list(response.answers.order_by("path", "repeat", "position").values_list("path", "text"))


def test_a_visit_with_repeats_is_answered_and_stored(browse: Browse, visit_form: Collection):
    visit = browse(360, language="es")
    page = opened(visit, visit_form)
    visit.check()
    page.get_by_role("textbox", name="Centro educativo").fill("El Alerce")
    page.get_by_role("textbox", name="Nombre (necesaria)").fill("Ana")
    page.get_by_role("spinbutton", name="Años de servicio").fill("12")
    page.get_by_role("button", name="Agregar otra parte").click()
    page.get_by_role("textbox", name="Nombre (necesaria)").nth(1).fill("Sole")
    page.get_by_role("spinbutton", name="Años de servicio").nth(1).fill("30")
    page.get_by_role("spinbutton", name="Años de servicio").nth(1).blur()
    expect(page.get_by_text("Suman 42 años")).to_be_visible()
    page.get_by_role("button", name="Enviar").click()
    page.wait_for_url("**/thanks/**")
    response = Response.objects.get()
    assert (response.state, response.channel) == (Response.State.ACCEPTED, "engine")
    assert [value for value in values(response) if value[0] not in STAMPS] == [
        ("/data/person/name", "Ana"), ("/data/person/name", "Sole"),
        ("/data/person/years", "12"), ("/data/person/years", "30"),
        ("/data/school", "El Alerce"), ("/data/total", "42"),
    ]  # fmt: skip
    assert response.language == "Español (es)"
    visit.check()
