"""Long work on an import: who has it, how far it is, whether it was asked to stop.

One worker has an import at a time: it holds a lease that it renews with every batch. A worker that is killed keeps it
for LEASE; then anybody may go on from the last batch that was committed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.foundation.errors import Refusal
from tejido.imports.models import ImportRun

LEASE = timedelta(seconds=30)
PAUSE_S = (
    0.11  # SQLite's waiting writers look every 100 ms: so long the lock is left alone between two batches
)


class Stopped(Exception):
    """Somebody asked the work to stop; what was committed stays, hidden, until it goes on or is undone."""


_watchers: list[Callable[[int, int], None]] = []
_released = [0.0]  # when this process last let go of the lock, by time.monotonic()


@contextmanager
def batch() -> Iterator[None]:
    """A short transaction among many. Begins when others have had time to write since the last one ended.

    Work that needs no lock stands between two of them: the time that it takes counts.
    """
    if not connection.in_atomic_block:  # inside one (a test, a caller's own) there is nothing to let go of
        time.sleep(max(0.0, PAUSE_S - (time.monotonic() - _released[0])))
    with transaction.atomic():
        yield
    _released[0] = time.monotonic()


@contextmanager
def holding(run: ImportRun) -> Iterator[ImportRun]:
    """Have the import to oneself. Raises Refusal("busy") where another worker has it."""
    now = timezone.now()
    free = ImportRun.objects.filter(Q(busy_until=None) | Q(busy_until__lt=now), pk=run.pk)
    if not free.update(busy_until=now + LEASE):
        raise Refusal(
            "busy",
            _("This import is being worked on at this moment. Wait half a minute and look again."),
        )
    run.refresh_from_db()
    try:
        yield run
    finally:
        ImportRun.objects.filter(pk=run.pk).update(busy_until=None)


@contextmanager
def watching(told: Callable[[int, int], None]) -> Iterator[None]:
    """Let `told(done, total)` hear of the progress of this process's work, besides the database."""
    _watchers.append(told)
    try:
        yield
    finally:
        _watchers.remove(told)


def progress(run: ImportRun, done: int, total: int) -> None:
    """Say how far it is and renew the lease. Call in the transaction of the batch. Raises Stopped."""
    for told in _watchers:
        told(done, total)
    ImportRun.objects.filter(pk=run.pk).update(done=done, total=total, busy_until=timezone.now() + LEASE)
    if (
        run.state == ImportRun.State.APPLYING
        and ImportRun.objects.filter(pk=run.pk, stop_asked=True).exists()
    ):
        raise Stopped


@transaction.atomic
def move_to(run: ImportRun, state: str, **changes: object) -> None:
    """The import enters a state."""
    ImportRun.objects.filter(pk=run.pk).update(state=state, **changes)
    run.refresh_from_db()
