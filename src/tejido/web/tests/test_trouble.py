"""When something cannot be, the page says so in words, in the reader's language, with a way on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tejido.config import urls as real
from tejido.foundation.errors import NotAllowed, Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def forbidden(request: HttpRequest) -> HttpResponse:
    raise NotAllowed("x.y", "Only the coordination may do this.")


def refused(request: HttpRequest) -> HttpResponse:
    raise Refusal("too_many", "That makes 32 people.")


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("odd")


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    *real.urlpatterns,
    path("forbidden", forbidden),
    path("refused", refused),
    path("suspicious", suspicious),
    path("broken", broken),
]

SAID = {
    "/nowhere": (404, "There is nothing here", "Aquí no hay nada"),
    "/forbidden": (403, "Only the coordination may do this.", "Esto no está permitido aquí"),
    "/refused": (409, "That makes 32 people.", "Eso no se puede hacer ahora"),
    "/suspicious": (400, "That could not be read", "Eso no se pudo leer"),
    "/broken": (500, "Something broke on our side", "Algo falló de nuestro lado"),
}


@pytest.mark.parametrize("address", SAID)
def test_trouble_is_said_in_words_with_a_way_on(address: str):
    client = Client(raise_request_exception=False)
    status, english, spanish = SAID[address]
    page = client.get(address, headers={"accept-language": "en"})
    assert page.status_code == status
    assert english in page.content.decode() and 'href="/"' in page.content.decode()
    assert "Traceback" not in page.content.decode() and "<h1>" in page.content.decode()
    assert spanish in client.get(address, headers={"accept-language": "es"}).content.decode()


def test_a_form_that_was_open_too_long_is_said_too():
    client = Client(enforce_csrf_checks=True)
    page = client.post("/accounts/language/", {"language": "es"}, headers={"accept-language": "en"})
    assert page.status_code == 403 and "That page was open too long" in page.content.decode()


@pytest.mark.parametrize(("address", "status"), [("/forbidden", 403), ("/refused", 409)])
def test_the_queue_of_a_page_hears_a_refusal_as_json(address: str, status: int):
    answer = Client().post(address, headers={"accept": "application/json"})
    assert answer.status_code == status
    assert json.loads(answer.content)["outcome"] == "refused"
    assert json.loads(answer.content)["message"] == SAID[address][1]


def test_a_stranger_is_shown_the_door_and_a_member_is_not(client: Client, django_user_model: Any):
    from tejido.accounts.services import open_account

    assert "/accounts/login/?next=/nowhere" in client.get("/nowhere").content.decode()
    client.force_login(open_account("ana@example.org"), backend="django.contrib.auth.backends.ModelBackend")
    assert "/accounts/login/" not in client.get("/nowhere").content.decode()
