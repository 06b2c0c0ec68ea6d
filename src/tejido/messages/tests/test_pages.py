"""Stopping by a link, choosing on one's own page: without an account, without a script, nobody else's."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tejido.directory.models import ContactPoint
from tejido.messages.models import EVERYBODY, Message, Preferences, Stop
from tejido.messages.services import send_due
from tejido.messages.tests import factories as make
from tejido.messages.tokens import stop_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    [message] = make.written(make.reader(), community_id=7)
    return reverse("messages:stop", args=[stop_token(message)])


def test_a_mail_scanner_that_opens_the_link_stops_nothing(client, link):
    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200
    assert not Stop.objects.exists()


def test_one_tap_of_a_mail_program_stops_without_a_cookie_or_an_account(link):
    mail_program = Client(enforce_csrf_checks=True)
    sent = mail_program.post(
        link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert sent.status_code == 200
    stop = Stop.objects.get()
    assert (stop.community_id, stop.sender, stop.channel) == (7, "Red Tejer", "email")
    mail_program.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert Stop.objects.count() == 1


def test_the_page_says_what_was_done_and_takes_it_back(client, link):
    said = client.post(link, {"what": "sender"})
    assert "Red Tejer does not write to you any more." in said.content.decode()
    said = client.post(link, {"what": "everything"})
    assert set(Stop.objects.values_list("community_id", flat=True)) == {7, EVERYBODY}
    said = client.post(link, {"what": "resume"})
    assert "Red Tejer writes to you by this site." in said.content.decode()
    assert not Stop.objects.exists()


def test_a_made_up_link_leads_nowhere(client):
    for token in ("1", "x:y:z", "a" * 500):
        assert client.post(reverse("messages:stop", args=[token])).status_code == 404


def test_she_chooses_how_much_when_and_in_which_language(client, cast):
    client.force_login(cast.ana)
    url = reverse("messages:preferences")
    assert client.get(url).status_code == 200
    chosen = {
        "per_week": 2,
        "quiet_from": 20,
        "quiet_to": 8,
        "time_zone": "America/Santiago",
        "language": "en",
    }
    assert client.post(url, chosen).status_code == 302
    kept = Preferences.objects.get(person=cast.ana.person)
    assert (kept.per_week, kept.quiet_from, kept.quiet_to, kept.time_zone) == (2, 20, 8, "America/Santiago")
    cast.ana.person.refresh_from_db()
    assert cast.ana.person.language == "en"
    wrong = client.post(url, chosen | {"quiet_from": 24, "time_zone": "Atlantis"})
    assert wrong.status_code == 422
    assert Preferences.objects.get().quiet_from == 20


def test_she_stops_everything_and_lets_it_come_again(client, cast):
    client.force_login(cast.ana)
    client.post(reverse("messages:stop_everything"))
    stops = Stop.objects.filter(person=cast.ana.person)
    assert {stop.channel for stop in stops} == {"email", "gateway"}
    for stop in stops:
        client.force_login(cast.rosa)
        assert client.post(reverse("messages:resume", args=[stop.pk])).status_code == 404
        client.force_login(cast.ana)
        assert client.post(reverse("messages:resume", args=[stop.pk])).status_code == 302
    assert not Stop.objects.exists()


def test_somebody_who_is_in_no_directory_has_nothing_to_choose(client, cast):
    cast.ze.person.delete()
    client.force_login(cast.ze)
    for name in ("preferences", "stop_everything"):
        assert client.post(reverse(f"messages:{name}")).status_code == 404


def test_only_she_sees_what_came_to_her(client, cast, post_office, at_noon):
    ana = cast.ana.person
    ContactPoint.objects.create(person=ana, kind="email", value="ana@example.org")
    make.written(ana, subject="Only for Ana", text="{link}")
    send_due()
    assert Message.objects.get().state == Message.State.SENT
    for account, seen in ((cast.ana, True), (cast.rosa, False), (cast.ines, False)):
        client.force_login(account)
        shown = client.get(reverse("messages:preferences")).content.decode()
        assert ("Only for Ana" in shown) is seen
    client.force_login(cast.rosa)
    assert reverse("messages:preferences") not in client.get(f"/people/{ana.pk}/").content.decode()
    client.force_login(cast.ana)
    assert reverse("messages:preferences") in client.get("/me/").content.decode()


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get(reverse("messages:preferences")).status_code == 302


def test_the_page_costs_few_queries(client, cast, django_assert_max_num_queries):
    client.force_login(cast.ana)
    with django_assert_max_num_queries(12):
        client.get(reverse("messages:preferences"))
