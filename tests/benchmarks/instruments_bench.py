"""What answers cost: 200 people at once on a real server, answers made again from their XML, results of many.

    python tests/benchmarks/instruments_bench.py [--people 200] [--within 10] [--answers 10000] [--processes 2]

Starts `tejido serve` (SQLite; PostgreSQL where DATABASE_URL is set) on a data folder of its own. Each of 200 people has a link of
their own and a phone with ODK Collect. They come one by one, evenly within 10 s, whether or not those before them are through:
first all by the page (GET, then POST), then all by the phone (HEAD, then POST). Server and people share this machine's cores.

Exit code 1 where something is missed: an answer that is refused, lost or doubled; a request whose p95 is not below 2 s; 10 000
answers not made again within 20 s.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[2]
MOST_P95_S, MOST_AGAIN_S = 2.0, 20.0
WORLD = """
from tejido.accounts.services import system_account
from tejido.communities.models import Community, Membership
from tejido.communities.tests.factories import CommunityFactory, MembershipFactory
from tejido.directory.models import Person
from tejido.instruments import selectors, services
from tejido.instruments.models import Collection, Response
from tejido.instruments.tests import factories as make
system = system_account()
community = CommunityFactory(name="Red")
people = [MembershipFactory(community=community).person for _ in range(given["people"])]
by_page = make.collection(community)
by_phone = make.collection(community, make.brought((make.TICKET % "1").replace("ticket", "salida")))
links = services.personal_links(by_page, actor=system)
phones = [services.connect_phone(one, community, "phone", actor=system) for one in people]
answer = {
    "links": [links[one.pk] for one in people],
    "servers": [selectors.settings_of(one)["general"]["server_url"] for one in phones],
}
"""
COUNT = """
rows = Response.objects.filter(collection=by_page if given["path"] == "page" else by_phone)
answer = {"kept": rows.count(), "counted": rows.filter(state="accepted").count(), "people": rows.values("person").distinct().count()}
"""
FILL = """
more = make.collection(community, make.brought((make.TICKET % "1").replace("ticket", "many")), many=True)
for number in range(given["answers"]):
    services.ingest(make.sent(more, useful="si", mark="4", uses="kit guide", give="tiempo"), actor=system)
"""
AGAIN = "answer = services.derive_again(more.version.instrument, actor=system)"
RESULTS = 'selectors.results_of(more, "", suppress=False)'


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--within", type=float, default=10.0, help="seconds")
    parser.add_argument("--answers", type=int, default=10_000, help="made again; 0 leaves that out")
    parser.add_argument("--processes", type=int, default=2, help="of the server")
    told = parser.parse_args()
    from tests.protocols.installation import served

    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), "--processes", str(told.processes)) as running,
    ):
        world = running.ask(WORLD, people=told.people)
        missed = []
        for door in (
            f"{running.url}/a/nobody/",
            f"{world['servers'][0]}/formList",
        ) * 8:  # a server that runs since the morning
            ask("GET", door)
        for path, deed, doors in (("page", by_page, world["links"]), ("phone", by_phone, world["servers"])):
            before = processor_seconds(Path(folder))
            took = come(deed, doors, told.within)
            spent = processor_seconds(Path(folder)) - before
            kept = running.ask(COUNT, path=path)
            missed += said(path, took, kept, told.people)
            print(f"  the server worked {1000 * spent / told.people:.0f} ms for each")
        if told.answers:
            missed += again(running, told.answers)
    print("\n".join(missed) or "everything within its measure")
    return 1 if missed else 0


def come(deed: Callable[[str], dict[str, float]], doors: list[str], within: float) -> dict[str, list[float]]:
    """Seconds of every request, by its kind; a request that was refused raises."""
    begun = time.perf_counter()

    def one(numbered: tuple[int, str]) -> dict[str, float]:
        number, door = numbered
        time.sleep(max(0.0, begun + within * number / len(doors) - time.perf_counter()))
        return deed(door)

    found: dict[str, list[float]] = defaultdict(list)
    with ThreadPoolExecutor(len(doors)) as crowd:
        for took in crowd.map(one, enumerate(doors)):
            for kind, seconds in took.items():
                found[kind].append(seconds)
    found["all"] = [time.perf_counter() - begun]
    return found


def by_page(link: str) -> dict[str, float]:
    """Somebody opens the link and sends the form, with a browser's cookie."""
    took: dict[str, float] = {}
    with timed(took, "page GET"):
        status, headers, body = ask("GET", link)
    assert status == 200, status
    hidden = dict(
        re.findall(r'name="(_id|_begun|_spoken|csrfmiddlewaretoken)"\s+value="([^"]*)"', body.decode())
    )
    form = hidden | {"q/useful": "si", "q/mark": "4", "q/uses": "kit", "q/give": "tiempo"}
    own = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": headers["Set-Cookie"].partition(";")[0],
        "Origin": "{0.scheme}://{0.netloc}".format(urlsplit(link)),
    }
    with timed(took, "page POST"):
        status, headers, body = ask("POST", link, urlencode(form).encode(), own)
    assert (status, "came=stored" in str(headers["Location"])) == (302, True), (status, body[-2000:])
    return took


def by_phone(server: str) -> dict[str, float]:
    """ODK Collect sends what was filled in."""
    from tests.protocols.phone import Collect

    phone, took = Collect(server), dict[str, float]()
    xml = (
        '<data id="salida" version="1" xmlns:orx="http://openrosa.org/xforms"><useful>si</useful><mark>4</mark><uses>kit guide</uses>'
        f"<give>tiempo</give><orx:meta><orx:instanceID>uuid:{uuid.uuid4()}</orx:instanceID></orx:meta></data>"
    )
    with timed(took, "phone HEAD"):
        head = phone.request("HEAD", f"{server}/submission")
    with timed(took, "phone POST"):
        reply = phone.post(xml.encode(), {})
    assert (head.status, reply.status) == (204, 201), (head.status, reply.status)
    return took


def ask(method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Any:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    connection.request(method, parts.path, body, headers or {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.headers, content


@contextmanager
def timed(into: dict[str, float], kind: str):
    begun = time.perf_counter()
    yield
    into[kind] = time.perf_counter() - begun


def processor_seconds(folder: Path) -> float:
    """Of all processes that work on the data in `folder`. Linux; elsewhere 0."""
    told, mark = 0.0, str(folder).encode()
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (place / "environ").read_bytes():
                told += sum(map(int, (place / "stat").read_text().rpartition(")")[2].split()[11:13]))
        except OSError:  # it ended meanwhile, or is somebody else's
            continue
    return told / os.sysconf("SC_CLK_TCK")


def said(path: str, took: dict[str, list[float]], kept: dict[str, int], people: int) -> list[str]:
    """Print what it took; what was missed."""
    missed = []
    print(f"{people} people by the {path}: through after {took.pop('all')[0]:.1f} s; kept {kept}")
    for kind, seconds in took.items():
        half, most = (sorted(seconds)[int(len(seconds) * share) - 1] for share in (0.5, 0.95))
        print(
            f"  {kind:<11} p50 {half * 1000:5.0f} ms   p95 {most * 1000:5.0f} ms   longest {max(seconds) * 1000:5.0f} ms"
        )
        if most >= MOST_P95_S:
            missed.append(f"MISSED: p95 of {kind} is {most:.2f} s")
    if set(kept.values()) != {people}:
        missed.append(f"MISSED: of {people} answers by the {path} stand {kept}")
    return missed


def again(running: Any, number: int) -> list[str]:
    took: dict[str, float] = {}
    for kind, code in (("stored one after the other", FILL), ("made again", AGAIN), ("results", RESULTS)):
        with timed(took, kind):
            running.ask(code, answers=number)
        print(f"{number} {kind}: {took[kind]:.2f} s")
    if took["made again"] > MOST_AGAIN_S:
        return [f"MISSED: made again in {took['made again']:.1f} s"]
    return []


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    sys.exit(main())
