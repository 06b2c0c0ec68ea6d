"""Letters that go out by themselves, and whom to invite at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.communities.models import Role
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import ContactPoint
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import invited_to
from tejido.gatherings.services import cancel_gathering, change_gathering, plan_again
from tejido.invitations import services
from tejido.invitations.models import Asking, Door
from tejido.invitations.services import letters
from tejido.invitations.tests import factories as make
from tejido.invitations.values import Wanted
from tejido.messages.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    """Four were written to: Luz comes, Paz does not, Sol waits to answer, Mar says perhaps."""
    cast.gathering = make.coming(cast.node)
    cast.luz, cast.paz, cast.sol, cast.mar = (
        make.member(cast.node, name) for name in ("Luz", "Paz", "Sol", "Mar")
    )
    services.ask_for_answers(cast.gathering, actor=cast.rosa)
    make.says(cast.gathering, cast.luz)
    make.says(cast.gathering, cast.paz, "no")
    make.says(cast.gathering, cast.mar, "maybe")
    return cast


def readers(kind: str) -> set[str]:
    rows = Message.objects.filter(batch__kind=f"invitations.{kind}").select_related("person")
    names = {row.person.given_names for row in rows}
    return names & {"Luz", "Paz", "Sol", "Mar"}


def settle(gathering: Gathering) -> None:
    """Ten minutes go by."""
    Gathering.objects.filter(pk=gathering.pk).update(changed_at=timezone.now() - timedelta(minutes=11))


def test_a_change_of_time_is_told_once_to_those_who_have_the_date(scene):
    change_gathering(
        scene.gathering, {"ends_at": scene.gathering.ends_at + timedelta(hours=1)}, actor=scene.rosa
    )
    assert services.tell_what_changed() == 0  # perhaps more is changed in a moment
    settle(scene.gathering)
    assert services.tell_what_changed() == 1
    assert services.tell_what_changed() == 0
    assert readers("changed") == {"Luz", "Sol", "Mar"}


def test_another_description_is_told_nobody(scene):
    change_gathering(scene.gathering, {"description": "Bring a book"}, actor=scene.rosa)
    settle(scene.gathering)
    assert services.tell_what_changed() == 0


def test_calling_off_is_told_and_so_is_planning_again(scene):
    cancel_gathering(scene.gathering, actor=scene.rosa)
    settle(scene.gathering)
    services.tell_what_changed()
    assert readers("cancelled") == {"Luz", "Sol", "Mar"}
    plan_again(scene.gathering, actor=scene.rosa)
    settle(scene.gathering)
    services.tell_what_changed()
    assert readers("changed") == {"Luz", "Sol", "Mar"}


def test_what_changed_before_anybody_was_written_to_is_told_nobody(cast):
    gathering = make.coming(cast.node)
    make.member(cast.node, "Luz")
    services.set_asking(gathering, places=5, remind_days=3, actor=cast.rosa)
    change_gathering(gathering, {"title": "Otra cosa"}, actor=cast.rosa)
    services.ask_for_answers(gathering, actor=cast.rosa)
    settle(gathering)
    assert services.tell_what_changed() == 0


@pytest.mark.parametrize(("days", "told"), [(10, 0), (4, 0), (2, 1)])
def test_some_days_before_the_silent_and_those_who_come_are_reminded_once(scene, days, told):
    Door.objects.update(written_at=timezone.now() - timedelta(days=3))
    starts = timezone.now() + timedelta(days=days)
    Gathering.objects.filter(pk=scene.gathering.pk).update(
        starts_at=starts, ends_at=starts + timedelta(hours=1), day=starts.date()
    )
    assert services.remind_before() == told
    assert services.remind_before() == 0
    assert readers("reminder") == ({"Sol"} if told else set())
    assert readers("soon") == ({"Luz"} if told else set())


def test_nobody_is_reminded_where_the_team_wants_no_reminder(scene):
    services.set_asking(scene.gathering, places=None, remind_days=0, actor=scene.rosa)
    starts = timezone.now() + timedelta(days=1)
    Gathering.objects.update(starts_at=starts, ends_at=starts + timedelta(hours=1), day=starts.date())
    assert services.remind_before() == 0


def test_a_letter_that_is_not_needed_any_more_when_it_leaves_stays_here(scene):
    invitation = Message.objects.filter(batch__kind="invitations.invitation", person=scene.sol).get()
    assert not letters.INVITATION.unwanted(invitation)
    assert letters.INVITATION.link(invitation).endswith(make.link(scene.gathering, scene.sol))
    make.says(scene.gathering, scene.sol, "maybe")
    assert letters.INVITATION.unwanted(invitation)
    assert not letters.SOON.unwanted(invitation)
    make.says(scene.gathering, scene.sol, "no")
    assert letters.SOON.unwanted(invitation)
    assert letters.CANCELLED.unwanted(invitation)  # it takes place
    Gathering.objects.update(state="cancelled")
    assert not letters.CANCELLED.unwanted(invitation)
    assert letters.CHANGED.unwanted(invitation)


def test_each_reads_in_her_own_language(cast):
    gathering = make.coming(cast.node, title="Encuentro")
    luz = make.member(cast.node, "Luz")
    luz.language = "pt-BR"
    luz.save()
    services.ask_for_answers(gathering, actor=cast.rosa)
    written = Message.objects.get(person=luz)
    assert written.subject == "Encuentro: você vem?"
    assert "Quando: " in written.text


def test_a_pasted_list_finds_names_and_addresses_and_says_what_it_did_not_find(client, cast):
    gathering = make.coming(cast.node)
    luz, paz = make.member(cast.node, "Luz"), make.member(cast.node, "Paz")
    make.member(cast.node, "Flor")
    make.member(cast.node, "Flor")
    mail = ContactPoint.objects.get(person=paz).value
    pasted = f"{luz.name.upper()}\n{mail}\n\nNobody Known\nFlor Pérez Núñez\n{cast.ze.person.name}"
    client.force_login(cast.rosa)
    page = client.post(reverse("invitations:whom", args=[gathering.pk]), {"pasted": pasted})
    assert "2 people were found and invited." in page.text
    assert "Nobody Known" in page.text
    assert cast.ze.person.name in page.text  # whom Rosa does not see is not found
    assert "Several people are called so" in page.text
    gathering.refresh_from_db()
    assert set(invited_to(gathering)) == {luz, paz}


def test_a_role_is_invited_beside_or_instead_of_who_is_on_the_list(cast):
    gathering = make.coming(cast.network)
    luz = make.member(cast.node, "Luz")
    lead = MembershipFactory(community=cast.node, role=Role.NODE_LEADER).person
    services.choose_whom(gathering, Wanted(pasted=luz.name), actor=cast.rosa)
    services.choose_whom(
        gathering, Wanted(role=Role.NODE_LEADER, node=cast.node.pk, also=True), actor=cast.rosa
    )
    gathering.refresh_from_db()
    assert {luz, lead} <= set(invited_to(gathering))
    services.choose_whom(gathering, Wanted(role=Role.NODE_LEADER, node=cast.node.pk), actor=cast.rosa)
    assert luz not in set(invited_to(gathering))
    assert services.choose_whom(gathering, Wanted(pasted="Nobody"), actor=cast.rosa).people == 0
    assert lead in set(invited_to(gathering))  # nobody was found, so nothing changed


def test_asking_again_after_a_reminder_leaves_the_row_alone(scene):
    before = Asking.objects.get()
    services.set_asking(scene.gathering, places=None, remind_days=3, actor=scene.rosa)
    assert Asking.objects.get().asked_at == before.asked_at
