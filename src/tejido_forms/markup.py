"""The markup that XLSForm allows in labels and hints, as HTML or without its marks. Everything else is text, and escaped.

Allowed are emphasis (*so* or _so_), strong (**so** or __so__), headings (# at the beginning of a line), links to http and https,
line breaks, and a backslash before a mark that is meant as it stands. The <span>, <sup> and <sub> of Collect lose their tags and keep
their words: styles written into a page are against its policy on content.
Source: ODK documentation, "Styling prompt text" (read 2026-08).
"""

from __future__ import annotations

import html
import re
from typing import Final

_ESCAPED: Final = re.compile(r"\\([\\*_#\[\]()<>])")
_TAG: Final = re.compile(r"</?(?:span|sup|sub)(?:\s[^<>]*)?>", re.IGNORECASE)
_BREAK: Final = re.compile(r"<br\s*/?>|\r\n?", re.IGNORECASE)
_HEADING: Final = re.compile(r"^#{1,6}[ \t]+([^\n]+)(?:\n|$)", re.MULTILINE)  # a line of its own anyway
_LINK: Final = re.compile(r"\[([^\[\]\n]{1,500})\]\(\s*([^\s()]{1,2000}(?:\([^\s()]*\)[^\s()]*)?)\s*\)")
_WEB: Final = re.compile(r"https?://[^\s\"'<>`\\]+", re.IGNORECASE)
# A mark stands against its word, and an underscore not inside of one: 2 * 3 * 4 and my_own_name stay as they are.
_STRONG: Final = re.compile(
    r"\*\*(?=\S)([^\n]{1,500}?)(?<=\S)\*\*|(?<!\w)__(?=\S)([^\n]{1,500}?)(?<=\S)__(?!\w)"
)
_EMPHASIS: Final = re.compile(
    r"\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*|(?<!\w)_(?=\S)([^_\n]{1,500}?)(?<=\S)_(?!\w)"
)
_KEPT: Final = "\ue000"  # of the private area, twice around a number: what was set aside stands there
_ASIDE: Final = re.compile(f"{_KEPT}(\\d+){_KEPT}")


def as_html(text: str) -> str:
    """As HTML that stands inside of a paragraph, a label or a legend.

    >>> as_html("**Sí** & <b>no</b>")
    '<strong>Sí</strong> &amp; &lt;b&gt;no&lt;/b&gt;'
    >>> as_html("[aquí](https://example.org/?a=1&b=2)")
    '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">aquí</a>'
    >>> as_html("[aquí](javascript:alert(1))")
    'aquí'
    """
    aside: list[str] = []

    def keep(piece: str) -> str:
        aside.append(piece)
        return f"{_KEPT}{len(aside) - 1}{_KEPT}"

    def link(found: re.Match[str]) -> str:
        words, address = html.unescape(found[1]), html.unescape(found[2])
        if not _WEB.fullmatch(address):
            return found[1]
        opening = f'<a href="{html.escape(address)}" target="_blank" rel="noopener noreferrer">'
        return keep(opening) + html.escape(words) + keep("</a>")

    shown = _prepared(text)
    shown = _ESCAPED.sub(lambda found: keep(html.escape(found[1])), shown)
    shown = html.escape(shown)
    shown = _LINK.sub(link, shown)
    shown = _HEADING.sub(
        lambda found: keep('<strong class="heading">') + found[1].rstrip(" \t#") + keep("</strong>"), shown
    )
    shown = _STRONG.sub(lambda found: f"<strong>{found[1] or found[2]}</strong>", shown)
    shown = _EMPHASIS.sub(lambda found: f"<em>{found[1] or found[2]}</em>", shown)
    shown = shown.replace("\n", "<br>")
    return _ASIDE.sub(lambda found: aside[int(found[1])], shown)


def without_marks(text: str) -> str:
    """The words alone, for places that hold no markup: lists, charts, tables, what is read aloud.

    >>> without_marks("# **Sí**, [aquí](https://example.org)")
    'Sí, aquí'
    """
    aside: list[str] = []

    def keep(found: re.Match[str]) -> str:
        aside.append(found[1])
        return f"{_KEPT}{len(aside) - 1}{_KEPT}"

    shown = _ESCAPED.sub(keep, _prepared(text))
    shown = _LINK.sub(r"\1", shown)
    shown = _HEADING.sub(
        lambda found: found[1].rstrip(" \t#") + ("\n" if found[0].endswith("\n") else ""), shown
    )
    for mark in (_STRONG, _EMPHASIS):
        shown = mark.sub(lambda found: found[1] or found[2], shown)
    return _ASIDE.sub(lambda found: aside[int(found[1])], shown)


def _prepared(text: str) -> str:
    return _TAG.sub("", _BREAK.sub("\n", text.replace(_KEPT, "")))
