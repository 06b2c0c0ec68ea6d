"""Who may see, give, revoke: the cast against every page and deed, and strangers at the public page."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from tejido.certificates import policies, services
from tejido.certificates.addresses import path_of
from tejido.certificates.models import Certificate, Rule
from tejido.certificates.tests import factories as make
from tejido.certificates.views import public
from tejido.directory.models import Person
from tejido.foundation.policies import can
from tejido.gatherings.models import Attendance, Gathering

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze")


@pytest.fixture
def scene(cast):
    """Ana has a certificate of a gathering of her node."""
    cache.clear()
    cast.gathering = make.held(cast.node)
    cast.rule = services.set_rule(cast.gathering, make.asked(), actor=cast.rosa)
    make.there(cast.gathering, cast.ana.person)
    (cast.given,) = make.given(cast.gathering)
    cast.path = path_of(cast.given.key)
    return cast


RIGHTS = [  # who, sees who gets one, gives them, sees Ana's
    ("ana", False, False, True),
    ("rosa", True, True, True),
    ("tomas", True, True, True),
    ("ines", True, False, True),
    ("sole", False, False, False),
    ("ze", False, False, False),
]


@pytest.mark.parametrize(("who", "sees", "runs", "sees_one"), RIGHTS)
def test_rights(scene, who, sees, runs, sees_one):
    actor = getattr(scene, who)
    assert bool(can(actor, "certificates.see", scene.node)) is sees
    assert bool(can(actor, "certificates.run", scene.node)) is runs
    assert bool(can(actor, "certificates.see_one", scene.given)) is sees_one
    listed = Certificate.objects.filter(policies.seen_by(actor)).exists()
    assert listed is sees_one
    for right, has in (("record", sees), ("run", runs)):
        assert Gathering.objects.filter(policies.gatherings_seen_by(actor, right)).exists() is has


PAGES = [  # page, who may come in
    ("certificates", "rosa tomas ines"),
    ("rule", "rosa tomas"),
    ("all_as_zip", "rosa tomas ines"),
    ("certificate", "ana rosa tomas ines"),
]


@pytest.mark.parametrize(("page", "let_in"), PAGES)
def test_who_may_open_which_page(client, scene, page, let_in):
    where = scene.given.pk if page == "certificate" else scene.gathering.pk
    address = reverse(f"certificates:{page}", args=[where])
    assert client.get(address).status_code == 302  # a visitor signs in first
    for who in WHO:
        client.force_login(getattr(scene, who))
        assert client.get(address).status_code == (200 if who in let_in.split() else 404), who


@pytest.mark.parametrize("deed", ["rule", "issue", "revoke"])
def test_who_does_not_run_it_can_post_nothing(client, scene, deed):
    where = scene.given.pk if deed == "revoke" else scene.gathering.pk
    sent = {
        "reason": "Because",
        "signer_name": "Me",
        "share": 1,
        "gatherings_needed": 1,
        "hours_kind": "visit",
    }
    for who in ("ana", "ines", "sole", "ze"):
        client.force_login(getattr(scene, who))
        answer = client.post(reverse(f"certificates:{deed}", args=[where]), sent)
        assert answer.status_code == 404, who
    assert Certificate.objects.get().is_valid
    assert Rule.objects.get().signer_name == "Rosa Díaz"


def test_the_coordination_sets_the_rule_gives_and_revokes_by_pages(client, cast):
    gathering = make.held(cast.node)
    make.there(gathering, cast.ana.person)
    client.force_login(cast.rosa)
    here = reverse("certificates:certificates", args=[gathering.pk])
    assert "Set the rule" in client.get(here).content.decode()
    sent = {"share": 80, "gatherings_needed": 1, "signer_name": "Rosa", "hours_kind": "visit", "hours": "3.5"}
    assert (
        client.post(reverse("certificates:rule", args=[gathering.pk]), {**sent, "share": 0}).status_code
        == 422
    )
    client.post(reverse("certificates:rule", args=[gathering.pk]), sent)
    assert "Give 1 certificate" in client.get(here).content.decode()
    client.post(reverse("certificates:issue", args=[gathering.pk]))
    given = Certificate.objects.get()
    assert (given.minutes, given.hours_kind) == (210, "visit")
    assert "Has a certificate" in client.get(here).content.decode()
    assert client.post(reverse("certificates:revoke", args=[given.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("certificates:revoke", args=[given.pk]), {"reason": "Wrong name"})
    assert not Certificate.objects.get().is_valid
    client.force_login(cast.ana)
    page = client.get(reverse("certificates:certificate", args=[given.pk])).content.decode()
    assert "Wrong name" in page
    assert "Revoke the certificate" not in page


@pytest.mark.parametrize(
    ("language", "says"), [("en", "and holds"), ("es", "sigue vigente"), ("pt-br", "continua válido")]
)
def test_whoever_has_the_address_reads_it_in_three_languages(client, scene, language, says):
    answer = client.get(scene.path, headers={"accept-language": language})
    page = answer.content.decode()
    assert says in page
    assert "Ana Rojas" in page
    assert len(answer.content) < 30_000
    assert "noindex" in answer["X-Robots-Tag"]
    assert client.get(f"{scene.path}certificate.pdf").content.startswith(b"%PDF")


def test_a_key_that_is_not_known_gets_a_sentence_and_guessing_is_slowed_down(client, scene, monkeypatch):
    monkeypatch.setattr(public, "WRONG_KEYS", 3)
    for _ in range(3):
        answer = client.get("/verify/nothing/")
        assert answer.status_code == 404
        assert "There is no certificate under this address" in answer.content.decode()
    assert client.get("/verify/nothing/certificate.pdf").status_code == 429
    assert client.get(scene.path, REMOTE_ADDR="198.51.100.7").status_code == 200


def test_the_list_costs_the_same_at_three_hundred_people(client, scene, django_assert_max_num_queries):
    people = Person.objects.bulk_create(
        Person(given_names=f"P{n}", search_name=f"p{n:03}") for n in range(300)
    )
    Attendance.objects.bulk_create(
        Attendance(gathering=scene.gathering, person=one, status="on_site", recorded_by=scene.rosa)
        for one in people
    )
    client.force_login(scene.rosa)
    here = reverse("certificates:certificates", args=[scene.gathering.pk])
    with django_assert_max_num_queries(12):
        page = client.get(here).content.decode()
    assert "Give 300 certificates" in page
    written = client.get(here + "?download=csv").getvalue().decode()
    assert sum(1 for line in written.splitlines() if line.strip()) == 302
    client.logout()
    with django_assert_max_num_queries(2):
        client.get(scene.path)


def test_names_that_look_like_formulas_are_none_in_the_file(client, scene):
    scene.ana.person.given_names = "=1+1"
    scene.ana.person.save()
    client.force_login(scene.rosa)
    here = reverse("certificates:certificates", args=[scene.gathering.pk])
    written = client.get(here + "?download=csv").getvalue().decode()
    assert "=1+1" in written
    assert not any(line.startswith(("=", '"=')) for line in written.splitlines())


def test_the_page_of_a_person_shows_hours_to_herself_and_the_team(client, scene):
    address = reverse("directory:person", args=[scene.ana.person.pk])
    for who, sees in (("ana", True), ("rosa", True), ("ines", True)):
        client.force_login(getattr(scene, who))
        assert ("Hours and certificates" in client.get(address).content.decode()) is sees, who
