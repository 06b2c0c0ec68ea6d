"""Who comes instead of somebody is known at the door; who is of another school does not come instead."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.checkin import codes
from tejido.directory.tests.factories import SchoolFactory
from tejido.foundation.errors import Refusal
from tejido.gatherings.models import Attendance
from tejido.gatherings.selectors import sheet
from tejido.invitations.services import name_substitute
from tejido.invitations.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    cast.gathering = make.coming(cast.node, days=1)
    cast.school = SchoolFactory(name="Colegio Norte")
    cast.luz = make.member(cast.node, "Luz", school=cast.school)
    return cast


def on_sheet(scene) -> dict[str, bool]:
    return {line.person.given_names: line.instead for line in sheet(scene.gathering)}


def test_who_comes_instead_stands_on_the_sheet_and_is_marked_there(client, scene):
    flor = name_substitute(make.Place(scene.gathering, scene.luz), "Flor Díaz", actor=scene.rosa)
    assert on_sheet(scene)["Flor"] is True
    assert on_sheet(scene)["Luz"] is False
    client.force_login(scene.ines)
    page = client.get(reverse("gatherings:attendance", args=[scene.gathering.pk])).text
    assert "comes instead of somebody" in page
    sent = {"person": flor.pk, "status": "excused", "seen": ""}
    client.post(reverse("gatherings:mark", args=[scene.gathering.pk]), sent)
    assert Attendance.objects.get().person == flor
    assert client.get(codes.personal_path(scene.gathering.pk, flor.pk)).status_code == 200, (
        "has a code of her own"
    )


def test_who_is_of_another_school_is_refused_with_the_reason_and_is_not_on_the_sheet(client, scene):
    beto = make.member(scene.elsewhere, "Beto", school=SchoolFactory(name="Colegio Sur"))
    with pytest.raises(Refusal, match="works at another school") as refused:
        name_substitute(make.Place(scene.gathering, scene.luz), beto, actor=scene.rosa)
    assert "somebody of Colegio Norte" in refused.value.message
    assert "Beto" not in on_sheet(scene)
    assert client.get(codes.personal_path(scene.gathering.pk, beto.pk)).status_code == 404
