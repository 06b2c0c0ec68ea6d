"""What an exit ticket of six questions costs somebody on an old phone with a slow network.

    python tests/benchmarks/answering_bench.py [--runs 3] [--port 8472] [--json figures.json]

Makes a data folder of its own with one community and one ticket (six questions in three languages, behind a shared link),
starts `tejido serve` on it, and opens the link as a visitor with a phone (360 × 740) and nothing cached, with script and
without. Exit code 1 where a budget is broken: 30 KB and 4 requests in all, usable within 3 s on slow 3G with a processor
four times slower, 15 KB brotli for the script, axe silent, an answer that arrives without script.

Slow 3G: 50 kB/s, 2 s latency for each request. Usable: everything is parsed and painted, so that each question can be
answered and sent; the later of the first contentful paint and the end of parsing, as the browser itself writes them down.
Rules: the script has run, and shows only what applies. Times are the median of the runs. HTTP without TLS, as in all
benchmarks here: setting up a connection costs no latency. Needs Chromium; nothing else should run beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pages_bench import CPU_SLOWER, ROOT, SLOW, serving

TICKET = """
| survey |                    |         |                              |                              |                              |          |               |                     |
|        | type               | name    | label::Español (es)          | label::English (en)          | label::Português (pt-BR)     | required | relevant      | constraint          |
|        | range              | useful  | ¿Qué tan útil fue?           | How useful was it?           | O quanto foi útil?           | yes      |               |                     |
|        | select_multiple us | uses    | ¿Qué va a usar?              | What will you use?           | O que vai usar?              |          |               |                     |
|        | select_one yn      | again   | ¿Vuelve la próxima vez?      | Will you come next time?     | Volta na próxima vez?        | yes      |               |                     |
|        | text               | why     | ¿Por qué no?                 | Why not?                     | Por que não?                 |          | ${again}='no' |                     |
|        | integer            | minutes | ¿Cuántos minutos viajó?      | How many minutes of travel?  | Quantos minutos de viagem?   |          |               | . >= 0 and . <= 600 |
|        | text               | wish    | ¿Qué le gustaría encontrar?  | What would you like to find? | O que gostaria de encontrar? |          |               |                     |
| choices |           |       |                     |                     |                          |
|         | list_name | name  | label::Español (es) | label::English (en) | label::Português (pt-BR) |
|         | us        | kit   | El kit              | The kit             | O kit                    |
|         | us        | guide | La guía             | The guide           | O guia                   |
|         | yn        | si    | Sí                  | Yes                 | Sim                      |
|         | yn        | no    | No                  | No                  | Não                      |
| settings |                  |         |         |                  |
|          | form_title       | form_id | version | default_language |
|          | Boleto de salida | salida  | 1       | Español (es)     |
"""
QUESTIONS = 6
# figure: its heading, and what it may be at most (None: no budget of its own)
FIGURES: dict[str, tuple[str, float | None]] = {
    "kilobytes": ("KB in all", 30),
    "requests": ("requests", 4),
    "usable_s": ("usable, slow 3G s", 3),
    "usable_without_script_s": ("usable without script, slow 3G s", 3),
    "rules_s": ("rules at work, slow 3G s", None),
    "script_brotli_kb": ("script, KB brotli", 15),
    "axe_rules": ("axe rules", 0),
}
READ = """() => { const navigation = performance.getEntriesByType("navigation")[0];
  return {paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    parsed: navigation.domInteractive, ran: navigation.domContentLoadedEventStart}; }"""


def plant() -> str:
    """The community and its ticket, through the services. Returns the path of its shared link."""
    from tejido.accounts.services import system_account
    from tejido.communities.models import Community
    from tejido.communities.services import found_community
    from tejido.instruments.models import Instrument
    from tejido.instruments.services import make_instrument, open_collection, read_brought

    actor = system_account()
    community = found_community(
        {"name": "Red de las Aguas", "kind": Community.Kind.NETWORK, "time_zone": "America/Bogota", "language": "es"},
        actor=actor,
    )  # fmt: skip
    brought = read_brought(TICKET.strip().encode(), "ticket.md")
    instrument = make_instrument(community, Instrument.Kind.EXIT_TICKET, brought, actor=actor)
    collection = open_collection(instrument.versions.get(), community, {"audience": "link"}, actor=actor)
    return f"/a/{collection.public_token}/"


@contextmanager
def phone(browser: Any, *, script: bool) -> Iterator[tuple[Any, Any]]:
    """A page with nothing cached, and its DevTools session."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="es", reduced_motion="reduce", java_script_enabled=script
    )  # fmt: skip
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    try:
        yield page, tools
    finally:
        context.close()


def weigh(browser: Any, url: str) -> dict[str, float]:
    """What a first visit transfers, and what axe says."""
    from axe_playwright_python.sync_playwright import Axe

    with phone(browser, script=True) as (page, tools):
        sizes: list[int] = []
        tools.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        page.goto(url, wait_until="networkidle")
        names = page.locator("form#answer [name^='q/']").evaluate_all(
            "all => [...new Set(all.map(one => one.name))]"
        )
        assert len(names) == QUESTIONS, names
        found = Axe().run(page).response["violations"]
    return {"kilobytes": sum(sizes) / 1024, "requests": len(sizes), "axe_rules": len(found)}


def time(browser: Any, url: str, *, script: bool) -> dict[str, float]:
    """Seconds from the tap on the link, on slow 3G with a slow processor."""
    with phone(browser, script=script) as (page, tools):
        tools.send("Network.emulateNetworkConditions", {"offline": False, **SLOW})
        tools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})
        page.goto(url, wait_until="load", timeout=120_000)
        assert page.locator("form#answer button.button:not(.second)").last.is_visible()
        read = page.evaluate(READ)
    return {"usable": max(read["paint"], read["parsed"]) / 1000, "rules": read["ran"] / 1000}


def answer(browser: Any, url: str) -> None:
    """Somebody fills in the ticket without script; it has to arrive."""
    from tejido.instruments.models import Response

    with phone(browser, script=False) as (page, _tools):
        page.goto(url)
        page.get_by_role("group", name="¿Qué tan útil fue?").get_by_label("4", exact=True).check()
        page.get_by_role("group", name="¿Vuelve la próxima vez?").get_by_label("Sí").check()
        page.get_by_role("button", name="Enviar").last.click()
        page.wait_for_url("**/thanks/**")
    (response,) = Response.objects.all()
    assert sorted(response.answers.values_list("path", "text")) == [
        ("/data/again", "si"),
        ("/data/useful", "4"),
    ]


def script_weight() -> float:
    """Of the script of the page, in KB as a server hands it out, with brotli."""
    import brotli
    from django.contrib.staticfiles import finders

    return len(brotli.compress(Path(str(finders.find("dist/answer.js"))).read_bytes())) / 1024


def measure(port: int, runs: int) -> dict[str, float]:
    """figure -> value, from an empty data folder on."""
    import django
    from django.core.management import call_command

    django.setup()
    from tejido.foundation.serving import collect_static_files

    call_command("migrate", verbosity=0)
    path = plant()
    call_command("work", once=True, quiet=True)  # what is owed now would be paid while we measure
    collect_static_files(say=lambda _step: None)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop on this thread
    from playwright.sync_api import sync_playwright

    with serving(port), sync_playwright() as playwright:
        url = f"http://localhost:{port}{path}"
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        figures = weigh(browser, url)  # the first: the browser's own start is nobody's
        figures["script_brotli_kb"] = script_weight()
        for script, name in ((True, "usable_s"), (False, "usable_without_script_s")):
            taken = [time(browser, url, script=script) for _ in range(runs)]
            figures[name] = statistics.median(one["usable"] for one in taken)
            if script:
                figures["rules_s"] = statistics.median(one["rules"] for one in taken)
        answer(browser, url)
        browser.close()
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="visits of each kind; the median counts")
    parser.add_argument("--port", type=int, default=8472)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    with tempfile.TemporaryDirectory(prefix="tejido-answering-") as folder:
        os.environ |= {
            "TEJIDO_DATA": folder,
            "TEJIDO_URL": f"http://localhost:{options.port}",
            "DJANGO_SETTINGS_MODULE": "tejido.config.settings",
        }
        figures = measure(options.port, options.runs)
    over = []
    for key, (heading, most) in FIGURES.items():
        budget = "" if most is None else f"   at most {most:g}"
        print(f"{heading:36}{figures[key]:8.2f}{budget}")
        if most is not None and figures[key] > most:
            over.append(heading)
    print("OVER: " + ", ".join(over) if over else "Every budget is kept; the answer without script arrived.")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")
    return bool(over)


if __name__ == "__main__":
    sys.exit(main())
