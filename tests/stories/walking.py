"""Somebody who goes through the pages as a person does: reads, follows a link, fills in a form, presses a button. No script."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html


class Walker:
    """A visitor with a browser without a script, in English.

    `url`: where they are; `text`: what they read there, in one line.
    """

    def __init__(self, user: Any = None, language: str = "en") -> None:
        self.client = Client(headers={"accept-language": language})
        self.url, self.status = "/", 0
        self.page: html.HtmlElement = html.fromstring("<html></html>")
        if user is not None:
            self.client.force_login(user)

    @property
    def text(self) -> str:
        for hidden in self.page.xpath("//script | //style"):
            hidden.drop_tree()
        return " ".join(self.page.text_content().split())

    def open(self, url: str, *, status: int = 200) -> Walker:
        """Go to an address and read it."""
        self._read(self.client.get(self._local(url), follow=True), url)
        assert self.status == status, (url, self.status, self.text[:300])
        return self

    def follow(self, words: str) -> Walker:
        """Tap the link whose words begin so."""
        links = [link for link in self.page.xpath("//a[@href]") if self._words(link).startswith(words)]
        assert links, f"no link «{words}» on {self.url}: {self._offered('//a[@href]')}"
        return self.open(links[0].get("href"))

    def press(self, words: str, fields: dict[str, Any] | None = None, *, status: int = 200) -> Walker:
        """Fill in the form of the button whose words begin so, and press it.

        fields: name of a control -> text, True or False for a tick, a list for several of one name, an uploaded file.
        """
        button = self._button(words)
        form = next(one for one in button.iterancestors("form"))
        controls = self._controls(form, fields or {})
        if button.get("name"):
            controls[button.get("name")] = button.get("value") or ""
        action = self._local(button.get("formaction") or form.get("action") or self.url)
        if (form.get("method") or "get").lower() == "get":
            self._read(self.client.get(action, controls, follow=True), action)
        else:
            self._read(self.client.post(action, controls, follow=True), action)
        assert self.status == status, (action, self.status, self._wrong() or self.text[:300])
        return self

    def sees(self, *sentences: str) -> Walker:
        missing = [one for one in sentences if one not in self.text]
        assert not missing, (missing, self.url, self.text)
        return self

    def does_not_see(self, *sentences: str) -> Walker:
        there = [one for one in sentences if one in self.text]
        assert not there, (there, self.url)
        return self

    def values(self, path: str) -> list[str]:
        """What an XPath finds on the page."""
        return [str(one) for one in self.page.xpath(path)]

    def _wrong(self) -> list[str]:
        """What the page says is wrong."""
        path = "//*[@role='alert'] | //*[contains(@class, 'error')]"
        return [" ".join(one.text_content().split()) for one in self.page.xpath(path)]

    def _button(self, words: str) -> html.HtmlElement:
        path = "//button | //input[@type='submit']"
        found = [one for one in self.page.xpath(path) if self._words(one).startswith(words)]
        assert found, f"no button «{words}» on {self.url}: {self._offered(path)} {self.text[:400]}"
        return found[0]

    def _controls(self, form: html.HtmlElement, fields: dict[str, Any]) -> dict[str, Any]:
        controls: dict[str, Any] = {}
        for name, value in form.form_values():
            controls.setdefault(name, []).append(value)
        names = {one.name for one in form.inputs if one.name}
        unknown = set(fields) - names
        assert not unknown, (f"no control {sorted(unknown)} on {self.url}", sorted(names))
        for name, value in fields.items():
            if value is False:
                controls.pop(name, None)
            elif value is True:
                controls[name] = [next(iter(self._boxes(form, name)), "on")]
            else:
                controls[name] = list(value) if isinstance(value, (list, tuple)) else [value]
        return controls

    @staticmethod
    def _boxes(form: html.HtmlElement, name: str) -> Iterable[str]:
        return (
            one.get("value") or "on" for one in form.xpath(".//input[@type='checkbox']") if one.name == name
        )

    def _read(self, response: Any, url: str) -> None:
        self.status = response.status_code
        self.url = response.request["PATH_INFO"]
        if response.request.get("QUERY_STRING"):
            self.url += "?" + response.request["QUERY_STRING"]
        self.page = html.fromstring(response.content.decode() or "<html></html>")

    def _local(self, url: str) -> str:
        parts = urlsplit(urljoin(f"http://tejido{self.url}", url))
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @staticmethod
    def _words(element: html.HtmlElement) -> str:
        words = " ".join(element.text_content().split())
        return words or element.get("aria-label") or element.get("value") or ""

    def _offered(self, path: str) -> list[str]:
        return [self._words(one) for one in self.page.xpath(path)]


def a_file(name: str, content: bytes, kind: str) -> SimpleUploadedFile:
    """A file that somebody chooses in a form."""
    return SimpleUploadedFile(name, content, kind)
