"""What answers cost: 200 people at once, answers made again from their XML, results of many.

    python tests/benchmarks/instruments_bench.py [how many answers, 10000]

In a database of its own, gone afterwards. Wants: 200 at once within 10 s, each stored once, p95 below 2 s; 10 000 answers made
again within 20 s.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE, THREADS = 200, 16


@contextmanager
def timed(what: str):
    begun = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - begun:.2f} s")


def main(number: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from tejido.accounts.services import system_account
    from tejido.instruments import selectors, services
    from tejido.instruments.models import Response
    from tejido.instruments.tests import factories as make

    system, collection, took = system_account(), make.collection(link=True), []
    sent = [
        make.sent(collection, useful="si", mark="4", uses="kit guide", give="tiempo") for _ in range(number)
    ]

    def post(one) -> None:
        begun = time.perf_counter()
        services.ingest(one, actor=system)
        took.append(time.perf_counter() - begun)

    with timed(f"{AT_ONCE} at once"), ThreadPoolExecutor(THREADS) as crowd:
        list(crowd.map(post, sent[:AT_ONCE]))
    print(f"  p95 {sorted(took)[int(AT_ONCE * 0.95) - 1]:.2f} s, stored {Response.objects.count()}")
    with timed(f"{number - AT_ONCE} one after the other"):
        for one in sent[AT_ONCE:]:
            services.ingest(one, actor=system)
    with timed(f"{number} made again"):
        assert services.derive_again(collection.version.instrument, actor=system) == number
    with timed("results"):
        selectors.results_of(collection, "", suppress=False)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"TEJIDO_DATA": folder, "DJANGO_SETTINGS_MODULE": "tejido.config.settings"}
        sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
