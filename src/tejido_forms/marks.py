"""The marks that labels and hints may carry (the Markdown of XLSForm), as HTML that is safe to show.

What is not a mark is text: every other "<" is shown as such. Links lead to http and https only; colours and sizes of <span>
are left away. Rules: getodk.github.io/xforms-spec and enketo-transformer 4.2.0, whose order of steps is kept.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

_KEPT: Final = {"\\\\": "\ue092", r"\*": "\ue042", r"\_": "\ue095", r"\#": "\ue035"}
_OWN: Final = re.compile("[\r\ue000\ue001\ue035\ue042\ue092\ue095]")  # what this page sets in place of marks
_TAG: Final = re.compile(
    r"&lt;\s?(span|sup|sub)[^/\n&]*(?:&quot;[^/\n&]*)*&gt;((?:(?!&lt;/).)+)&lt;/\s?\1\s?&gt;"
)
_LINK: Final = re.compile(r"\[([^\[\]\n]*)\]\(([^()\s]+)\)")
_HEADING: Final = re.compile(r"^\s*#{1,6}\s?([^#\n][^\n]*?)#*$", re.MULTILINE)
_BULLETS: Final = re.compile(r"(?:^(?:\*|\+|-) .*(?:\n|$))+", re.MULTILINE)
_NUMBERS: Final = re.compile(r"(?:^[0-9]+\. .*(?:\n|$))+", re.MULTILINE)
_ITEM: Final = re.compile(r"^(?:\*|\+|-|[0-9]+\.) (.*)$", re.MULTILINE)
_EMPHASES: Final = (
    (re.compile(r"__([^\n]+?)__"), r"<strong>\1</strong>"),
    (re.compile(r"\*\*([^\n]+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(^|\W)_(\S[^_\n]*)_(?=\W|$)", re.MULTILINE), r"\1<em>\2</em>"),
    (re.compile(r"\*([^\s*][^*\n]*)\*"), r"<em>\1</em>"),
)


def marked(text: str) -> str:
    """`text` as HTML. Safe whatever it holds; time grows with its length.

    >>> marked("**Who** came?"), marked("[map](https://example.org)"), marked("1 < 2")
    ('<strong>Who</strong> came?', '<a href="https://example.org" rel="noopener noreferrer" target="_blank">map</a>', '1 &lt; 2')
    >>> marked("[x](javascript:alert(1))"), marked("<img src=x onerror=alert(1)>")
    ('[x](javascript:alert(1))', '&lt;img src=x onerror=alert(1)&gt;')
    """
    links: list[str] = []
    html = _TAG.sub(_tag, escape(_OWN.sub("", text)))
    for mark, kept in _KEPT.items():
        html = html.replace(mark, kept)
    html = _LINK.sub(lambda found: _link(found, links), html)
    html = _HEADING.sub(r'<strong class="heading">\1</strong>', _BULLETS.sub(_bullets, html))
    html = _NUMBERS.sub(_numbers, html)
    for pattern, made in _EMPHASES:
        html = pattern.sub(made, html)
    for number, link in enumerate(links):
        html = html.replace(f"\ue000{number}\ue001", link)
    for mark, kept in _KEPT.items():
        html = html.replace(kept, mark[1:])
    return re.sub(r"\n+(?=<[uo]l>)|(?<=</[uo]l>)\n+", "", html).strip("\n").replace("\n", "<br>")


def _tag(found: re.Match[str]) -> str:
    name, words = found[1], found[2]
    return words if name == "span" else f"<{name}>{words}</{name}>"


def _link(found: re.Match[str], links: list[str]) -> str:
    """The link, put aside so that what stands in its address is not taken for marks; as it was where it leads elsewhere."""
    words, address = found[1], found[2]
    if not re.match(r"https?://", address, re.IGNORECASE):
        return found[0]
    links.append(f'<a href="{address}" rel="noopener noreferrer" target="_blank">')
    links.append("</a>")
    return f"\ue000{len(links) - 2}\ue001{words or address}\ue000{len(links) - 1}\ue001"


def _items(found: re.Match[str]) -> str:
    return _ITEM.sub(r"<li>\1</li>", found[0].strip("\n")).replace("\n", "")


def _bullets(found: re.Match[str]) -> str:
    return f"<ul>{_items(found)}</ul>\n"


def _numbers(found: re.Match[str]) -> str:
    return f"<ol>{_items(found)}</ol>\n"
