"""Handlers and regular deeds that the tests of the worker wire in, and what they did."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

from django_tasks import task

from tejido.foundation.errors import Refusal

REACTIONS = {
    "foundation.something_happened": ["tejido.foundation.tests.reactions.on_something_happened"],
    "foundation.something_broke": ["tejido.foundation.tests.reactions.on_something_broke"],
}
TICKS = {
    "tejido.foundation.tests.reactions.sweep": timedelta(hours=1),
    "tejido.foundation.tests.reactions.stumble": timedelta(hours=1),
}
done: list[str] = []
_lock = threading.Lock()


def note(what: str) -> None:
    with _lock:
        done.append(what)


def on_something_happened(number: int) -> None:
    time.sleep(0.002)  # long enough for another worker to come by
    note(f"reaction {number}")


def on_something_broke(number: int) -> None:
    note(f"attempt {number}")
    raise ValueError("the handler does not work")


def sweep() -> None:
    note("sweep")


def stumble() -> None:
    note("stumble")
    raise ValueError("the deed does not work")


@task()
def write_report(number: int) -> None:
    note(f"report {number}")


@task()
def write_badly() -> None:
    note("badly")
    raise ValueError("no ink")


@task()
def write_secretly() -> None:
    note("secretly")
    raise Refusal("no_paper", "There is no paper. Bring some.")
