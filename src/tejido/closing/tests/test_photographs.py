"""A photograph is shown when it is said who is on it and all of them agree, and no longer than that."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tejido.closing import selectors, services
from tejido.closing.models import Door, Photo
from tejido.closing.services.pictures import LARGEST, SMALL, NoPicture, made_small
from tejido.closing.tests import factories as make
from tejido.closing.tests.test_the_act import path
from tejido.directory.models import Purpose
from tejido.directory.tests.factories import consents
from tejido.foundation.errors import Refusal
from tejido.invitations.tests.factories import member

pytestmark = pytest.mark.django_db
GPS, CAMERA, TURNED = 0x8825, 0x0110, 0x0112


def jpeg(width: int = 2400, height: int = 1200, colour: str = "teal") -> bytes:
    """A picture as a phone takes it: turned on its side, with camera and place."""
    picture, out = Image.new("RGB", (width, height), colour), io.BytesIO()
    notes = Image.Exif()
    notes[CAMERA], notes[TURNED], notes[GPS] = "Phone", 6, {1: "N", 2: (4.0, 36.0, 0.0)}
    picture.save(out, "JPEG", exif=notes)
    return out.getvalue()


@pytest.fixture
def scene(cast, settings, tmp_path):
    """Luz was there and agrees to photographs; Paz was there and was never asked."""
    settings.MEDIA_ROOT = tmp_path
    cast.gathering = make.held(cast.node)
    cast.luz, cast.paz = (member(cast.node, name) for name in ("Luz", "Paz"))
    consents(cast.luz, Purpose.PHOTOGRAPH)
    make.there(cast.gathering, cast.luz, cast.paz)
    cast.photo = services.add_photo(cast.gathering, jpeg(), "At work", actor=cast.rosa)
    return cast


def test_place_and_camera_are_gone_and_it_stands_upright_and_small():
    picture = made_small(jpeg())
    for content, side in ((picture.large, LARGEST), (picture.small, SMALL)):
        with Image.open(io.BytesIO(content)) as opened:
            assert not dict(opened.getexif())
            assert (opened.width, opened.height) == (side // 2, side)
    with pytest.raises(NoPicture):
        made_small(b"<svg onload=alert(1)>")


def seen(scene) -> list[int]:
    return [one.pk for one in selectors.published_photos(scene.gathering)]


def test_nobody_sees_it_before_it_is_said_who_is_on_it(scene):
    assert seen(scene) == []
    services.mark_photo(scene.photo, [], actor=scene.rosa)  # nobody can be recognised
    assert seen(scene) == [scene.photo.pk]


def test_one_who_has_not_agreed_keeps_it_from_being_shown_and_a_taken_back_yes_hides_it(scene):
    services.mark_photo(scene.photo, [scene.luz.pk, scene.paz.pk], actor=scene.rosa)
    assert seen(scene) == []
    assert selectors.without_consent_on(scene.photo) == [scene.paz.pk]
    consents(scene.paz, Purpose.PHOTOGRAPH)
    assert seen(scene) == [scene.photo.pk]
    consents(scene.luz, Purpose.PHOTOGRAPH, given=False)
    assert seen(scene) == []


def test_members_get_the_bytes_only_once_it_is_closed_and_agreed(client, scene):
    services.mark_photo(scene.photo, [scene.luz.pk], actor=scene.rosa)
    address = reverse("closing:picture", args=[scene.gathering.pk, scene.photo.pk, "small"])
    client.force_login(scene.ana)
    assert client.get(address).status_code == 404
    services.close_gathering(scene.gathering, tell=True, actor=scene.rosa)
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"".join(answer).startswith(b"\xff\xd8")
    client.force_login(scene.ze)
    assert client.get(address).status_code == 404
    client.logout()
    by_link = path(Door.objects.get(person=scene.paz))
    assert client.get(f"{by_link}photographs/{scene.photo.pk}/small.jpg").status_code == 200
    consents(scene.luz, Purpose.PHOTOGRAPH, given=False)
    assert client.get(f"{by_link}photographs/{scene.photo.pk}/small.jpg").status_code == 404


def test_the_team_adds_several_and_what_is_no_photograph_is_said(client, scene):
    client.force_login(scene.rosa)
    here = reverse("closing:photographs", args=[scene.gathering.pk])
    files = [SimpleUploadedFile(f"{n}.jpg", jpeg(60 + n, 40), "image/jpeg") for n in range(2)]
    client.post(here, {"pictures": files})
    assert Photo.objects.count() == 3
    wrong = client.post(here, {"pictures": [SimpleUploadedFile("a.jpg", b"GIF89a", "image/jpeg")]})
    assert "This is no photograph" in wrong.content.decode()
    assert Photo.objects.count() == 3
    with pytest.raises(Refusal) as refused:
        services.add_photo(scene.gathering, b"0" * (services.MOST_BYTES + 1), actor=scene.rosa)
    assert refused.value.code == "too_large"


def test_the_same_picture_again_is_the_same_photograph_and_a_removed_one_leaves_no_bytes(
    scene, tmp_path, django_capture_on_commit_callbacks
):
    again = services.add_photo(scene.gathering, jpeg(), actor=scene.rosa)
    assert again == scene.photo
    kept = list((tmp_path / "photographs").iterdir())
    assert len(kept) == 2
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_photo(scene.photo, actor=scene.rosa)
    assert list((tmp_path / "photographs").iterdir()) == []


def test_the_closing_leads_to_photographs_while_some_can_be_added_or_seen(client, scene):
    client.force_login(scene.rosa)
    here = reverse("closing:closing", args=[scene.gathering.pk])
    way = f'href="{reverse("closing:photographs", args=[scene.gathering.pk])}"'

    def seals(at):
        type(scene.gathering).objects.filter(pk=scene.gathering.pk).update(sealed_at=at)

    assert "Add photographs" in client.get(here).text
    seals(timezone.now())
    assert "See the photographs" in client.get(here).text
    scene.photo.delete()
    closed = client.get(here).text
    assert "There are 0 photographs." in closed
    assert way not in closed
    seals(None)
    assert way in client.get(here).text
