"""igraph with a fixed seed: its random numbers come from one source per process, so it is lent out and given back."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_one_at_a_time = threading.Lock()


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Within the block igraph draws from a generator of its own that starts at `seed`; afterwards from `random` again.

    Not re-entrant; other threads wait.

    >>> import igraph
    >>> with seeded(1):
    ...     first = igraph.Graph.Erdos_Renyi(n=9, m=9).get_edgelist()
    >>> with seeded(1):
    ...     igraph.Graph.Erdos_Renyi(n=9, m=9).get_edgelist() == first
    True
    """
    import igraph

    with _one_at_a_time:
        igraph.set_random_number_generator(random.Random(seed))
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)
