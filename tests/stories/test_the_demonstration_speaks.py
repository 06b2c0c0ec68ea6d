"""The demonstration in the reader's language: not a word of another one, and no key as it stands in the code.

What a page says does not depend on the database, so this is not run a second time on PostgreSQL (tools/check.py).
"""

from __future__ import annotations

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

RAW_KEY = re.compile(r">\s*[a-z]+_[a-z_]+\s*<")  # on_site, node_leader … shown as they stand in the code


@pytest.mark.parametrize(("language", "code"), [("es", "es"), ("en", "en"), ("pt-br", "pt-br")])
def test_pages_speak_the_readers_language_and_show_no_raw_keys(walk, language, code):
    english = re.compile(r"\b(the|with|your|this|nobody|gatherings|people)\b")
    for seen in walk("rosa", language):
        if not seen.is_page or seen.response.status_code != 200:
            continue
        assert f'<html lang="{code}"' in seen.html, seen.url
        assert not RAW_KEY.search(
            re.sub(r"<(code|pre|script|template).*?</\1>", "", seen.html, flags=re.S)
        ), seen.url
        if language != "en":
            text = re.sub(r"<(script|style|template|svg).*?</\1>|<[^>]+>", " ", seen.html, flags=re.S)
            assert not english.findall(text), (seen.url, english.findall(text)[:5])
