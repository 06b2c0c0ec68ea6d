"""The certificate as a sheet of paper: one A4 page, landscape."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import font_lato
import segno
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tejido.certificates.addresses import address_of
from tejido.certificates.models import Certificate
from tejido.certificates.wording import duration_words

TEMPLATE = Path(__file__).parent / "typst" / "certificate.typ"
FONTS = Path(font_lato.__file__).parent / "files"


def words_of(certificate: Certificate) -> dict[str, str]:
    """What stands on the sheet, in the certificate's language. No query. Everything is data, nothing is markup."""
    address = address_of(certificate.key)
    with translation.override(certificate.language):
        return {
            "language": certificate.language,
            "heading": _("Certificate"),
            "given_by": certificate.given_by,
            "certifies": _("certifies that"),
            "name": certificate.name,
            "took_part": _("took part in"),
            "title": certificate.title,
            "hours": f"{duration_words(certificate.minutes)} · {certificate.get_hours_kind_display()}",
            "days": days_words(certificate),
            "text": certificate.text,
            "signer": certificate.signer_name,
            "function": certificate.signer_function,
            "issued": _("Issued on %(day)s") % {"day": date_format(certificate.issued_at, "DATE_FORMAT")},
            "check": _("Scan to check it"),
            "address": address,
            "qr": _qr(address),
            "void": "" if certificate.is_valid else _("Revoked"),
        }


def _qr(address: str) -> str:
    return segno.make(address, error="m").svg_inline(border=0, dark="#201B16")


def days_words(certificate: Certificate) -> str:
    """One day, or from when to when, in the reader's language."""
    first, last = (date_format(day, "DATE_FORMAT") for day in (certificate.first_day, certificate.last_day))
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def as_pdf(certificate: Certificate) -> bytes:
    """A tagged PDF with its fonts inside. Cost: about 0.1 s."""
    import typst  # slow to load, and only a PDF needs it

    pdf = typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"certificate": json.dumps(words_of(certificate), ensure_ascii=False)},
    )
    assert isinstance(pdf, bytes)
    return pdf


def file_name(certificate: Certificate, ending: str = "pdf") -> str:
    """A name that every system takes: letters without accents, digits, hyphens.

    >>> file_name(Certificate(pk=7, name="Íñigo ../Ruíz"))
    'inigo-ruiz-7.pdf'
    """
    plain = unicodedata.normalize("NFKD", certificate.name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "certificate"
    return f"{stem}-{certificate.pk}.{ending}"


class _Pipe(io.RawIOBase):
    """What a zip is written into: it cannot be rewound, and is emptied by whoever reads."""

    def __init__(self) -> None:
        self._held = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        written = bytes(data)  # type: ignore[call-overload]
        self._held += written
        return len(written)

    def taken(self) -> bytes:
        held, self._held = self._held, b""
        return held


def as_zip(certificates: Iterable[Certificate]) -> Iterator[bytes]:
    """A zip with one PDF each, piece by piece: never more than one sheet is held."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for certificate in certificates:
            archive.writestr(file_name(certificate), as_pdf(certificate))
            yield pipe.taken()
    yield pipe.taken()
