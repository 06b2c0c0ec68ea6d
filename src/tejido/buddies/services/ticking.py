"""What happens by itself: proposals lapse, buddies are asked twice whether they talked, pairs that do not talk end."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.buddies.models import Pair, Partner
from tejido.buddies.services.answering import end
from tejido.buddies.services.letters import NOT_NOW, NUDGE, ROUND_ABOUT, write_to
from tejido.communities.selectors import below, pausing_people
from tejido.messages.services import Kind

RECENT = timedelta(days=14)  # who talked within it is not asked
State, Answer = Pair.State, Partner.Answer


def look_after_buddies() -> int:
    """Do what is due today, as the system. How many pairs were touched. Done again and again without harm."""
    today = timezone.localdate()
    return _lapse(today) + _fade(today) + _nudge(today)


def _lapse(today: date) -> int:
    late = Pair.objects.filter(state=State.SENT, round__answer_by__lt=today)
    return sum(_lapsed(pk, today) for pk in late.values_list("pk", flat=True))


@transaction.atomic
def _lapsed(pk: int, today: date) -> bool:
    """Not everybody answered in time; who said yes reads that it did not come about."""
    pair = _locked(pk, State.SENT)
    if pair is None:
        return False
    pair.state, pair.ended_on = State.NOT_NOW, today
    pair.save(update_fields=["state", "ended_on"])
    _write(pair, NOT_NOW)
    return True


def _fade(today: date) -> int:
    touched = 0
    for pair in Pair.objects.filter(state=State.TOGETHER).select_related("round").iterator():
        last = pair.talked_on or pair.together_on
        if last is not None and last + timedelta(weeks=pair.round.fades_weeks) <= today:
            touched += _faded(pair.pk, last)
    return touched


@transaction.atomic
def _faded(pk: int, last: date) -> bool:
    pair = _locked(pk, State.TOGETHER)
    if pair is None or (pair.talked_on or pair.together_on) != last:
        return False
    end(pair, actor=system_account())
    return True


def _nudge(today: date) -> int:
    touched = 0
    waiting = Pair.objects.filter(state=State.TOGETHER, nudges__lt=2).select_related("round")
    for pair in waiting.filter(Q(talked_on=None) | Q(talked_on__lt=today - RECENT)).iterator():
        weeks = (pair.round.first_nudge_weeks, pair.round.second_nudge_weeks)[pair.nudges]
        if pair.together_on is not None and pair.together_on + timedelta(weeks=weeks) <= today:
            touched += _nudged(pair.pk, pair.nudges)
    return touched


@transaction.atomic
def _nudged(pk: int, before: int) -> bool:
    pair = _locked(pk, State.TOGETHER)
    if pair is None or pair.nudges != before:
        return False
    pair.nudges += 1
    pair.save(update_fields=["nudges"])
    _write(pair, NUDGE)
    return True


def _locked(pk: int, state: str) -> Pair | None:
    found = Pair.objects.select_for_update(of=("self",)).select_related("round__community")
    return found.filter(pk=pk, state=state).first()


def _write(pair: Pair, kind: Kind) -> None:
    partners = pair.partners.filter(answer=Answer.YES)
    if kind is NUDGE:  # who takes a pause is left in peace
        inside = below(pair.round.community)
        partners = partners.exclude(person_id__in=pausing_people(inside, timezone.localdate()))
    people = list(partners.values_list("person_id", flat=True))
    about = f"{ROUND_ABOUT}{pair.round_id}"
    write_to(pair.round.community, kind, about, people, actor=system_account())
