"""The weekly digest: what was too much for a week, in one letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from tejido.accounts.services import system_account
from tejido.messages.kinds import DIGEST
from tejido.messages.models import Batch, Message
from tejido.messages.selectors import filled


def gather_digests(*, clock: Callable[[], datetime] | None = None) -> int:
    """Make one digest for every person and channel whose day has come. Returns how many; sends nothing."""
    now = (clock or timezone.now)()
    held = Message.objects.filter(state=Message.State.HELD, folded_into=None, not_before__lte=now)
    by_reader: dict[tuple[int, str], list[Message]] = defaultdict(list)
    for row in held.select_related("batch", "person", "person__user").order_by("pk"):
        if row.person_id:
            by_reader[row.person_id, row.channel].append(row)
    return sum(_gather(rows, now) for rows in by_reader.values())


def _gather(rows: list[Message], now: datetime) -> bool:
    """One digest for the rows of one reader; False where another worker made it first."""
    newest = rows[-1]
    assert newest.person is not None
    key = f"digest:{newest.person_id}:{newest.channel}:{rows[0].pk}"
    try:
        with transaction.atomic():
            batch = Batch.objects.create(
                key=key,
                kind=DIGEST.key,
                channel=newest.channel,
                time_zone=newest.batch.time_zone,
                by=system_account(),
                people=1,
            )
            digest = Message.objects.create(batch=batch, not_before=now, **_words(newest))
            Message.objects.filter(pk__in=[row.pk for row in rows]).update(folded_into=digest)
    except IntegrityError:
        return False
    return True


def _words(newest: Message) -> dict[str, object]:
    person = newest.person
    assert person is not None
    with override(newest.language):
        subject, text = filled(DIGEST.words(newest.language), {"name": person.given_names})
    return {
        "person": person,
        "channel": newest.channel,
        "language": newest.language,
        "subject": subject,
        "text": text,
    }
