"""Somebody visits the site: what they open, and what goes wrong on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import BrowserContext, Page, expect

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Site:
    """Django served by a thread of this process, static files through WhiteNoise as on a server."""

    def __init__(self) -> None:
        memory = {c.alias: c for c in connections.all() if c.vendor == "sqlite" and c.is_in_memory_db()}
        for connection in memory.values():
            connection.inc_thread_sharing()
        self._memory = memory
        self.thread = LiveServerThread("localhost", _plain, connections_override=memory)
        self.thread.daemon = True

    @property
    def url(self) -> str:
        return f"http://localhost:{self.thread.port}"

    def stop(self) -> None:
        self.thread.terminate()
        for connection in self._memory.values():
            connection.dec_thread_sharing()


def _plain(application: Any) -> WSGIHandler:
    """Instead of Django's own handler of static files, which does not know hashed names."""
    inner: WSGIHandler = application.application
    return inner


def start_site() -> Site:
    site = Site()
    site.thread.start()
    site.thread.is_ready.wait()
    if site.thread.error:
        raise site.thread.error
    return site


@dataclass(frozen=True, slots=True)
class Weight:
    """What a first visit costs: bytes over the wire with headers, and requests."""

    bytes: int
    requests: int
    each: dict[str, int]

    @property
    def kilobytes(self) -> float:
        return self.bytes / 1024


class Visit:
    """A page and its troubles. Everything that a Playwright page has is here too (`visit.page`)."""

    def __init__(self, context: BrowserContext, site: Site, language: str) -> None:
        self.context, self.site, self.language = context, site, language
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.violations: list[str] = []
        self.outside: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._hear)
        self.page.on("request", self._notice)

    def _hear(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.violations.append(message.text)
        elif message.type == "error" and "ERR_INTERNET_DISCONNECTED" not in message.text:
            self.errors.append(message.text)

    def _notice(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and f"http://{parts.netloc}" != self.site.url:
            self.outside.append(request.url)

    def open(self, path: str) -> int:
        """Go to `path`; returns the status."""
        response = self.page.goto(self.site.url + path)
        assert response is not None
        return response.status

    def mounted(self) -> None:
        """Wait until the islands of the page hear taps; before that its forms are plain ones."""
        for island in self.page.locator("[data-island][data-src]").all():
            expect(island).to_have_attribute("data-mounted", "")

    def axe(self) -> list[str]:
        """What axe has to say: rule, sentence and the elements, one line each."""
        found = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {one['help']}: {[n['html'][:200] for n in one['nodes'][:4]]}" for one in found]

    def too_wide(self) -> str:
        """How far the page is wider than the screen and what sticks out; "" when it is not."""
        return str(
            self.page.evaluate(
                """() => { const wide = document.documentElement.scrollWidth - window.innerWidth; if (wide <= 0) return "";
                const out = [...document.querySelectorAll("main *, header *, footer *")]
                  .filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1)
                  .map((e) => e.tagName + "." + e.className);
                return wide + "px: " + out.slice(0, 5).join(", "); }"""
            )
        )

    def check(self) -> None:
        """Nothing that would trouble a reader: axe silent, no wider than the screen, no violation, nothing outside."""
        troubles = {
            "axe": self.axe(),
            "too wide": self.too_wide(),
            "policy": self.violations,
            "outside": self.outside,
            "errors": self.errors,
        }
        assert not any(troubles.values()), (
            self.page.url,
            {name: what for name, what in troubles.items() if what},
        )


def sign_in(visit: Visit, email: str) -> None:
    """Sign in as the account with this address, made if it is not there, without the sign-in pages."""
    from django.conf import settings
    from django.test import Client

    from tejido.accounts.services import open_account

    client = Client()
    client.force_login(open_account(email), backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    visit.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": visit.site.url}]
    )


def measure_weight(visit: Visit, path: str) -> Weight:
    """What a first visit to `path` transfers. `visit` must be fresh (nothing cached)."""
    session = visit.context.new_cdp_session(visit.page)
    session.send("Network.enable")
    names: dict[str, str] = {}
    each: dict[str, int] = {}
    session.on(
        "Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]})
    )

    def finished(event: dict[str, Any]) -> None:
        url = names.get(event["requestId"], "")
        if url.startswith("http"):
            each[url.removeprefix(visit.site.url)] = int(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    visit.page.goto(visit.site.url + path, wait_until="networkidle")
    return Weight(sum(each.values()), len(each), each)
