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

from tejido.charters.models import Article, CharterVersion
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
    address = settings.TEJIDO_URL + _path(version, is_public=public is not None and public.is_open)
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
        join=Part(
            _("Join us"),
            [_("Scan the code, or open the address: there is the whole charter, and how to join.")],
        ),
        qr=_qr(address),
        address=_breakable(address),
        contact=_breakable(f"{contact.name} · {mail}") if contact else "",
        foot=_foot(version),
        shortened=_("Shortened. The whole charter: the code on the back."),
    )


def _of(by_kind: dict[str, list[Part]], *kinds: str) -> list[Part]:
    return [part for kind in kinds for part in by_kind.get(kind, [])]


def _path(version: CharterVersion, *, is_public: bool) -> str:
    if is_public:
        return reverse("charters:public", args=[version.community.public_charter.slug])
    return reverse("charters:charter", args=[version.community_id])


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
