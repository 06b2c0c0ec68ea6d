"""Walk the demonstration as somebody would: from the home page, along every link, a few of each kind."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from tejido.accounts.models import User

MOST_QUERIES = 12
OF_A_KIND = 2  # pages of one URL name that are opened, per set of query parameters
NOT_PAGES = {"account_logout"}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


@dataclass(frozen=True, slots=True)
class Seen:
    """One page as it was answered."""

    url: str
    name: str
    response: HttpResponse
    queries: int

    @property
    def is_page(self) -> bool:
        return self.response["Content-Type"].startswith("text/html")

    @property
    def html(self) -> str:
        return self.response.content.decode() if self.is_page and not self.response.streaming else ""


def name_of(url: str) -> str | None:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None


def crawl(client: Client, start: str = "/", *, budget: int = MOST_QUERIES) -> Iterator[Seen]:
    """Every page reached from `start`, each address once, OF_A_KIND of each kind; redirects are followed as links."""
    waiting, known, kinds = deque([start]), {start}, Counter[tuple[str, tuple[str, ...]]]()
    while waiting:
        url = waiting.popleft()
        response = client.get(url)
        with CaptureQueriesContext(
            connection
        ) as captured:  # at the second visit: what is computed once is read then
            response = client.get(url)
        name = name_of(url) or "?"
        yield Seen(url, name, response, len(captured))
        links = [response["Location"]] if response.status_code in {301, 302} else []
        if response["Content-Type"].startswith("text/html") and not response.streaming:
            parser = _Links()
            parser.feed(response.content.decode())
            links += parser.found
        for link in links:
            target = urljoin(url, link).partition("#")[0]
            parts = urlsplit(target)
            if parts.netloc or parts.scheme or not parts.path.startswith("/") or target in known:
                continue
            known.add(target)
            found = name_of(target)
            if found is None or found in NOT_PAGES or parts.path.startswith("/static/"):
                if found is None and not parts.path.startswith("/static/"):
                    waiting.append(
                        target
                    )  # a link that leads nowhere: the page will say 404 and the test will fail
                continue
            kind = (found, tuple(sorted(part.partition("=")[0] for part in parts.query.split("&") if part)))
            kinds[kind] += 1
            if kinds[kind] <= OF_A_KIND:
                waiting.append(target)


def signed_in(key: str, language: str = "es") -> Client:
    """A browser in which this one of the cast is signed in and reads in `language`."""
    client = Client(headers={"accept-language": language})
    User.objects.filter(email=f"{key}@demo.tejido.invalid").update(language=language)
    client.force_login(User.objects.get(email=f"{key}@demo.tejido.invalid"))
    return client
