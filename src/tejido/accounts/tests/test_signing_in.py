"""Coming in by code or by password, what is said when it does not work, and the pages of one's own account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tejido.accounts.models import User
from tejido.accounts.services import open_account

pytestmark = pytest.mark.django_db
TOO_OFTEN = "tried too often in a short time"


@pytest.fixture(autouse=True)
def _rested() -> Any:
    cache.clear()  # the rate limits of the test before
    yield
    cache.clear()


def code_in_mail() -> str:
    found = re.search(r"^([A-Z0-9-]{5,12})$", mail.outbox[-1].body, re.M)
    assert found, mail.outbox[-1].body
    return found.group(1)


def ask_for_code(client: Client, email: str, **more: Any) -> Any:
    return client.post(reverse("account_request_login_code"), {"email": email, **more})


def test_ana_comes_in_with_the_code_that_was_mailed(client: Client):
    ana = open_account("ana@example.org")
    assert ask_for_code(client, "Ana@Example.org", next="/accounts/").url.startswith(
        "/accounts/login/code/confirm/"
    )
    answer = client.post(
        "/accounts/login/code/confirm/", {"code": code_in_mail().lower(), "next": "/accounts/"}
    )
    assert answer.url == "/accounts/"
    assert client.session["_auth_user_id"] == str(ana.pk)
    assert client.get("/accounts/").status_code == 200


def test_a_wrong_code_is_said_at_its_field_and_three_end_it(client: Client):
    open_account("ana@example.org")
    ask_for_code(client, "ana@example.org")
    first = client.post("/accounts/login/code/confirm/", {"code": "AAAAAA"})
    assert "That is not the code that was sent" in first.content.decode()
    for _ in range(2):
        last = client.post("/accounts/login/code/confirm/", {"code": "AAAAAA"}, follow=True)
    assert TOO_OFTEN in last.content.decode()
    client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert "_auth_user_id" not in client.session, "the code is spent"


def test_a_stranger_s_address_looks_the_same_on_the_page_and_gets_a_kind_mail(client: Client):
    open_account("ana@example.org")
    known = ask_for_code(client, "ana@example.org")
    unknown = ask_for_code(Client(), "nobody@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert "There is no account with that e-mail" in mail.outbox[-1].body
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_a_burst_of_requests_gets_a_sentence_and_no_more_mail(client: Client):
    open_account("ana@example.org")
    answers = [ask_for_code(Client(), "ana@example.org") for _ in range(6)]
    assert len(mail.outbox) == 3, "three a minute for one address"
    assert [TOO_OFTEN in answer.content.decode() for answer in answers] == [False] * 3 + [True] * 3


def test_forty_people_in_one_room_come_in_at_once(client: Client):
    answers = [ask_for_code(Client(), f"person{number}@example.org") for number in range(40)]
    assert {answer.status_code for answer in answers} == {302} and len(mail.outbox) == 40


def test_a_burst_from_one_place_is_asked_to_slow_down(client: Client, settings: Any):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "request_login_code": "5/m/ip"}
    answers = [ask_for_code(Client(), f"person{number}@example.org") for number in range(7)]
    assert [TOO_OFTEN in answer.content.decode() for answer in answers] == [False] * 5 + [True] * 2
    assert len(mail.outbox) == 5


def test_a_burst_of_sign_ups_is_asked_to_slow_down(client: Client, settings: Any):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": "5/m/ip"}
    answers = [
        Client().post(reverse("account_signup"), {"email": f"person{n}@example.org"}) for n in range(6)
    ]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "A little slower, please" in answers[-1].content.decode()


def test_a_password_works_beside_the_code_and_guessing_it_does_not(client: Client):
    open_account("ana@example.org", password="a sentence of mine")
    wrong = client.post(reverse("account_login"), {"login": "ana@example.org", "password": "guess"})
    assert (
        "do not go together" in wrong.content.decode()
        and '<details class="more" open' in wrong.content.decode()
    )
    right = client.post(
        reverse("account_login"), {"login": "ana@example.org", "password": "a sentence of mine"}
    )
    assert right.status_code == 302 and "_auth_user_id" in client.session
    guesses = [
        Client().post(reverse("account_login"), {"login": "ana@example.org", "password": f"guess {n}"})
        for n in range(7)
    ]
    assert TOO_OFTEN in guesses[-1].content.decode()
    shut = Client().post(
        reverse("account_login"), {"login": "ana@example.org", "password": "a sentence of mine"}
    )
    assert shut.status_code != 302, "after five guesses even the right one waits"


def test_anybody_opens_an_account_with_a_code_and_gets_no_rights_by_it(client: Client):
    assert client.post(reverse("account_signup"), {"email": "new@example.org"}).status_code == 302
    assert "Your code to confirm" in mail.outbox[-1].body
    client.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})
    new = User.objects.get(email="new@example.org")
    assert client.session["_auth_user_id"] == str(new.pk)
    assert not (new.is_superuser or new.is_staff or new.is_system) and not new.has_usable_password()


def test_signing_out_ends_the_session(client: Client):
    client.force_login(open_account("ana@example.org"), backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session
    assert client.get("/accounts/").status_code == 302


def test_a_session_lasts_sixty_days_so_that_nobody_signs_in_at_every_gathering(client: Client):
    open_account("ana@example.org")
    ask_for_code(client, "ana@example.org")
    client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert client.session.get_expiry_age() == 60 * 24 * 60 * 60


def test_a_passkey_on_one_phone_does_not_lock_its_owner_out_of_another(client: Client):
    from allauth.mfa.models import Authenticator

    ana = open_account("ana@example.org")
    Authenticator.objects.create(user=ana, type=Authenticator.Type.WEBAUTHN, data={})
    ask_for_code(client, "ana@example.org")
    client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert client.session["_auth_user_id"] == str(ana.pk)


OUTSIDE = [
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
]
INSIDE = [
    "accounts:settings",
    "account_email",
    "account_set_password",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "account_logout",
]


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
@pytest.mark.parametrize("name", [*OUTSIDE, *INSIDE])
def test_every_page_speaks_the_reader_s_language(client: Client, name: str, language: str):
    if name in INSIDE:
        client.force_login(
            open_account("ana@example.org"), backend="django.contrib.auth.backends.ModelBackend"
        )
    page = client.get(reverse(name), headers={"accept-language": language})
    text = page.content.decode()
    assert page.status_code == 200 and f'<html lang="{language}"' in text
    title = re.search(r"<h1>(.*?)</h1>", " ".join(text.split()))
    assert title and title.group(1).strip()
    with translation.override("en"):
        english = client.get(reverse(name), headers={"accept-language": "en"}).content.decode()
    if language != "en":
        assert re.search(r"<h1>(.*?)</h1>", " ".join(english.split())).group(1) != title.group(1)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("language", "subject"),
    [("es", "Código para Tejido"), ("en", "Your code"), ("pt-br", "Código para o Tejido")],
)
def test_the_mail_speaks_it_too(client: Client, language: str, subject: str):
    open_account("ana@example.org")
    client.post(
        reverse("account_request_login_code"),
        {"email": "ana@example.org"},
        headers={"accept-language": language},
    )
    assert mail.outbox[-1].subject.startswith(subject)


def test_changing_the_e_mail_takes_the_code_sent_to_the_new_one(client: Client):
    ana = open_account("ana@example.org")
    client.force_login(ana, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("account_email"), {"email": "ana@new.example", "action_add": ""})
    ana.refresh_from_db()
    assert ana.email == "ana@example.org", "the old one is good until the code was written"
    assert mail.outbox[-1].to == ["ana@new.example"]
    client.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})
    ana.refresh_from_db()
    assert ana.email == "ana@new.example"
