"""How long it takes to propose buddies among 2 000 teachers, from the database to the proposals in it, beside the obvious ways.

    PYTHONPATH=src:. .venv/bin/python tests/benchmarks/pairing_bench.py [--people 2000] [--growth]

Makes a data folder of its own with so many teachers at schools of their own (60 topics, four offered and three wanted each), and
opens a round by `buddies.services.open_round`. Then the same prices go to a greedy choice (cheapest two first) and, at 120 people,
to networkx. Processor seconds of one run, so ratios are sound beside other work. Exit code 1 above 5 s, or where greedy is cheaper.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from random import Random
from typing import Any

BAR_SECONDS, SMALL = 5.0, 120


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    return (found := work(), time.process_time() - start)[1], found


def start(folder: str) -> None:
    os.environ["TEJIDO_DATA"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tejido.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from tejido.accounts.services import system_account
    from tejido.directory.services import seed_reference

    seed_reference(actor=system_account())


def planted(number: int) -> Any:
    """A network with so many teachers who would like a buddy."""
    from django.utils import timezone

    from tejido.accounts.services import system_account
    from tejido.buddies.models import Profile
    from tejido.communities.models import Membership
    from tejido.communities.services import found_community
    from tejido.directory.models import Person, Post, School, Skill, Topic

    draw, today = Random(number), timezone.localdate()
    network = found_community({"name": f"{number}", "kind": "network"}, actor=system_account())
    people = Person.objects.bulk_create(
        (Person(given_names=f"T{n}", search_name=f"t{n}") for n in range(number)), batch_size=500
    )
    schools = School.objects.bulk_create(
        (
            School(
                name=f"S{n}", search_name=f"s{n}", sector=draw.choice(["public", "private"]),
                latitude=4 + draw.uniform(-2, 2), longitude=-74 + draw.uniform(-2, 2),
            )
            for n in range(number)
        ),
        batch_size=500,
    )  # fmt: skip
    levels = ("primary", "secondary")
    rows = list(zip(people, schools, strict=True))
    Post.objects.bulk_create(
        (Post(person=p, school=s, level=draw.choice(levels)) for p, s in rows), batch_size=500
    )
    Membership.objects.bulk_create(
        (Membership(community=network, person=p, starts_on=today) for p in people), batch_size=500
    )
    topics = list(Topic.objects.all())
    Skill.objects.bulk_create(
        (
            Skill(person=p, topic=topic, side=side)
            for p in people
            for side, many in (("offered", 4), ("wanted", 3))
            for topic in draw.sample(topics, many)
        ),
        batch_size=500,
    )
    Profile.objects.bulk_create(
        (
            Profile(person=p, token_hash=f"{number}-{p.pk}", open_to_buddy=True, answered_at=timezone.now())
            for p in people
        ),
        batch_size=500,
    )
    return network


def greedy(table: Any) -> float:
    """The cheapest two first, then the cheapest two of the others."""
    import numpy as np

    one, other = np.nonzero(np.triu(np.isfinite(table), 1))
    taken, price = np.zeros(len(table), dtype=bool), 0.0
    for at in np.argsort(table[one, other], kind="stable").tolist():
        a, b = one[at], other[at]
        if not taken[a] and not taken[b]:
            taken[a] = taken[b] = True
            price += float(table[a, b])
    return price


def by_networkx(table: Any) -> float:
    import networkx as nx
    import numpy as np

    one, other = np.nonzero(np.triu(np.isfinite(table), 1))
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        (a, b, -float(table[a, b])) for a, b in zip(one.tolist(), other.tolist(), strict=True)
    )
    pairs = nx.max_weight_matching(graph, maxcardinality=True)
    return float(sum(table[a, b] for a, b in pairs))


def measure(number: int) -> bool:
    from tejido.accounts.services import system_account
    from tejido.buddies.selectors.matching import people_for_buddies, prices
    from tejido.buddies.services import open_round
    from tejido.buddies.services.rounds import CANDIDATES
    from tejido_analytics.pairing import buddies

    network = planted(number)
    read, people = timed(lambda: people_for_buddies(network))
    priced, (table, _km) = timed(lambda: prices(people))
    keys = [str(key) for key in people.ids]
    matched, found = timed(lambda: buddies(keys, table, candidates=CANDIDATES))
    simple, price = timed(lambda: greedy(table))
    whole, _round = timed(lambda: open_round(network, actor=system_account()))
    print(
        f"{number:5} people: service {whole:.2f} s (read {read:.2f}, prices {priced:.2f}, matching {matched:.2f}), "
        f"{len(found.groups)} pairs at {found.price:.0f}; greedy {simple:.2f} s at {price:.0f}"
    )
    if number <= SMALL:
        exact, best = timed(lambda: buddies(keys, table))
        theirs, same = timed(lambda: by_networkx(table))
        print(
            f"      exact {exact:.2f} s at {best.price:.1f}; networkx {theirs:.2f} s at {same:.1f}: "
            f"{theirs / matched:.0f} times ours, whose price is {found.price - best.price:.1f} above the least"
        )
    return whole <= BAR_SECONDS and found.price <= price


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--growth", action="store_true")
    asked = parser.parse_args()
    sizes = [SMALL, *((1000,) if asked.growth else ()), asked.people, *((4000,) if asked.growth else ())]
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        kept = [measure(number) for number in sizes if number <= asked.people] + [
            measure(number) is not None for number in sizes if number > asked.people
        ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
