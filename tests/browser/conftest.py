"""A real Chromium on a real server: static files built and hashed, the policy on content in force, nothing outside.

    def test_home(site, browse, cast):
        page = browse(360, language="es")              # a Visit: page, plus what went wrong on it
        sign_in(page, "rosa@demo.tejido.invalid")
        page.goto(site.url + "/")
        page.check()                                   # axe, width, policy violations, outside requests, errors

`measure_weight(page, path)` says what a first visit costs. Where CI is set a missing browser fails; elsewhere it skips.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.visiting import ARGUMENTS, Site, Visit, start_site

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "src" / "tejido" / "web" / "static" / "dist"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, one for the whole run."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        missing = (
            "There is no Chromium. On Debian: apt-get install chromium; elsewhere set CHROMIUM to its path."
        )
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    # Playwright keeps an event loop on this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def built_static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The front end, built where it is not yet, collected and hashed as on a server."""
    import subprocess
    import sys

    from django.core.management import call_command
    from django.test.utils import override_settings

    sources = [*(ROOT / "frontend").rglob("*.*"), ROOT / "package.json"]
    newest = max(path.stat().st_mtime for path in sources)
    if not (DIST / "tejido.css").exists() or (DIST / "tejido.css").stat().st_mtime < newest:
        subprocess.run([sys.executable, str(ROOT / "tools" / "frontend.py")], check=True, cwd=ROOT)
    folder = tmp_path_factory.mktemp("static")
    with override_settings(**static_settings(folder)):
        ignored = ["django_htmx/*", "admin/*", "rest_framework/*", "ninja/*", "debug_toolbar/*"]
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=ignored)
    return folder


def static_settings(folder: Path) -> dict[str, Any]:
    from django.conf import settings

    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    return {"STATIC_ROOT": str(folder), "STORAGES": {**settings.STORAGES, "staticfiles": storage}}


@pytest.fixture
def site(transactional_db: None, built_static: Path) -> Iterator[Site]:
    """Tejido served over HTTP as on a server, with the demonstration's door open. `site.url` has no slash at the end."""
    from django.core.cache import cache
    from django.test.utils import override_settings

    cache.clear()  # the rate limits of the test before
    with override_settings(**static_settings(built_static), TEJIDO_DEMONSTRATION=True, DEBUG=False):
        served = start_site()
        yield served
        served.stop()


@pytest.fixture
def browse(chromium: Any, site: Site) -> Iterator[Callable[..., Visit]]:
    """browse(width, language="es", dark=False, script=True): a fresh visitor, nothing cached, nobody signed in."""
    visits: list[Visit] = []

    def open_visit(
        width: int = 1280, *, language: str = "es", dark: bool = False, script: bool = True
    ) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": 740 if width < 600 else 900},
            locale=language,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        visit = Visit(context, site, language)
        visits.append(visit)
        return visit

    yield open_visit
    for visit in visits:
        visit.context.close()


@pytest.fixture
def as_reader(browse: Callable[..., Visit]) -> Callable[..., Visit]:
    """as_reader("en"): a visitor whose browser asks for that language."""
    return lambda language, width=1280, **more: browse(width, language=language, **more)
