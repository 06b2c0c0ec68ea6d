"""Who may write a closing, read it, settle what was promised: the cast against every page and deed, and visitors."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tejido.accounts.services import system_account
from tejido.closing import policies, services
from tejido.closing.models import Commitment, Decision
from tejido.closing.tests import factories as make
from tejido.closing.values import Promise
from tejido.foundation.policies import can
from tejido.gatherings.models import Gathering

pytestmark = pytest.mark.django_db
WHO = ("ana", "rosa", "tomas", "ines", "sole", "ze")


@pytest.fixture
def scene(cast):
    """Ana was at a gathering of her node and promised something; it is not closed yet."""
    cast.gathering = make.held(cast.node)
    make.there(cast.gathering, cast.ana.person)
    promise = Promise("Bring the seeds", [cast.ana.person])
    cast.promise = services.make_commitment(cast.gathering, promise, actor=cast.rosa)
    cast.decision = services.add_decision(cast.gathering, "We meet on Tuesdays", actor=cast.rosa)
    return cast


@pytest.mark.parametrize(
    ("who", "writes", "sees", "settles"),
    [
        ("ana", False, True, True),
        ("rosa", True, True, True),
        ("tomas", True, True, True),
        ("ines", True, True, True),
        ("sole", False, True, False),
        ("ze", False, False, False),
    ],
)
def test_rights(scene, who, writes, sees, settles):
    actor = getattr(scene, who)
    assert bool(can(actor, "closing.look_after", scene.gathering)) is writes
    assert Gathering.objects.filter(policies.looked_after_by(actor)).exists() is writes
    assert bool(can(actor, "closing.see_commitment", scene.promise)) is sees
    assert Commitment.objects.filter(policies.commitments_visible_to(actor)).exists() is sees
    assert bool(can(actor, "closing.settle", scene.promise)) is settles
    assert Commitment.objects.filter(policies.settled_by(actor)).exists() is settles


TEAM, MEMBERS = "rosa tomas ines", "ana rosa tomas ines sole"
PAGES = [  # page, who may come in
    ("closing", TEAM),
    ("new_commitment", TEAM),
    ("photographs", TEAM),
    ("links", TEAM),
    ("summary", MEMBERS),
    ("pictures", MEMBERS),
    ("commitments", MEMBERS),
    ("commitment", MEMBERS),
]


@pytest.mark.parametrize(("page", "let_in"), PAGES)
def test_who_may_open_which_page(client, scene, page, let_in):
    services.close_gathering(scene.gathering, tell=False, actor=system_account())
    where = {"commitments": scene.node.pk, "commitment": scene.promise.pk}.get(page, scene.gathering.pk)
    address = reverse(f"closing:{page}", args=[where])
    assert client.get(address).status_code == 302  # a visitor signs in first
    for who in WHO:
        client.force_login(getattr(scene, who))
        assert client.get(address).status_code == (200 if who in let_in.split() else 404), who


@pytest.mark.parametrize("deed", ["minutes", "decide", "decision", "contribute", "next", "close", "reopen"])
def test_who_is_not_in_the_team_can_post_nothing(client, scene, deed):
    more = [scene.decision.pk] if deed == "decision" else []
    sent = {"text": "Mine", "seen": 0, "new": "Mine", "next_words": "Mine", "tell": "no", "reason": "Mine"}
    for who in ("ana", "sole", "ze"):
        client.force_login(getattr(scene, who))
        answer = client.post(reverse(f"closing:{deed}", args=[scene.gathering.pk, *more]), sent)
        assert answer.status_code == 404, who
    assert list(Decision.objects.values_list("text", flat=True)) == ["We meet on Tuesdays"]
    assert Gathering.objects.get().sealed_at is None


@pytest.mark.parametrize("deed", ["settle", "postpone", "change_commitment", "remove_commitment"])
def test_strangers_and_readers_settle_nothing(client, scene, deed):
    sent = {"state": "done", "due_on": "2999-01-01", "what": "Mine"}
    for who in ("sole", "ze"):
        client.force_login(getattr(scene, who))
        address = reverse(f"closing:{deed}", args=[scene.promise.pk])
        assert client.post(address, sent).status_code == 404, who
    row = Commitment.objects.get()
    assert (row.state, row.what, row.due_on) == ("open", "Bring the seeds", None)
