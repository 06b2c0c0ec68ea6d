"""Promises: reminded of by the community's own day, settled by one tap, carried to the next gathering, counted."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.closing import selectors, services
from tejido.closing.models import Commitment, Key
from tejido.closing.tests import factories as make
from tejido.closing.tokens import key_address
from tejido.closing.values import Promise
from tejido.foundation.errors import Refusal
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.invitations.tests.factories import member
from tejido.messages.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    """Luz promised something for in two days."""
    cast.gathering = make.held(cast.node, days_ago=30)
    cast.luz = member(cast.node, "Luz")
    make.there(cast.gathering, cast.luz)
    cast.today = selectors.today_in(cast.node)
    promise = Promise("Bring the seeds", [cast.luz], due_on=cast.today + timedelta(days=2))
    cast.promise = services.make_commitment(cast.gathering, promise, actor=cast.rosa)
    return cast


def letters(kind: str) -> list[str]:
    rows = Message.objects.filter(batch__kind=f"closing.commitment_{kind}").select_related("person")
    return [row.person.given_names for row in rows]


def path(key: Key) -> str:
    return "/k/" + key_address(key.grain).rstrip("/").rpartition("/")[2] + "/"


def due(scene, days: int) -> None:
    Commitment.objects.update(due_on=scene.today + timedelta(days=days))


def test_one_letter_before_the_day_and_one_after_it(scene):
    assert services.remind_of_commitments() == 1
    assert services.remind_of_commitments() == 0
    assert letters("soon") == ["Luz"]
    due(scene, -1)
    assert services.remind_of_commitments() == 1
    assert services.remind_of_commitments() == 0
    assert letters("late") == ["Luz"]


def test_no_letter_long_before_or_for_what_is_done(scene):
    due(scene, 10)
    assert services.remind_of_commitments() == 0
    due(scene, 1)
    services.settle_commitment(scene.promise, "done", actor=scene.rosa)
    assert services.remind_of_commitments() == 0


def test_another_day_is_reminded_of_anew(scene):
    services.remind_of_commitments()
    services.postpone_commitment(scene.promise, scene.today + timedelta(days=1), actor=scene.rosa)
    assert services.remind_of_commitments() == 1
    with pytest.raises(Refusal) as refused:
        services.postpone_commitment(scene.promise, scene.today - timedelta(days=1), actor=scene.rosa)
    assert refused.value.code == "day_gone"


def test_one_tap_from_the_letter_without_an_account(client, scene):
    services.remind_of_commitments()
    address, act = path(Key.objects.get()), str(uuid4())
    read = client.get(address)
    assert "Bring the seeds" in read.content.decode()
    assert len(read.content) < 30_000
    assert Commitment.objects.get().state == "open"  # scanners of mail open too
    client.post(address, {"state": "done", "act": act})
    client.post(address, {"state": "open", "act": act})  # the phone sends the same tap again
    row = Commitment.objects.get()
    assert (row.state, row.settled_on) == ("done", scene.today)
    assert client.get("/k/nobodys/").status_code == 404


def test_what_is_open_stands_on_the_page_of_the_next_gathering_only(client, scene):
    soon, later = (
        GatheringFactory(community=scene.node, starts_at=timezone.now() + timedelta(days=days))
        for days in (3, 9)
    )
    client.force_login(scene.rosa)
    words = "Bring the seeds"
    assert words in client.get(reverse("gatherings:gathering", args=[soon.pk])).content.decode()
    assert words not in client.get(reverse("gatherings:gathering", args=[later.pk])).content.decode()
    client.post(reverse("closing:settle", args=[scene.promise.pk]), {"state": "done", "act": str(uuid4())})
    assert Commitment.objects.get().state == "done"
    assert words not in client.get(reverse("gatherings:gathering", args=[soon.pk])).content.decode()


def test_whoever_owes_it_reads_it_at_home(client, scene):
    mine = Promise("Print the photos", [scene.ana.person])
    services.make_commitment(scene.gathering, mine, actor=scene.rosa)
    client.force_login(scene.ana)
    assert "Print the photos" in client.get("/").content.decode()
    client.force_login(scene.ze)
    assert "Print the photos" not in client.get("/").content.decode()


def test_the_list_of_a_community_with_files(client, scene):
    due(scene, -1)
    client.force_login(scene.rosa)
    here = reverse("closing:commitments", args=[scene.node.pk])
    assert "Bring the seeds" in client.get(here, {"state": "late"}).content.decode()
    assert "Bring the seeds" not in client.get(here, {"state": "done"}).content.decode()
    csv = b"".join(client.get(here, {"download": "csv"})).decode("utf-8-sig")
    assert "Bring the seeds" in csv
    assert "Luz" in csv


def test_the_share_that_is_kept_in_time(scene):
    assert selectors.kept_in_time(scene.network).value is None
    day = scene.today - timedelta(days=5)
    for state, settled in (("done", day), ("done", scene.today), ("open", None), ("dropped", day)):
        Commitment.objects.create(
            gathering=scene.gathering, community=scene.node, what=state, state=state,
            due_on=day, settled_on=settled,
        )  # fmt: skip
    kept = selectors.kept_in_time(scene.network)
    assert (kept.value, kept.n) == (pytest.approx(1 / 3), 3)


def test_what_cannot_be_promised_is_said(scene, cast):
    make_one = services.make_commitment
    for promise, code in (
        (Promise("  "), "nothing_said"),
        (Promise("Seeds", due_on=scene.today - timedelta(days=60)), "due_before"),
        (Promise("Seeds", node=cast.sister), "node_elsewhere"),
    ):
        with pytest.raises(Refusal) as refused:
            make_one(scene.gathering, promise, actor=system_account())
        assert refused.value.code == code
