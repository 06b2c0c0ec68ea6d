"""Backed up here, restored elsewhere: the coordinator finds every page as she left it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.foundation import backups
from tejido.foundation.tests.running import environment, tejido
from tejido.gatherings.tests.factories import GatheringFactory, was_at

pytestmark = pytest.mark.django_db(transaction=True)
MOST_PAGES = 14

# What the restored installation answers, asked in a process of its own: {path: [status, html]} for the
# paths on stdin. Static files by their plain names, as in the tests.
ASK = """
import json, sys
from django.conf import settings
settings.STORAGES = {**settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
settings.ALLOWED_HOSTS = ["testserver"]
import django; django.setup()
from django.contrib.auth import get_user_model
from django.test import Client
client = Client(headers={"accept-language": "en"})
client.force_login(get_user_model().objects.get(email=sys.argv[1]),
                   "django.contrib.auth.backends.ModelBackend")
answers = {path: client.get(path) for path in json.load(sys.stdin)}
json.dump({path: [answer.status_code, answer.content.decode()] for path, answer in answers.items()}, sys.stdout)
"""


def without_tokens(html: str) -> str:
    """A page without what is new in each answer (tokens against forged forms)."""
    return re.sub(r"\b[A-Za-z0-9]{32,64}\b", "TOKEN", html)


def crawl(client: Client, start: str) -> dict[str, str]:
    """The pages that links lead to from `start`, nearest first: path -> what it says."""
    waiting, found = [start], {}
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop(0)
        answer = client.get(path)
        if path in found or answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        html = answer.content.decode()
        found[path] = without_tokens(html)
        waiting += re.findall(r'<a [^>]*href="(/(?:c|g|people|schools)/[^"#]*)"', html)
    return found


def test_every_page_is_as_it_was(cast, client, settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path / "no-uploads"
    first = GatheringFactory(community=cast.network, title="Primera asamblea")
    GatheringFactory(community=cast.node, title="Reunión del nodo")
    was_at(first, *Person.objects.filter(memberships__community=cast.network).distinct())
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.rosa, "django.contrib.auth.backends.ModelBackend")
    network = Community.objects.get(pk=cast.network.pk)
    crawl(client, f"/c/{network.pk}/")  # what pages work out at a first visit is worked out before we compare
    before = crawl(client, f"/c/{network.pk}/")
    assert len(before) == MOST_PAGES, "the network has pages enough to compare"
    assert any("Primera asamblea" in html for html in before.values())

    backups.back_up(tmp_path / "backup.zip", progress=lambda _done, _total, _what: None)
    restored = tejido(tmp_path / "there", "restore", str(tmp_path / "backup.zip"))
    assert restored.returncode == 0, restored.stderr

    asked = subprocess.run(
        [sys.executable, "-c", ASK, cast.rosa.email],
        input=json.dumps(list(before)),
        env=environment(
            tmp_path / "there",
            DJANGO_SETTINGS_MODULE="tejido.config.settings",
            TEJIDO_SECRET_KEY=settings.SECRET_KEY,
            TEJIDO_LANGUAGE="en",
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    after = {path: without_tokens(html) for path, (_status, html) in json.loads(asked.stdout).items()}
    for path, page in before.items():
        assert after[path].splitlines() == page.splitlines(), path
