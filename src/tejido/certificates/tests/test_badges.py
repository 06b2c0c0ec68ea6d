"""Badges, verified by somebody else's implementation (verify.mjs), which gets nothing but what our pages answer."""

from __future__ import annotations

import copy
import json
import struct
import zlib
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.urls import reverse

from tejido.certificates import services
from tejido.certificates.addresses import path_of
from tejido.certificates.models import SigningKey
from tejido.certificates.tests import factories as make
from tejido.certificates.tests.verifying import SITE, badge, published, read, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast, settings):
    """Ana and somebody else have a badge each."""
    cache.clear()
    settings.TEJIDO_URL = SITE
    settings.ALLOWED_HOSTS = ["*"]
    cast.gathering = make.held(cast.node, title="Niñas y niños: «agua & luz» <día>")
    services.set_rule(cast.gathering, make.asked(text="Con guantes ]]> y ganas."), actor=cast.rosa)
    for account in (cast.ana, cast.ze):
        make.there(cast.gathering, account.person)
    cast.given = {one.person.user: one for one in make.given(cast.gathering)}
    return cast


def test_a_badge_verifies_elsewhere_a_changed_one_does_not_a_revoked_one_does_not(client, scene):
    whole = read(badge(client, scene.given[scene.ana]))
    revoked = read(badge(client, scene.given[scene.ze]))
    services.revoke(scene.given[scene.ze], "Wrong name", actor=scene.rosa)
    renamed, longer, resigned, unlisted = (copy.deepcopy(whole) for _ in range(4))
    renamed["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"
    longer["credentialSubject"]["narrative"] = "400 h"
    resigned["proof"]["proofValue"] = revoked["proof"]["proofValue"]
    unlisted["credentialStatus"]["statusListIndex"] = "5"
    documents = published(client, whole)
    answers = verified(documents, whole, renamed, longer, resigned, unlisted, revoked)
    assert [one["verified"] for one in answers] == [True, False, False, False, False, False], answers
    assert [answers[0]["revoked"], answers[5]["revoked"]] == [False, True], answers
    assert all("Invalid signature" in str(one["why"]) for one in answers[1:5]), answers


def test_a_badge_of_another_house_does_not_verify_by_our_keys(client, scene, settings):
    whole = read(badge(client, scene.given[scene.ana]))
    documents = published(client, whole)
    settings.SECRET_KEY = "somebody else's"
    forged = read(badge(client, scene.given[scene.ana]))
    assert forged["proof"]["verificationMethod"] != whole["proof"]["verificationMethod"]
    assert [one["verified"] for one in verified(documents, whole, forged)] == [True, False]


def test_after_the_secret_key_has_changed_old_badges_and_new_ones_verify(client, scene, settings):
    old = read(badge(client, scene.given[scene.ana]))
    settings.SECRET_KEY = "a new one"
    new = read(badge(client, scene.given[scene.ze]))
    documents = published(client, old)
    assert [one["verified"] for one in verified(documents, old, new)] == [True, True]
    assert SigningKey.objects.count() == 2
    assert client.get(path_of(scene.given[scene.ana].key)).status_code == 200  # printed addresses too


def test_it_says_what_the_certificate_says(client, scene):
    said = badge(client, scene.given[scene.ana])
    assert said["Content-Type"] == "application/vc"
    whole = read(said)
    assert whole["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert whole["issuer"]["id"] == "did:web:tejido.example.org"
    assert whole["issuer"]["name"] == "Nodo Agua"
    subject = whole["credentialSubject"]
    assert subject["identifier"][0]["identityHash"] == "Ana Rojas"
    assert subject["achievement"]["name"] == scene.gathering.title
    assert subject["achievement"]["criteria"]["narrative"].startswith(
        "Haber estado el 80 % del tiempo"
    )  # in the language of the community
    assert subject["narrative"] == "4 h · Taller"
    assert read(badge(client, scene.given[scene.ana])) == whole  # the same each time


def test_pictures_carry_the_credential_inside(client, scene):
    whole = read(badge(client, scene.given[scene.ana]))
    drawing = ElementTree.fromstring(badge(client, scene.given[scene.ana], "badge.svg").content)
    carried = drawing.find("{https://purl.imsglobal.org/ob/v3p0}credential")
    assert json.loads(carried.text) == whole
    assert json.loads(_chunks(badge(client, scene.given[scene.ana], "badge.png").content)[b"iTXt"]) == whole


def _chunks(picture: bytes) -> dict[bytes, bytes]:
    """Of a PNG; each is checked as every reader does. Of iTXt only the text under our keyword."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    at, found = 8, {}
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        name, body = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        assert struct.unpack(">I", picture[at + 8 + length : at + 12 + length])[0] == zlib.crc32(name + body)
        found[name] = body.removeprefix(b"openbadgecredential\0\0\0\0\0") if name == b"iTXt" else body
        at += 12 + length
    assert list(found)[-1] == b"IEND"
    return found


def test_the_lists_name_nobody_and_anybody_may_read_them(client, scene):
    services.revoke(scene.given[scene.ana], "Wrong name", actor=scene.rosa)
    for address in (reverse("certificates:status_list", args=[0]), "/.well-known/did.json"):
        answer = client.get(address)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Ana" not in answer.content.decode()
        assert "Wrong name" not in answer.content.decode()


def test_nothing_under_a_key_that_is_not_known(client, scene):
    for name in ("credential.json", "badge.svg", "badge.png"):
        assert client.get(f"/verify/nothing/{name}").status_code == 404
