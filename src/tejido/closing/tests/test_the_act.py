"""From the last minute of a gathering to what its members read, and to a correction that says why."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.agenda.services import add_segment
from tejido.certificates.models import Certificate
from tejido.certificates.services import set_rule
from tejido.certificates.tests.factories import asked
from tejido.closing import selectors, services
from tejido.closing.models import Door, Reopening
from tejido.closing.tests import factories as make
from tejido.closing.tokens import door_address
from tejido.closing.values import Promise, Told
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.journal import pay_all
from tejido.foundation.models import JournalEntry
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.services import change_gathering, reopen_attendance, tap
from tejido.invitations.tests.factories import member
from tejido.messages.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    """Luz was there, Paz was invited and was not, Sol was there and has no e-mail."""
    cast.gathering = make.held(cast.node)
    cast.luz, cast.paz = (member(cast.node, name) for name in ("Luz", "Paz"))
    cast.sol = member(cast.node, "Sol", mail=False)
    make.there(cast.gathering, cast.luz, cast.sol)
    return cast


def path(door: Door) -> str:
    return "/w/" + door_address(door.grain).rstrip("/").rpartition("/")[2] + "/"


def readers(kind: str) -> set[str]:
    rows = Message.objects.filter(batch__kind=f"closing.{kind}").select_related("person")
    return {row.person.given_names for row in rows} & {"Luz", "Paz", "Sol"}


def test_a_coordinator_writes_it_down_piece_by_piece_and_closes_it(client, scene):
    client.force_login(scene.rosa)
    here = reverse("closing:closing", args=[scene.gathering.pk])
    assert "There are no minutes." in client.get(here).content.decode()
    client.post(f"{here}minutes/", {"text": "We planted beans", "seen": 0})
    client.post(f"{here}decisions/", {"text": "We meet on Tuesdays"})
    client.post(f"{here}organisations/", {"new": "Botanical Garden", "what": "The seeds"})
    client.post(f"{here}next/", {"next_on": "2999-01-05", "next_words": "At Luz's school"})
    sent = {"what": "Bring the seeds", "people": [scene.luz.pk], "due_on": "2999-01-04"}
    client.post(reverse("closing:new_commitment", args=[scene.gathering.pk]), sent)
    page = client.get(here).content.decode()
    for words in ("We planted beans", "We meet on Tuesdays", "Botanical Garden", "Bring the seeds", "Luz"):
        assert words in page
    client.post(f"{here}close/", {"tell": "yes"})
    assert Gathering.objects.get().sealed_at is not None
    assert (readers("attended"), readers("missed")) == ({"Luz"}, {"Paz"})
    client.logout()
    door = Door.objects.get(person=scene.sol)  # without e-mail: the team hands the link on
    read = client.get(path(door))
    page = read.content.decode()
    for words in ("We planted beans", "We meet on Tuesdays", "Botanical Garden", "Bring the seeds", "Luz"):
        assert words in page
    assert len(read.content) < 30_000
    assert "noindex" in read["X-Robots-Tag"]


def test_attendance_is_the_one_thing_that_has_to_be_sure(scene):
    Gathering.objects.update(closed_at=None)
    with pytest.raises(Refusal) as refused:
        services.close_gathering(scene.gathering, tell=True, actor=scene.rosa)
    assert refused.value.code == "attendance_open"
    assert not Message.objects.filter(batch__kind__startswith="closing.").exists()


def test_closed_twice_it_is_written_once(scene):
    assert services.close_gathering(scene.gathering, tell=True, actor=scene.rosa).written >= 2
    before = Message.objects.count()
    assert services.close_gathering(scene.gathering, tell=True, actor=scene.rosa) == Told(0, 0)
    assert Message.objects.count() == before


def test_what_is_closed_changes_by_no_door(scene):
    decision = services.add_decision(scene.gathering, "We meet on Tuesdays", actor=scene.rosa)
    promise = services.make_commitment(scene.gathering, Promise("Seeds", [scene.luz]), actor=scene.rosa)
    services.close_gathering(scene.gathering, tell=False, actor=scene.rosa)
    scene.gathering.refresh_from_db()
    by = {"actor": scene.rosa}
    deeds = [
        lambda: services.write_minutes(scene.gathering, "Later", seen=0, **by),
        lambda: services.add_decision(scene.gathering, "Later", **by),
        lambda: services.change_decision(decision, "Later", seen=0, **by),
        lambda: services.remove_decision(decision, **by),
        lambda: services.make_commitment(scene.gathering, Promise("Later"), **by),
        lambda: services.change_commitment(promise, Promise("Later"), **by),
        lambda: services.remove_commitment(promise, **by),
        lambda: services.say_when_next(scene.gathering, None, "Later", **by),
        lambda: reopen_attendance(scene.gathering, **by),
        lambda: tap(scene.gathering, scene.paz.pk, "on_site", **by),
        lambda: change_gathering(scene.gathering, {"title": "Later"}, **by),
    ]
    for deed in deeds:
        with pytest.raises((Refusal, NotAllowed)):
            deed()
    assert [one.text for one in selectors.decisions_of(scene.gathering)] == ["We meet on Tuesdays"]
    services.settle_commitment(promise, "done", **by)  # promises live on


def test_opened_again_with_a_reason_corrected_and_written_once_more(client, scene):
    services.close_gathering(scene.gathering, tell=True, actor=scene.rosa)
    door = Door.objects.get(person=scene.luz)
    with pytest.raises(Refusal) as refused:
        services.reopen_gathering(scene.gathering, "  ", actor=scene.rosa)
    assert refused.value.code == "no_reason"
    services.reopen_gathering(scene.gathering, "A name was wrong", actor=scene.rosa)
    assert Reopening.objects.get().by == scene.rosa
    entry = JournalEntry.objects.get(fact="closing.reopened")
    assert "A name was wrong" not in str(entry.payload)
    services.write_minutes(scene.gathering, "Corrected", seen=0, actor=scene.rosa)
    assert selectors.changed_since_reopening(scene.gathering) == {"minutes"}
    assert "Corrected" not in client.get(path(door)).content.decode()  # not before it is closed again
    services.close_gathering(scene.gathering, tell=True, actor=scene.rosa)
    assert readers("again") == {"Luz", "Paz"}
    assert "Corrected" in client.get(path(door)).content.decode()


def test_two_who_write_the_minutes_at_once_lose_nothing(client, scene):
    services.write_minutes(scene.gathering, "Written by Tomas", seen=0, actor=scene.tomas)
    client.force_login(scene.rosa)
    address = reverse("closing:minutes", args=[scene.gathering.pk])
    answer = client.post(address, {"text": "Written by Rosa", "seen": 0})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Written by Rosa" in page
    assert "Written by Tomas" in page
    client.post(address, {"text": "Written by Tomas\nWritten by Rosa", "seen": 1})
    scene.gathering.refresh_from_db()
    assert selectors.closing_of(scene.gathering).minutes == "Written by Tomas\nWritten by Rosa"


def test_a_link_opens_nothing_for_whoever_is_off_the_sheet(client, scene):
    services.close_gathering(scene.gathering, tell=True, actor=scene.rosa)
    door = Door.objects.get(person=scene.luz)
    assert client.get(path(door)).status_code == 200
    assert client.get("/w/nobodys/").status_code == 404
    scene.luz.memberships.all().delete()
    Attendance.objects.filter(person=scene.luz).delete()
    assert client.get(path(door)).status_code == 404


def test_the_closing_shows_what_the_agenda_took_and_after_it_the_agenda_stands(client, scene):
    fields = {"kind": "discussion", "title": "Around the tree", "minutes": 30, "took": 50}
    add_segment(scene.gathering, fields, actor=scene.rosa)
    client.force_login(scene.rosa)
    here = reverse("closing:closing", args=[scene.gathering.pk])
    page = client.get(here).content.decode()
    assert "Around the tree" in page
    assert "30 min planned, 50 min taken" in page
    services.close_gathering(scene.gathering, tell=False, actor=scene.rosa)
    with pytest.raises(NotAllowed, match="say why"):
        add_segment(scene.gathering, fields, actor=scene.rosa)
    services.reopen_gathering(scene.gathering, "The last part was missing", actor=scene.rosa)
    assert add_segment(scene.gathering, fields, actor=scene.rosa).position == 2


def test_whoever_meets_the_rule_gets_a_certificate_when_the_gathering_is_closed(scene):
    set_rule(scene.gathering, asked(), actor=scene.rosa)
    services.close_gathering(scene.gathering, tell=False, actor=scene.rosa)
    pay_all()
    assert set(Certificate.objects.values_list("person", flat=True)) == {scene.luz.pk, scene.sol.pk}
