"""What waits is done once, by however many workers; what fails comes back, and is given up in the end."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tejido.accounts.services import system_account
from tejido.foundation import jobs, journal
from tejido.foundation.models import PendingReaction, Tick, Worker
from tejido.foundation.tests import reactions

HERE = "tejido.foundation.tests.reactions"


@dataclass(frozen=True)
class SomethingHappened:
    NAME: ClassVar[str] = "foundation.something_happened"
    number: int


@dataclass(frozen=True)
class SomethingBroke:
    NAME: ClassVar[str] = "foundation.something_broke"
    number: int


@pytest.fixture(autouse=True)
def _wired(settings):
    settings.REACTIONS = f"{HERE}.REACTIONS"
    settings.TICKS = f"{HERE}.TICKS"
    reactions.done.clear()


def announce(*facts: SomethingHappened | SomethingBroke) -> None:
    with transaction.atomic():
        journal.announce_many(facts, actor=system_account())


def at(**later: float) -> Callable[[], object]:
    """A clock that stands so much later."""
    return lambda: timezone.now() + timedelta(**later)


def together(workers: int, deed: Callable[[], object]) -> None:
    """Run `deed` in so many threads, which begin at the same moment."""
    start = threading.Barrier(workers)
    failures: list[BaseException] = []

    def run() -> None:
        try:
            start.wait()
            deed()
        except BaseException as error:  # noqa: BLE001 - handed on to the test below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failures, failures


@pytest.mark.django_db(transaction=True)
def test_no_reaction_is_run_by_two_workers():
    announce(*(SomethingHappened(number) for number in range(40)))

    together(4, journal.pay_all)

    assert Counter(reactions.done) == {f"reaction {number}": 1 for number in range(40)}
    assert not PendingReaction.objects.filter(done_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_no_task_and_no_regular_deed_is_run_by_two_workers():
    for number in range(12):
        reactions.write_report.enqueue(number)

    together(3, lambda: jobs.work(jobs.worker_name()))

    assert Counter(reactions.done) == {
        **{f"report {number}": 1 for number in range(12)},
        "sweep": 1,
        "stumble": 1,
    }


@pytest.mark.django_db(transaction=True)
def test_a_reaction_whose_worker_was_killed_comes_back_with_the_lease():
    announce(SomethingHappened(7))
    PendingReaction.objects.update(not_before=timezone.now() + journal.LEASE)  # claimed, then killed

    assert journal.pay_all() == 0
    assert journal.pay_one(clock=at(minutes=11))
    assert reactions.done == ["reaction 7"]


@pytest.mark.django_db(transaction=True)
def test_a_failing_reaction_waits_longer_each_time_is_given_up_and_can_be_taken_up_again():
    announce(SomethingBroke(1))

    for wait in (0, 2, 7, 24, 90, 400):
        jobs.work("worker", clock=at(minutes=wait))

    assert reactions.done.count("attempt 1") == journal.GIVE_UP_AFTER
    (given_up,) = journal.given_up()
    assert "the handler does not work" in given_up.last_error

    assert jobs.try_again_what_was_given_up() == 1
    assert journal.pay_one()
    assert reactions.done.count("attempt 1") == journal.GIVE_UP_AFTER + 1


@pytest.mark.django_db(transaction=True)
def test_a_regular_deed_comes_again_at_its_time_and_its_failure_stops_nobody():
    assert jobs.work("worker").ticks == 2
    assert jobs.work("worker").ticks == 0
    assert jobs.work("worker", clock=at(minutes=61)).ticks == 2
    assert Counter(reactions.done) == {"sweep": 2, "stumble": 2}
    assert Tick.objects.get(deed=f"{HERE}.sweep").last_error == ""
    assert "the deed does not work" in Tick.objects.get(deed=f"{HERE}.stumble").last_error


@pytest.mark.django_db(transaction=True)
def test_a_failed_task_is_tried_again_later_but_not_for_ever():
    reactions.write_badly.enqueue()
    for _try in range(jobs.TRIES + 1):
        jobs.run_one_task("worker")
        DBTaskResult.objects.update(run_after=timezone.now())
    assert reactions.done == ["badly"] * jobs.TRIES
    (failed,) = jobs.failed_tasks()
    assert "no ink" in failed.traceback


@pytest.mark.django_db(transaction=True)
def test_a_failed_task_is_not_tried_again_at_once():
    reactions.write_badly.enqueue()
    assert jobs.work("worker").tasks == 1
    assert DBTaskResult.objects.get().run_after > timezone.now() + timedelta(seconds=50)


@pytest.mark.django_db(transaction=True)
def test_a_refused_task_is_an_answer_and_is_not_tried_again():
    reactions.write_secretly.enqueue()
    assert jobs.work("worker").tasks == 1
    assert [failed.status for failed in jobs.failed_tasks()] == ["FAILED"]


@pytest.mark.django_db(transaction=True)
def test_the_task_of_a_dead_worker_is_given_back_and_that_of_a_living_one_is_not():
    for number in (1, 2):
        reactions.write_report.enqueue(number)
    dead, alive = DBTaskResult.objects.order_by("enqueued_at")
    for result, worker in ((dead, "dead"), (alive, "alive")):
        result.claim(worker)
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=30))
    Worker.objects.create(name="alive", seen_at=timezone.now())
    Worker.objects.create(name="dead", seen_at=timezone.now() - timedelta(hours=1))

    assert jobs.give_back_orphans() == 1
    assert jobs.work("another").tasks == 1

    assert "report 1" in reactions.done
    assert "report 2" not in reactions.done
    assert set(Worker.objects.values_list("name", flat=True)) == {"alive"}


@pytest.mark.django_db(transaction=True)
def test_a_worker_says_that_it_lives_and_takes_its_leave():
    heart = jobs.Heart("worker")
    heart.start()
    for _try in range(100):
        if Worker.objects.filter(name="worker").exists():
            break
        heart.stopped.wait(0.05)
    assert Worker.objects.filter(name="worker").exists()
    heart.stop()
    assert not Worker.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_done_is_forgotten_but_the_journal_stays():
    announce(SomethingHappened(1), SomethingHappened(2))
    journal.pay_all()
    PendingReaction.objects.filter(entry__payload__number=1).update(
        done_at=timezone.now() - timedelta(days=40)
    )

    jobs.forget_what_is_done()

    assert [owed.entry.payload["number"] for owed in PendingReaction.objects.all()] == [2]
    assert journal.history().count() == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_is_owed_before_it_is_due():
    assert jobs.owed_since() is None
    announce(SomethingHappened(1))
    assert jobs.owed_since() is not None
    journal.pay_all()
    assert jobs.owed_since() is None
