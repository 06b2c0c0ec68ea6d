"""Letters that go out by themselves: what changed, that it is called off, that it is soon."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.foundation.journal import announce
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import day_in, invited_to
from tejido.invitations.events import PeopleTold
from tejido.invitations.models import Asking, Door, Reply
from tejido.invitations.services.letters import CANCELLED, CHANGED, REMINDER, SOON, write_about
from tejido.invitations.services.lining_up import locked

SETTLES = timedelta(minutes=10)  # several changes in a row are one letter
JUST_WRITTEN = timedelta(hours=24)  # who got the invitation yesterday is not reminded today
CALLED_OFF = Q(gathering__state=Gathering.State.CANCELLED)


def tell_what_changed() -> int:
    """Write to those who are expected where time, place or title changed, or it was called off. Returns to how many gatherings.

    Done again and again; ten minutes after the last change. What has begun is told no more.
    """
    now = timezone.now()
    owed = Asking.objects.filter(
        gathering__starts_at__gt=now, gathering__changed_at__lte=now - SETTLES
    ).exclude(told_sequence=F("gathering__sequence"))
    system = system_account()
    return sum(_tell(pk, actor=system) for pk in list(owed.values_list("gathering_id", flat=True)))


@transaction.atomic
def _tell(gathering_id: int, *, actor: User) -> int:
    gathering, asking = locked(Gathering(pk=gathering_id))
    if asking.told_sequence == gathering.sequence:  # another worker was faster
        return 0
    cancelled = gathering.state == Gathering.State.CANCELLED
    silent = cancelled and asking.told_cancelled
    asking.told_sequence, asking.told_cancelled = gathering.sequence, cancelled
    asking.save(update_fields=["told_sequence", "told_cancelled"])
    if silent:
        return 0
    people = _concerned(gathering)
    count = write_about(gathering, CANCELLED if cancelled else CHANGED, people, actor=actor)
    what = "cancelled" if cancelled else "changed"
    if count:
        announce(PeopleTold(gathering.community_id, gathering.pk, what, count), actor=actor)
    return 1


def _concerned(gathering: Gathering) -> list[int]:
    """Who has the date: was written to or answered, and has not said no."""
    no = Reply.objects.filter(gathering=gathering, answer=Reply.Answer.NO).values("person_id")
    expected = Q(person_id__in=invited_to(gathering).order_by().values("pk")) | Q(
        person_id__in=Reply.objects.filter(gathering=gathering)
        .exclude(answer=Reply.Answer.NO)
        .values("person_id")
    )
    doors = Door.objects.filter(expected, gathering=gathering).exclude(person_id__in=no)
    return list(doors.values_list("person_id", flat=True))


def remind_before() -> int:
    """Remind of gatherings that are near, by the day of each community: those who have not answered, and those who come.

    Once for each gathering. Returns for how many. Done again and again.
    """
    today = timezone.now().date()
    near = Asking.objects.filter(
        gathering__day__gte=today - timedelta(days=1),
        gathering__day__lte=today + timedelta(days=31),
        reminded_on=None,
        remind_days__gt=0,
        gathering__starts_at__gt=timezone.now(),
    ).exclude(CALLED_OFF)
    system = system_account()
    return sum(_remind(pk, actor=system) for pk in list(near.values_list("gathering_id", flat=True)))


@transaction.atomic
def _remind(gathering_id: int, *, actor: User) -> int:
    gathering, asking = locked(Gathering(pk=gathering_id))
    today = day_in(gathering.community.time_zone, timezone.now())
    due = gathering.day - timedelta(days=asking.remind_days) <= today < gathering.day
    if not due or asking.reminded_on is not None:
        return 0
    asking.reminded_on = today
    asking.save(update_fields=["reminded_on"])
    replies = Reply.objects.filter(gathering=gathering)
    silent = Door.objects.filter(
        gathering=gathering,
        person_id__in=invited_to(gathering).order_by().values("pk"),
        written_at__lte=timezone.now() - JUST_WRITTEN,
    ).exclude(person_id__in=replies.values("person_id"))
    coming = replies.filter(answer=Reply.Answer.YES, waiting=False)
    count = write_about(gathering, REMINDER, list(silent.values_list("person_id", flat=True)), actor=actor)
    count += write_about(gathering, SOON, list(coming.values_list("person_id", flat=True)), actor=actor)
    if count:
        announce(PeopleTold(gathering.community_id, gathering.pk, "reminded", count), actor=actor)
    return 1
