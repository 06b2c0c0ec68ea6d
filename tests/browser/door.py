"""A phone at the door: a browser of its own whose connection can be cut, which can be killed and opened again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from tejido.accounts.models import User
from tests.browser.visiting import ARGUMENTS, Site


class Wire:
    """What lies between a phone and the site. Cut, nothing answers: not to pages, not to workers, not to scripts."""

    def __init__(self, site: Site) -> None:
        self.to = site.thread.port
        self.whole = True
        self.open: set[socket.socket] = set()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self.door.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                phone, _address = self.door.accept()
            except OSError:
                return  # the test is over
            if not self.whole:
                phone.close()
                continue
            server = socket.create_connection(("localhost", self.to))
            self.open |= {phone, server}
            for one, other in ((phone, server), (server, phone)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):  # cut, or hung up
            while piece := one.recv(65536):
                other.sendall(piece)
        for end in (one, other):
            self.open.discard(end)
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def cut(self) -> None:
        self.whole = False
        for end in list(self.open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.whole = True

    def stop(self) -> None:
        self.cut()
        self.door.close()


class Phone:
    """One device and what it keeps (`profile`). `page` is what is on its screen."""

    def __init__(self, chromium: Any, site: Site, profile: Path) -> None:
        self.kind, self.profile, self.wire = chromium.browser_type, profile, Wire(site)
        self.context: BrowserContext
        self.page: Page
        self.switch_on()

    def switch_on(self) -> None:
        self.context = self.kind.launch_persistent_context(
            str(self.profile),
            executable_path=os.environ.get("CHROMIUM")
            or shutil.which("chromium")
            or shutil.which("google-chrome"),
            args=ARGUMENTS,
            viewport={"width": 360, "height": 740},
            locale="en",
            reduced_motion="reduce",
        )
        self.page = self.context.pages[0]
        if not self.wire.whole:
            self.context.set_offline(True)

    def sign_in(self, user: User) -> None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        lasting = {
            "expires": 4_000_000_000,
            "httpOnly": True,
            "sameSite": "Lax",
        }  # as the sign-in page sets it
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": self.wire.url, **lasting}]
        )

    def open(self, path: str) -> None:
        self.page.goto(self.wire.url + path)

    def lose_connection(self) -> None:
        self.wire.cut()
        self.context.set_offline(True)

    def find_connection(self) -> None:
        self.wire.mend()
        self.context.set_offline(False)

    def die(self) -> None:
        """The battery is empty: no page is told, nothing is written down any more."""
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (process / "cmdline").read_bytes().split(b"\0")
                if f"--user-data-dir={self.profile}".encode() in words:
                    os.kill(int(process.name), signal.SIGKILL)
        with suppress(Exception):  # it is gone already, which is what was wanted
            self.context.close()
        for lock in self.profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    def put_away(self) -> None:
        with suppress(Exception):  # a dead one cannot be closed
            self.context.close()
        self.wire.stop()
