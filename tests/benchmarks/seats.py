"""Who sat where in a made-up programme of any size, for benchmarks; and how much memory a piece of work takes.

Heavy-tailed sizes of gatherings; four seats in five go to people of the gathering's own district of 58.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from tejido_analytics.network.projection import Seats, projected
from tejido_analytics.network.ties import Network

LAST_DAY = dt.date(2024, 12, 31)


def seats_of(people: int, gatherings: int, seed: int = 1) -> Seats:
    """Some eleven seats for each gathering, over two years."""
    draw = np.random.default_rng(seed)
    districts = max(1, people // 58)
    size = np.minimum((7 + draw.pareto(2.5, gatherings) * 8.5).astype(np.int64), 60)
    gathering = np.repeat(np.arange(gatherings), size)
    near = gathering % districts + districts * draw.integers(0, people // districts, len(gathering))
    who = np.where(draw.random(len(gathering)) < 0.8, near, draw.integers(0, people, len(gathering)))
    once = np.unique(gathering * np.int64(people) + who)
    gathering, who = once // people, once % people
    taken = np.bincount(gathering, minlength=gatherings)
    gathering, who = gathering[taken[gathering] > 1], who[taken[gathering] > 1]
    _kept, gathering = np.unique(gathering, return_inverse=True)
    size = np.bincount(gathering)
    day = np.datetime64(LAST_DAY) - draw.integers(0, 730, len(size)).astype("timedelta64[D]")
    return Seats(who, gathering, size, day.astype("datetime64[D]"))


def names_of(people: int) -> list[str]:
    return [f"p{number:06}" for number in range(people)]


def network_of(people: int, gatherings: int) -> Network:
    return projected(names_of(people), seats_of(people, gatherings), LAST_DAY)


def measured(work: Callable[[], object], warm: Callable[[], object] | None = None) -> tuple[float, float]:
    """Processor seconds and the most memory above what was there before (MB), in a process of its own.

    warm: done before, so that loading and compiling count for nothing.
    """
    here, there = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=_run, args=(work, warm, there))
    child.start()
    there.close()
    seconds, megabytes = here.recv()
    child.join()
    return seconds, megabytes


def _run(work: Callable[[], object], warm: Callable[[], object] | None, answer: Connection) -> None:
    if warm is not None:
        warm()
    Path("/proc/self/clear_refs").write_text("5")  # the high-water mark starts anew
    before, start = _memory("VmRSS"), time.process_time()
    result = work()
    seconds = time.process_time() - start
    answer.send((seconds, max(0.0, _memory("VmHWM") - before)))
    del result


def _memory(line: str) -> float:
    """MB, by the kernel's account of this process."""
    told = Path("/proc/self/status").read_text().split(f"{line}:")[1]
    return int(told.split()[0]) / 1024
