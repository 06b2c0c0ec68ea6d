"""Walk the whole URL map: every view says who may come in."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

KINDS = {"public", "members", "demonstration"}
NOT_OURS = ("allauth.",)  # sign-in pages: allauth guards each of them itself


def every_view(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from every_view(entry.url_patterns)
        else:
            yield entry


def test_every_view_says_who_may_come_in():
    silent = [
        entry.lookup_str
        for entry in every_view(get_resolver().url_patterns)
        if not entry.lookup_str.startswith(NOT_OURS) and getattr(entry.callback, "access", None) not in KINDS
    ]
    assert not silent, f"decorate with @public, @members or @demonstration_only: {silent}"
