"""Sending what is due: claimed in handfuls, judged, carried, written down one by one.

Any number of workers may do it at once. A worker that is killed between the mail server's yes and the line that
says so sends that one message again after LEASE; its Message-ID is the same, so that mail programs show it once.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from tejido.messages.hours import after_quiet, next_digest
from tejido.messages.kinds import DIGEST, Kind, kind_of
from tejido.messages.models import Batch, Message
from tejido.messages.selectors import Standing, standing_of
from tejido.messages.services.carriers import CARRIERS, Carrier, NotCarried
from tejido.messages.services.digests import gather_digests

LEASE = timedelta(minutes=10)
FIRST_WAIT = timedelta(minutes=1)  # then 4, 16, 64, 256 minutes
TRIES = 6
HANDFUL = 50
State = Message.State
Clock = Callable[[], datetime]


@task()
def send_waiting() -> None:
    """Send everything that is due. Enqueued by whoever puts something into the queue."""
    send_due()


def set_off() -> None:
    """Let a worker begin as soon as what was queued is there to be read."""
    send_waiting.enqueue()


def send_all_due() -> None:
    """What `tejido work` does every minute: digests whose day has come, then everything that is due."""
    gather_digests()
    send_due()


def send_due(*, clock: Clock | None = None) -> int:
    """Send every message that is due now. Returns how many went out."""
    clock = clock or timezone.now
    sent = 0
    while True:
        mine = _claim(clock())
        if not mine:
            return sent
        sent += _send(mine, clock)


def _due(now: datetime) -> Q:
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    return free & Q(state__in=[State.WAITING, State.SCHEDULED], not_before__lte=now)


def _claim(now: datetime) -> list[Message]:
    """A handful of messages that are ours until LEASE has passed; the oldest first."""
    waiting = Message.objects.filter(_due(now), channel__in=CARRIERS).order_by("not_before", "pk")
    keys = list(waiting.values_list("pk", flat=True)[:HANDFUL])
    claim = uuid.uuid4()
    Message.objects.filter(_due(now), pk__in=keys).update(claim=claim, claimed_until=now + LEASE)
    mine: QuerySet[Message] = Message.objects.filter(claim=claim).select_related("batch", "person")
    return list(mine.order_by("not_before", "pk"))


def _send(messages: Sequence[Message], clock: Clock) -> int:
    standing = standing_of(messages, clock())
    carriers: dict[str, Carrier] = {}
    silent: dict[str, NotCarried] = {}  # channels that nothing can go by now
    sent = 0
    try:
        for message in messages:
            if not _judged(message, standing, clock()):
                continue
            if message.channel in silent:
                _not_carried(message, silent[message.channel], clock())
                continue
            carrier = carriers.setdefault(message.channel, CARRIERS[message.channel]())
            try:
                _carry(message, carrier, standing, clock)
                sent += 1
            except NotCarried as trouble:
                _not_carried(message, trouble, clock())
                if trouble.nobody:
                    silent[message.channel] = trouble
    finally:
        for carrier in carriers.values():
            carrier.close()
    return sent


# Judging: whether it goes now, later, or not at all


def _judged(message: Message, standing: Standing, now: datetime) -> bool:
    """Whether the message goes out now. Where it does not, what becomes of it is written down."""
    kind = kind_of(message.batch.kind)
    if kind is None:
        return _settle(message, State.FAILED, "unknown_kind")
    if kind.unwanted is not None and kind.unwanted(message):
        return _settle(message, State.CANCELLED, "not_wanted")
    if not standing.address(message):
        return _settle(message, State.FAILED, "no_address")
    if kind.always:
        return True
    if standing.stopped(message):
        return _settle(message, State.CANCELLED, "stopped")
    return _in_time(message, kind, standing, now)


def _in_time(message: Message, kind: Kind, standing: Standing, now: datetime) -> bool:
    """Quiet hours and the limit of a week, by the reader's own clock."""
    wishes = standing.wishes(message)
    zone = wishes.time_zone or message.batch.time_zone
    due = after_quiet(now, zone, wishes.quiet_from, wishes.quiet_to)
    if due > now:
        _put_off(message, State.SCHEDULED, due)
        return False
    counted = message.person_id is not None and kind is not DIGEST
    if counted and standing.sent.get(message.person_id or 0, 0) >= wishes.per_week:
        _put_off(message, State.HELD, next_digest(now, zone))
        return False
    return True


# Writing down


def _carry(message: Message, carrier: Carrier, standing: Standing, clock: Clock) -> None:
    """Bring it out and write down that it is. Raises NotCarried."""
    folded = _wanted_of(message)
    if message.batch.kind == DIGEST.key and not folded:
        _settle(message, State.CANCELLED, "not_wanted")
        raise NotCarried("not_wanted")
    to = standing.address(message)
    outside_id = carrier.carry(message, to, folded)
    with transaction.atomic():
        _went_out([message.pk], clock(), address=to, outside_id=outside_id)
        _went_out([one.pk for one in folded], clock(), address=to)
        _forget_discreet([message, *folded], "done")
    if message.person_id and message.batch.kind != DIGEST.key:
        standing.sent[message.person_id] = standing.sent.get(message.person_id, 0) + 1


def _went_out(keys: Sequence[int], now: datetime, **more: str) -> None:
    Message.objects.filter(pk__in=keys).update(
        state=State.SENT, sent_at=now, trouble="", trouble_detail="", claim=None, claimed_until=None, **more
    )


def _wanted_of(digest: Message) -> list[Message]:
    """What a digest carries and is still wanted; what is not is cancelled."""
    if digest.batch.kind != DIGEST.key:
        return []
    rows = Message.objects.filter(folded_into=digest, state=State.HELD)
    wanted = []
    for row in rows.select_related("batch", "person").order_by("pk"):
        kind = kind_of(row.batch.kind)
        if kind is None or (kind.unwanted is not None and kind.unwanted(row)):
            _settle(row, State.CANCELLED, "not_wanted")
        else:
            wanted.append(row)
    return wanted


def _not_carried(message: Message, trouble: NotCarried, now: datetime) -> None:
    """Another try after a pause, or the end of it."""
    if message.state == State.CANCELLED:
        return
    tries = message.tries + 1
    if not trouble.again or tries >= TRIES:
        Message.objects.filter(pk=message.pk).update(tries=tries)
        _settle(message, State.FAILED, trouble.code, trouble.detail)
        return
    Message.objects.filter(pk=message.pk).update(
        state=State.WAITING,
        tries=tries,
        not_before=now + FIRST_WAIT * 4 ** (tries - 1),
        trouble=trouble.code,
        trouble_detail=trouble.detail,
        claim=None,
        claimed_until=None,
    )


def _put_off(message: Message, state: str, until: datetime) -> None:
    Message.objects.filter(pk=message.pk).update(
        state=state, not_before=until, claim=None, claimed_until=None
    )


def _settle(message: Message, state: str, trouble: str, detail: str = "") -> bool:
    """The message will not go out, for this reason, nor what it carries if it is a digest. Always False."""
    message.state = state
    Message.objects.filter(pk=message.pk).update(
        state=state, trouble=trouble, trouble_detail=detail, claim=None, claimed_until=None
    )
    carried = list(Message.objects.filter(folded_into=message, state=State.HELD).select_related("batch"))
    Message.objects.filter(pk__in=[one.pk for one in carried]).update(
        state=state, trouble=trouble, trouble_detail=detail
    )
    _forget_discreet([message, *carried], "given_up")
    return False


def _forget_discreet(messages: Sequence[Message], counter: str) -> None:
    """Of a discreet batch only a number is kept: the row would tell to whom it went, and when."""
    for message in messages:
        if message.batch.discreet:
            Batch.objects.filter(pk=message.batch_id).update(**{counter: F(counter) + 1})
            Message.objects.filter(pk=message.pk).delete()
