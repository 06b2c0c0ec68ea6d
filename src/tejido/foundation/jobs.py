"""What is done beside the pages: owed reactions, long tasks, and what is done again and again.

Any number of workers may run on one database: every piece is claimed by one UPDATE, or by
django-tasks' own claim. A worker that is killed loses nothing: its reaction comes back with the
lease, its task when its heart has been silent for SILENT.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult

from tejido.foundation import journal
from tejido.foundation.models import JournalEntry, PendingReaction, Tick, Worker

HEARTBEAT = timedelta(seconds=20)
SILENT = timedelta(minutes=2)  # a worker not seen for so long is dead
FIRST_WAIT = timedelta(minutes=1)  # of a task that failed; then 4, 16 minutes
TRIES = 4
KEEP_DONE = timedelta(days=30)
Clock = Callable[[], datetime]
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Done:
    """What a round of work did, in counts."""

    reactions: int = 0
    tasks: int = 0
    ticks: int = 0

    def __bool__(self) -> bool:
        return bool(self.reactions or self.tasks or self.ticks)


def worker_name() -> str:
    """A name for a worker of this process: machine, process, chance. At most 64 characters."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{get_random_string(6)}"


def work(worker: str, *, going_on: Callable[[], bool] = lambda: True, clock: Clock = timezone.now) -> Done:
    """Do everything that is due, until nothing is or `going_on` says no. Refreshes nothing by itself."""
    done = Done()
    while going_on():
        if journal.pay_one(clock=clock):
            done.reactions += 1
        elif run_one_tick(clock=clock):
            done.ticks += 1
        elif run_one_task(worker, clock=clock):
            done.tasks += 1
        else:
            break
    return done


def run_one_tick(*, clock: Clock = timezone.now) -> bool:
    """Run one deed of config/ticks.py that is due. True if there was one.

    A deed that fails is written down for `tejido doctor` and comes again at its time.
    """
    every: dict[str, timedelta] = import_string(settings.TICKS)
    now = clock()
    known = set(Tick.objects.filter(deed__in=every).values_list("deed", flat=True))
    Tick.objects.bulk_create(
        [Tick(deed=deed, due_at=now) for deed in every if deed not in known], ignore_conflicts=True
    )
    due = Tick.objects.filter(deed__in=every, due_at__lte=now).order_by("due_at").first()
    if due is None:
        return False
    claim = Tick.objects.filter(deed=due.deed, due_at=due.due_at)
    if not claim.update(due_at=now + every[due.deed]):
        return True  # another worker was quicker
    error = ""
    try:
        import_string(due.deed)()
    except Exception as failure:  # noqa: BLE001 - one failing deed must not stop the others
        error = repr(failure)[:4000]
    Tick.objects.filter(deed=due.deed).update(ran_at=clock(), last_error=error)
    return True


def run_one_task(worker: str, *, clock: Clock = timezone.now) -> bool:
    """Run one task that is ready. True if there was one.

    A task that fails is tried again after a minute, then 4, then 16; so a task must be safe to
    run again after it broke off. A Refusal is an answer, not an accident: it is not tried again.
    """
    if not DBTaskResult.objects.ready().exists():  # asking is free; claiming takes SQLite's one lock
        return False
    started = timezone.now()
    TaskRunner(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=worker,
        excluded_queue_names=[],
    ).run()
    for task in DBTaskResult.objects.failed().filter(finished_at__gte=started):
        if task.worker_ids[-1] == worker:
            _try_again(task, clock=clock)
    return True


def _try_again(task: Any, *, clock: Clock) -> None:
    """Make `task` ready again after a pause, unless it was refused or tried often enough."""
    tries = len(task.worker_ids)
    if tries >= TRIES or task.exception_class_path.startswith("tejido.foundation.errors."):
        return
    same = DBTaskResult.objects.filter(pk=task.pk, status=task.status)
    same.update(
        status=TaskResultStatus.READY,
        run_after=clock() + FIRST_WAIT * 4 ** (tries - 1),
        finished_at=None,
    )


def failed_tasks() -> Any:
    """Tasks that failed for good, newest first (``tejido doctor`` names them)."""
    return DBTaskResult.objects.failed().order_by("-finished_at")


def try_again_what_was_given_up(*, clock: Clock = timezone.now) -> int:
    """Owe again the reactions and make ready again the tasks that were given up. Returns how many."""
    reactions = journal.given_up().update(failures=0, not_before=clock(), last_error="")
    tasks = failed_tasks().update(
        status=TaskResultStatus.READY, run_after=clock(), worker_ids=[], finished_at=None
    )
    return int(reactions + tasks)


def give_back_orphans(*, clock: Clock = timezone.now) -> int:
    """Make ready again the tasks whose worker was killed. Returns how many. Forgets dead workers."""
    alive = set(Worker.objects.filter(seen_at__gt=clock() - SILENT).values_list("name", flat=True))
    given_back = 0
    for task in DBTaskResult.objects.running().filter(started_at__lte=clock() - SILENT):
        if task.worker_ids and task.worker_ids[-1] in alive:
            continue
        given_back += 1
        if len(task.worker_ids) >= TRIES:
            task.set_failed(RuntimeError("its worker was killed each time"))
        else:
            DBTaskResult.objects.filter(pk=task.pk, status=task.status).update(
                status=TaskResultStatus.READY, run_after=clock()
            )
    Worker.objects.filter(seen_at__lte=clock() - SILENT * 10).delete()
    return given_back


def forget_what_is_done(*, clock: Clock = timezone.now) -> None:
    """Delete paid reactions and finished tasks of more than KEEP_DONE ago, and dead sessions.

    The journal stays: it is the history that people read.
    """
    from django.contrib.sessions.models import Session

    before = clock() - KEEP_DONE
    PendingReaction.objects.filter(done_at__lt=before).delete()
    DBTaskResult.objects.successful().filter(finished_at__lt=before).delete()
    Session.objects.filter(expire_date__lt=clock()).delete()


def owed_since(*, clock: Clock = timezone.now) -> datetime | None:
    """Since when the oldest reaction that is due has waited, or None. For `tejido doctor`."""
    owed = PendingReaction.objects.filter(
        done_at=None, not_before__lte=clock(), failures__lt=journal.GIVE_UP_AFTER
    )
    waiting: JournalEntry | None = (
        JournalEntry.objects.filter(reactions__in=owed).order_by("id").first() if owed.exists() else None
    )
    return waiting.happened_at if waiting else None


class Heart(threading.Thread):
    """Says every HEARTBEAT that `worker` lives, also during a long task."""

    def __init__(self, worker: str) -> None:
        super().__init__(daemon=True)
        self.worker = worker
        self.stopped = threading.Event()

    def run(self) -> None:
        while True:
            try:
                Worker.objects.update_or_create(name=self.worker, defaults={"seen_at": timezone.now()})
            except DatabaseError:
                log.warning("The heartbeat of %s was not written; the next one tries again.", self.worker)
            finally:
                connection.close()
            if self.stopped.wait(HEARTBEAT.total_seconds()):
                break

    def stop(self) -> None:
        """End, and take the worker's name out of the list."""
        self.stopped.set()
        self.join()
        Worker.objects.filter(name=self.worker).delete()
