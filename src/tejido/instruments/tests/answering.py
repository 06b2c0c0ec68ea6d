"""A browser without a script: what a page holds, and how it is sent back."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any


class Controls(HTMLParser):
    """Names of controls on a page, with the attributes of the last one of each name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}
        self.feed(html)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("name"):
            self.found[str(given["name"])] = given


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def opened(client: Any, token: str, **more: Any) -> dict[str, str]:
    """What the page holds that was opened: the fields that go back with every answer."""
    html = client.get(f"/a/{token}/", **more).content.decode()
    found = Controls(html).found
    return {name: str(found[name]["value"]) for name in ("_id", "_begun", "_spoken")}


def send(client: Any, token: str, own: dict[str, str], **answers: Any) -> Any:
    values = {f"q/{name.replace('__', '/')}": value for name, value in answers.items()}
    return client.post(f"/a/{token}/", own | values)
