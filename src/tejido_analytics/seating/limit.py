"""How long a search may go on."""

from __future__ import annotations

import time

CHUNK = 8192  # moves between two looks at the clock


class Limit:
    """How long to search: seconds of this thread's processor time, or a number of moves."""

    def __init__(self, seconds: float, steps: int | None) -> None:
        if seconds < 0 or (steps is not None and steps < 0):
            raise ValueError("seconds and steps are not negative")
        self.seconds, self.steps = seconds, steps
        self.began, self.done = time.thread_time(), 0

    def start(self) -> None:
        """Everything is ready: the time counts from now."""
        self.began = time.thread_time()

    def spent(self) -> float:
        """The share of the limit that is used up, 0 and more."""
        if self.steps is not None:
            return self.done / self.steps if self.steps else 1.0
        return (time.thread_time() - self.began) / self.seconds if self.seconds else 1.0

    def chunk(self) -> int:
        """So many moves until the next look."""
        return CHUNK if self.steps is None else max(1, min(CHUNK, self.steps // 100))
