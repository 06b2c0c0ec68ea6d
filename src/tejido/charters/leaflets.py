"""The charter as a leaflet: one sheet, two sides, folded twice into six panels."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

import font_lato
import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.charters.models import Article, CharterVersion, PublicPage
from tejido.charters.selectors import begun_articles, page_of
from tejido.charters.selectors.public import contact_of, nodes_of
from tejido_forms.markup import without_marks

TEMPLATE = Path(__file__).parent / "typst" / "leaflet.typ"
FONTS = Path(font_lato.__file__).parent / "files"
PAPERS = ("a4", "us-letter")
LONGEST = 28  # letters: what is longer may be broken anywhere, or it would stand out of its panel
_WORD = re.compile(rf"\S{{{LONGEST},}}")
INSIDE = (Article.Kind.MISSION, Article.Kind.VISION, Article.Kind.PURPOSE)
MIDDLE = (Article.Kind.PRINCIPLES,)


@dataclass(frozen=True, slots=True)
class Part:
    """A title and its paragraphs."""

    title: str
    paragraphs: list[str]


@dataclass(frozen=True, slots=True)
class Leaflet:
    """What stands on the sheet, in the language of the community. Panels: flap, back and cover outside; three inside.

    qr: SVG. shortened: what stands under a panel whose text did not fit. Everything is data, nothing is markup.
    """

    paper: str
    language: str
    name: str
    kind: str
    motto: str
    inside: list[Part]
    middle: list[Part]
    right: list[Part]
    flap: list[Part]
    nodes: Part
    join: Part
    qr: str
    address: str
    contact: str
    foot: str
    shortened: str


def leaflet_of(version: CharterVersion, paper: str = PAPERS[0]) -> Leaflet:
    """The leaflet of a version, with nodes and contact of today. Seven queries."""
    with translation.override(version.community.language):
        return _said(version, paper)


def _said(version: CharterVersion, paper: str) -> Leaflet:
    community, public = version.community, page_of(version.community)
    by_kind: dict[str, list[Part]] = {}
    for article in begun_articles(version):
        by_kind.setdefault(article.kind, []).append(_part(article))
    address = _address(public)
    contact, mail = contact_of(public) if public else (None, "")
    return Leaflet(
        paper=paper,
        language=community.language,
        name=_breakable(community.name),
        kind=str(community.get_kind_display()),
        motto=_breakable(community.challenge),
        inside=_of(by_kind, *INSIDE),
        middle=_of(by_kind, *MIDDLE),
        right=_of(by_kind, Article.Kind.GOVERNANCE),
        flap=_of(by_kind, Article.Kind.OTHER),
        nodes=_nodes(version),
        join=Part(_("Join us"), [_how_to_join(address)]),
        qr=_qr(address) if address else "",
        address=_breakable(address),
        contact=_breakable(f"{contact.name} · {mail}") if contact else "",
        foot=_foot(version),
        shortened=_shortened(address),
    )


def _of(by_kind: dict[str, list[Part]], *kinds: str) -> list[Part]:
    return [part for kind in kinds for part in by_kind.get(kind, [])]


def _address(public: PublicPage | None) -> str:
    """Of the page for everybody; "" where there is none: strangers would stand before a closed door."""
    if public is None or not public.is_open:
        return ""
    return settings.TEJIDO_URL + reverse("charters:public", args=[public.slug])


def _how_to_join(address: str) -> str:
    if address:
        return _("Scan the code, or open the address: there is the whole charter, and how to join.")
    return _("Whoever gave you this sheet can show you the whole charter and tell you how to join.")


def _shortened(address: str) -> str:
    if address:
        return _("Shortened. The whole charter: the code on the back.")
    return _("Shortened. Whoever gave you this sheet has the whole charter.")


def _part(article: Article) -> Part:
    lines = re.split(r"\n\s*\n", article.text.replace("\r\n", "\n"))
    return Part(
        _breakable(article.title), [_breakable(" ".join(without_marks(one).split())) for one in lines]
    )


def _nodes(version: CharterVersion) -> Part:
    names = nodes_of(version.community)
    title = ngettext("%(count)d node", "%(count)d nodes", len(names)) % {"count": len(names)} if names else ""
    return Part(title, [_breakable(name) for name in names])


def _foot(version: CharterVersion) -> str:
    if version.in_force_since is None:
        return f"{version} · {version.get_state_display()}"
    day = date_format(version.in_force_since, "DATE_FORMAT")
    return _("%(charter)s, in force since %(day)s") % {"charter": version, "day": day}


def _breakable(text: str) -> str:
    """Very long words may be broken anywhere.

    >>> len(_breakable("a" * 30)) - 30
    29
    """
    return _WORD.sub(lambda found: "\u200b".join(found[0]), text)


def _qr(address: str) -> str:
    return segno.make(address, error="m").svg_inline(border=1)


def as_pdf(leaflet: Leaflet) -> bytes:
    """Two pages, fonts embedded, tagged. Texts that are too long for their panel are cut by typst, who measures them.

    Cost: about 0.3 s.
    """
    import typst  # slow to load, and only a PDF needs it

    pdf = typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"leaflet": json.dumps(asdict(leaflet), ensure_ascii=False)},
    )
    assert isinstance(pdf, bytes)
    return pdf
