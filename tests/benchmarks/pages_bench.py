"""What the two pages that every peer has cost here: the list of 180 gatherings, the gathering with 40 people.

    python tests/benchmarks/pages_bench.py [--runs 3] [--port 8471] [--json figures.json]

Makes a data folder of its own with one community (180 gatherings that took place, on one page; one with 40 people
invited and noted), starts `tejido serve` on it, and looks at the list, the gathering and its attendance as the signed-in
coordinator with a phone (360 × 740) and nothing cached. Prints what each page costs beside what was measured of the
peers, column by column. Exit code 1 where a budget is broken: 12 queries, 90 KB, 8 requests, 5 s to the first paint on
slow 3G with a processor four times slower, axe silent.

Slow 3G: 50 kB/s, 2 s latency. Fast 3G: 180 kB/s, 0.5625 s. Both with the processor slowed four times. Interactive is
the later of the load event and the end of the last long task. Blocking is what long tasks take beyond 50 ms each after
the first paint. Server: the document over HTTP, median of 50 requests one after the other; its processor time is that of
the server's processes meanwhile. Needs Chromium; nothing else should run beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
GATHERINGS, INVITED, WARM = 180, 40, 50
ROSA = "rosa@example.org"
SLOW = {"latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
FAST = {"latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
CPU_SLOWER = 4
# column: its heading, and what it may be at most (None: no budget of its own)
COLUMNS: dict[str, tuple[str, float | None]] = {
    "kilobytes": ("KB", 90),
    "requests": ("requests", 8),
    "server_ms": ("server ms", None),
    "cpu_ms": ("server CPU ms", None),
    "queries": ("SQL", 12),
    "slow_paint_s": ("first paint, slow 3G s", 5),
    "slow_load_s": ("load, slow 3G s", None),
    "fast_paint_s": ("first paint, fast 3G s", None),
    "fast_ready_s": ("interactive, fast 3G s", None),
    "blocking_ms": ("blocking, slow 3G ms", None),
    "axe_rules": ("axe rules", 0),
    "axe_elements": ("axe elements", 0),
}
# The peers with the same data, in the order of COLUMNS; where two runs differed, the lower figure.
PEERS: dict[str, dict[str, list[float]]] = {
    "list": {
        "pretix 2026.8": [615, 14, 300, 230, 22, 13.6, 26.0, 5.3, 19.1, 10199, 11, 570],
        "Kolibri 0.19.5": [2069, 24, 267, 75, 18, 24.5, 52.1, 7.6, 17.7, 13830, 4, 728],
        "Indico 3.3.14": [2380, 36, 223, 207, 18, 48.0, 59.2, 15.1, 18.4, 4714, 3, 191],
    },
    "gathering": {
        "pretix 2026.8": [608, 14, 95, 54, 8, 13.7, 19.0, 4.9, 5.5, 695, 9, 67],
        "Kolibri 0.19.5": [2072, 26, 296, 136, 28, 25.1, 52.5, 8.6, 17.0, 6011, 3, 129],
        "Indico 3.3.14": [2393, 40, 133, 80, 23, 48.6, 58.8, 16.7, 19.6, 3345, 6, 96],
    },
}
WATCH = """window.__long = []; new PerformanceObserver(list => list.getEntries().forEach(
  one => window.__long.push([one.startTime, one.duration]))).observe({type: "longtask", buffered: true});"""
READ = """() => ({paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  load: performance.getEntriesByType("navigation")[0].loadEventEnd, long: window.__long})"""


# planting


def plant() -> dict[str, str]:
    """The community, through the services. Returns the pages' names and paths."""
    from django.utils import timezone

    from tejido.communities.models import Community, Role
    from tejido.communities.services import found_community
    from tejido.demo import names
    from tejido.demo.planting import Garden
    from tejido.directory.services import add_school
    from tejido.gatherings.services import invite
    from tejido.gatherings.services.bulk import AttendanceRow, plan_gatherings, record_attendances
    from tejido.gatherings.values import Presence

    garden, today = Garden(Random(180)), timezone.localdate()
    since = today - timedelta(days=1100)
    community = found_community(
        {"name": "Red de las Aguas", "kind": Community.Kind.NETWORK, "time_zone": "America/Bogota", "language": "es"},
        actor=garden.actor,
    )  # fmt: skip
    rosa = garden.person("Rosa", "Díaz", email=ROSA)
    garden.belongs(rosa, community, since, Role.COORDINATOR)
    members = [garden.person(names.given(garden.rng), names.family(garden.rng)) for _ in range(60)]
    for member in members:
        garden.belongs(member, community, since)
    schools = [
        add_school({"name": f"Institución Educativa {n}", "code": f"{n:06d}"}, actor=garden.actor)
        for n in range(12)
    ]
    plans = [(community, _plan(today, number, schools)) for number in range(GATHERINGS)]
    gatherings = plan_gatherings(plans, actor=garden.actor)
    rows = [
        AttendanceRow(gathering.pk, person.pk, Presence("on_site", 120))
        for gathering in gatherings[1:]
        for person in garden.rng.sample(members[5:], 18)
    ]
    crowd = [rosa, *members[: INVITED - 1]]
    invite(gatherings[0], crowd, actor=garden.actor)
    for number, person in enumerate(crowd):
        rows.append(
            AttendanceRow(gatherings[0].pk, person.pk, Presence("absent" if number % 6 == 5 else "on_site"))
        )
    record_attendances(rows, actor=garden.actor)
    pk = gatherings[0].pk
    return {
        "list": f"/c/{community.pk}/gatherings/",
        "gathering": f"/g/{pk}/",
        "attendance": f"/g/{pk}/attendance/",
    }


def _plan(today: date, number: int, schools: list[Any]) -> Any:
    from tejido.demo.planting import hours, moment

    start = moment(today - timedelta(days=3 + 6 * number), 15, "America/Bogota")
    return {
        "title": f"Encuentro {GATHERINGS - number}: mirar juntos una clase",
        "kind": ("workshop", "visit", "termly", "node_meeting")[number % 4],
        "modality": "on_site",
        "starts_at": start,
        "ends_at": hours(start, 2),
        "school": schools[number % len(schools)],
    }


def sign_in() -> Any:
    """A client signed in as Rosa."""
    from django.test import Client

    from tejido.accounts.models import User

    client = Client(headers={"accept-language": "es"}, SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=ROSA), backend="django.contrib.auth.backends.ModelBackend")
    return client


def count_queries(client: Any, path: str) -> int:
    """At the second visit, as everybody's but the first."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    if path.endswith("/gatherings/"):
        rows = response.content.decode().count("Encuentro ")
        assert rows >= GATHERINGS, f"only {rows} gatherings on the page"
    return len(captured)


# the server


@contextmanager
def serving(port: int) -> Iterator[int]:
    """The product's own server. Gives its process id; stopped at the end."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tejido", "serve", "--port", str(port)], env=os.environ | {"PYTHONPATH": str(ROOT / "src")}
    )  # fmt: skip
    try:
        for _ in range(600):
            if server.poll() is not None:
                raise SystemExit("The server did not start.")
            try:
                urllib.request.urlopen(f"http://localhost:{port}/ping", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and of all below it so far."""
    parents: dict[int, int] = {}
    spent: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        number = int(stat.parent.name)
        parents[number] = int(fields[1])
        spent[number] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    mine = {pid}
    while more := {child for child, parent in parents.items() if parent in mine} - mine:
        mine |= more
    return sum(spent.get(each, 0) for each in mine)


def ask(url: str, cookie: str, server: int) -> dict[str, float]:
    """Median wall time and mean processor time of a warm document, in ms."""
    headers = {"Cookie": cookie, "Accept-Encoding": "gzip", "Accept-Language": "es"}

    def once() -> float:
        began = time.perf_counter()
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60) as answer:
            answer.read()
        return (time.perf_counter() - began) * 1000

    for _ in range(10):
        once()
    before = cpu_seconds(server)
    times = [once() for _ in range(WARM)]
    return {
        "server_ms": statistics.median(times),
        "cpu_ms": (cpu_seconds(server) - before) / WARM * 1000,
    }


# the browser


class Phone:
    """Fresh visits to one site with nothing cached."""

    def __init__(self, browser: Any, base: str, cookie: dict[str, str]) -> None:
        self.browser, self.base, self.cookie = browser, base, cookie

    @contextmanager
    def visit(self) -> Iterator[tuple[Any, Any]]:
        """A page and its DevTools session."""
        size = {"width": 360, "height": 740}
        context = self.browser.new_context(viewport=size, locale="es", reduced_motion="reduce")
        context.add_cookies([self.cookie])
        page = context.new_page()
        page.add_init_script(WATCH)
        tools = context.new_cdp_session(page)
        tools.send("Network.enable")
        try:
            yield page, tools
        finally:
            context.close()

    def weigh(self, path: str) -> dict[str, float]:
        """What a first visit transfers, and what axe says."""
        from axe_playwright_python.sync_playwright import Axe

        with self.visit() as (page, tools):
            sizes: list[int] = []
            tools.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
            page.goto(self.base + path, wait_until="networkidle")
            found = Axe().run(page).response["violations"]
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{path} is {wide} px wider than the phone"
        return {
            "kilobytes": sum(sizes) / 1024,
            "requests": len(sizes),
            "axe_rules": len(found),
            "axe_elements": sum(len(one["nodes"]) for one in found),
        }

    def time(self, path: str, network: dict[str, float]) -> dict[str, float]:
        """First paint, load, interactive (s) and blocking (ms) on this network with a slow processor."""
        with self.visit() as (page, tools):
            tools.send("Network.emulateNetworkConditions", {"offline": False, **network})
            tools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})
            page.goto(self.base + path, wait_until="load", timeout=120_000)
            page.wait_for_timeout(2500)  # what a script still does after the load event
            read = page.evaluate(READ)
        ends = [start + took for start, took in read["long"]]
        blocking = sum(max(0, took - 50) for start, took in read["long"] if start + took > read["paint"])
        return {
            "paint": read["paint"] / 1000,
            "load": read["load"] / 1000,
            "ready": max([read["load"], read["paint"], *ends]) / 1000,
            "blocking": blocking,
        }


def look(phone: Phone, path: str, runs: int) -> dict[str, float]:
    """All that the browser can say of a page; times are the median of the runs."""
    slow = [phone.time(path, SLOW) for _ in range(runs)]
    fast = [phone.time(path, FAST) for _ in range(runs)]

    def middle(taken: list[dict[str, float]], what: str) -> float:
        return statistics.median(one[what] for one in taken)

    return phone.weigh(path) | {
        "slow_paint_s": middle(slow, "paint"),
        "slow_load_s": middle(slow, "load"),
        "blocking_ms": middle(slow, "blocking"),
        "fast_paint_s": middle(fast, "paint"),
        "fast_ready_s": middle(fast, "ready"),
    }


# telling


def shown(key: str, value: float) -> str:
    return f"{value:.1f}" if key.endswith("_s") else f"{value:.0f}"


def compare(name: str, measured: dict[str, float], peers: dict[str, list[float]]) -> list[str]:
    """The lines of a table: a row for each column of figures. Ahead means better than each of the peers."""
    lines = [f"| {name} | Tejido | {' | '.join(peers)} | ahead of all |", "|---" * (len(peers) + 3) + "|"]
    for index, (key, (heading, most)) in enumerate(COLUMNS.items()):
        ours = measured[key]
        theirs = [figures[index] for figures in peers.values()]
        verdict = "yes" if ours < min(theirs) else "as good" if ours == min(theirs) else "NO"
        if most is not None and ours > most:
            verdict += f", OVER the budget of {most:g}"
        cells = [shown(key, value) for value in [ours, *theirs]]
        lines.append(f"| {heading} | {' | '.join(cells)} | {verdict} |")
    return lines


def measure(port: int, runs: int) -> dict[str, dict[str, float]]:
    """page -> figure -> value, from an empty data folder on."""
    import django
    from django.core.management import call_command

    django.setup()
    from tejido.foundation.serving import collect_static_files

    call_command("migrate", verbosity=0)
    pages = plant()
    call_command("work", once=True, quiet=True)  # what is owed now would be paid while we measure
    collect_static_files(say=lambda _step: None)
    client = sign_in()
    figures: dict[str, dict[str, float]] = {
        name: {"queries": count_queries(client, path)} for name, path in pages.items()
    }
    (session,) = [(name, morsel.value) for name, morsel in client.cookies.items() if "session" in name]
    base = f"http://localhost:{port}"
    from playwright.sync_api import sync_playwright

    with serving(port) as server:
        for name, path in pages.items():
            figures[name] |= ask(base + path, "=".join(session), server)
        with sync_playwright() as playwright:
            chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            cookie = {"name": session[0], "value": session[1], "url": base}
            phone = Phone(browser, base, cookie)
            phone.weigh(pages["list"])  # the browser's own first start is nobody's
            for name, path in pages.items():
                figures[name] |= look(phone, path, runs)
            browser.close()
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="visits on each network; the median counts")
    parser.add_argument("--port", type=int, default=8471)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tejido-pages-") as folder:
        os.environ |= {
            "TEJIDO_DATA": folder,
            "TEJIDO_URL": f"http://localhost:{options.port}",
            "DJANGO_SETTINGS_MODULE": "tejido.config.settings",
        }
        figures = measure(options.port, options.runs)
    for name, measured in figures.items():
        print("\n".join(compare(name, measured, PEERS["list" if name == "list" else "gathering"])), "\n")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")
    broken = [
        f"{name}: {heading} {measured[key]:.1f} of {most:g}"
        for name, measured in figures.items()
        for key, (heading, most) in COLUMNS.items()
        if most is not None and measured[key] > most
    ]
    print("\n".join(broken) or "Every budget is kept.")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
