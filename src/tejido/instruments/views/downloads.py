"""Answers and codebooks as files."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.instruments import files
from tejido.instruments.views import loading
from tejido.web.tables.files import XLSX, as_csv

READS = "instruments.read_answers"


def _name(title: str) -> str:
    return slugify(title)[:60] or "answers"


@members
@require_GET
def answers_csv(request: MemberRequest, pk: int) -> StreamingHttpResponse:
    """One line for each answer."""
    found = loading.collection(request, pk, READS)
    return as_csv(_name(found.title), files.header(found), files.wide(found))


@members
@require_GET
def answers_xlsx(request: MemberRequest, pk: int) -> FileResponse:
    """Answers, values and codebook."""
    found = loading.collection(request, pk, READS)
    name = f"{_name(found.title)}.xlsx"
    return FileResponse(files.workbook(found), as_attachment=True, filename=name, content_type=XLSX)


@members
@require_GET
def answers_xml(request: MemberRequest, pk: int) -> FileResponse:
    """The XML of every answer."""
    found = loading.collection(request, pk, READS)
    name = f"{_name(found.title)}.zip"
    return FileResponse(
        files.archive(found), as_attachment=True, filename=name, content_type="application/zip"
    )


@members
@require_GET
def codebook(request: MemberRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """What each question of a version is called, asks and offers."""
    version = loading.version(request, pk)
    first, *rest = files.codebook(version)
    return as_csv(f"codebook-{_name(version.instrument.title)}", first, rest)
