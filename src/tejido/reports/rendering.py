"""A document as PDF (typst) and as one HTML file that needs nothing beside it."""

from __future__ import annotations

import json
from pathlib import Path

import font_lato
from django.template.loader import render_to_string

from tejido.reports.document import Document

TEMPLATE = Path(__file__).parent / "typst" / "report.typ"
FONTS = Path(font_lato.__file__).parent / "files"


def as_pdf(document: Document) -> bytes:
    """A tagged PDF, A4, fonts embedded. The data goes in as input, never as markup: nothing in it is executed.

    Cost: about 0.2 s the first time, then some 0.1 s for ten pages.
    """
    import typst  # slow to load, and only a PDF needs it

    pdf = typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(document.as_json(), ensure_ascii=False)},
    )
    assert isinstance(pdf, bytes)
    return pdf


def as_html(document: Document) -> str:
    """One HTML file with its own style and drawings, readable without a connection and without scripts."""
    return render_to_string("reports/standalone.html", {"document": document})
