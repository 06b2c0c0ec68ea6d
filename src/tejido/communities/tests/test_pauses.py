"""Pauses: still a member, not nagged, counted apart, and nobody but the team learns why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tejido.communities import selectors, services
from tejido.communities.models import Membership, MembershipPause
from tejido.communities.selectors import Narrowing
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person
from tejido.foundation.errors import NotAllowed, Refusal


@pytest.fixture
def anas(cast) -> Membership:
    return Membership.objects.get(person__user=cast.ana)


def names(rows) -> set[str]:
    return {one.given_names for one in rows}


def test_who_pauses_is_still_a_member_and_is_counted_apart(cast, anas):
    services.pause_membership(anas, actor=cast.ana, reason=MembershipPause.Reason.FAMILY)

    assert "Ana" in names(selectors.members_on(cast.network))
    roster = {
        state: names(selectors.roster(cast.network, cast.rosa, Narrowing(state=state), whole=True))
        for state in ("now", "paused", "taking_part")
    }
    assert "Ana" in roster["now"] and roster["paused"] == {"Ana"}
    assert roster["taking_part"] == roster["now"] - {"Ana"}


def test_a_pause_ends_and_can_be_taken_back(cast, anas):
    pause = services.pause_membership(anas, actor=cast.ana, starts_on=cast.node.today - timedelta(days=30))
    services.end_pause(pause, actor=cast.ana)
    pause.refresh_from_db()
    assert pause.ends_on == cast.node.today - timedelta(days=1)

    second = services.pause_membership(anas, actor=cast.ana)
    services.undo_pause(second, actor=cast.ana)
    assert anas.pauses.count() == 1


def test_two_pauses_do_not_cover_the_same_days(cast, anas):
    today = cast.node.today
    services.pause_membership(anas, actor=cast.ana, starts_on=today, ends_on=today + timedelta(days=9))
    with pytest.raises(Refusal) as refusal:
        services.pause_membership(anas, actor=cast.ana, starts_on=today + timedelta(days=9))
    assert refusal.value.code == "pauses_already"
    assert anas.pauses.count() == 1
    services.pause_membership(anas, actor=cast.ana, starts_on=today + timedelta(days=10))


def test_who_pauses_in_one_node_and_takes_part_in_another_does_not_rest(cast, anas):
    services.pause_membership(anas, actor=cast.ana)
    today, everywhere = timezone.localdate(), selectors.below(cast.network)
    assert list(selectors.pausing_people(everywhere, today)) == [{"person_id": anas.person_id}]

    MembershipFactory(community=cast.sister, person=anas.person)
    assert not selectors.pausing_people(everywhere, today)


def test_the_history_tells_of_a_pause_and_not_why(cast, anas, visit):
    services.pause_membership(anas, actor=cast.rosa, reason=MembershipPause.Reason.HEALTH)

    told = visit(cast.ana, "history", cast.node.pk).content.decode()
    assert "noted that Ana Rojas pauses in Nodo Agua" in told and "Health" not in told

    page = ("member", cast.node.pk, anas.person_id)
    assert "Health" in visit(cast.rosa, *page).content.decode()
    assert "Health" in visit(cast.ana, *page).content.decode()
    MembershipFactory(community=cast.node, person=Person.objects.get(user=cast.ze))
    seen = visit(cast.ze, *page).content.decode()
    assert "Pause" in seen and "Health" not in seen


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("ana", True),
        ("rosa", True),
        ("tomas", True),
        ("ines", False),
        ("sole", False),
        ("ze", False),
    ],
)
def test_who_may_note_a_pause(cast, anas, visit, who, may):
    user = getattr(cast, who)
    assert (visit(user, "pause", anas.pk).status_code == 200) is may
    if may:
        pause = services.pause_membership(anas, actor=user)
        assert visit(user, "end_pause", pause.pk, data={}).status_code == 302
    else:
        with pytest.raises(NotAllowed):
            services.pause_membership(anas, actor=user)
        pause = services.pause_membership(anas, actor=cast.ana)
        assert visit(user, "end_pause", pause.pk, data={}).status_code == 404
        assert visit(user, "undo_pause", pause.pk, data={}).status_code == 404
    assert anas.pauses.exists() is not may


def test_ana_pauses_and_takes_part_again_by_herself(cast, anas, visit):
    today = timezone.localdate()
    visit(cast.ana, "pause", anas.pk, data={"starts_on": today.isoformat(), "reason": "work"})
    body = visit(cast.rosa, "people", cast.network.pk, state="paused").content.decode()
    assert "Ana Rojas" in body and "Pauses" in body

    visit(cast.ana, "end_pause", anas.pauses.get().pk, data={})
    assert not anas.pauses.exists()  # no day of it had passed
