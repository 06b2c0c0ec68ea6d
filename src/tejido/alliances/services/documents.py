"""The papers of an agreement: kept, handed over, removed. What a file is, its bytes say."""

from __future__ import annotations

import io
import zipfile
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.alliances.events import DocumentAdded, DocumentRemoved
from tejido.alliances.models import Agreement, Document
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require

MOST_BYTES = 10 * 1024 * 1024
MOST_DOCUMENTS = 20
MARKS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document_type(content: bytes) -> str | None:
    """What the bytes are: PDF, JPEG, PNG, DOCX or ODT; None for anything else.

    >>> document_type(b"%PDF-1.7"), document_type(b"<svg onload=alert(1)>")
    ('application/pdf', None)
    """
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except zipfile.BadZipFile:
        return None
    if "word/document.xml" in names:
        return OFFICE
    return "application/vnd.oasis.opendocument.text" if {"mimetype", "content.xml"} <= names else None


@transaction.atomic
def add_document(agreement: Agreement, name: str, content: bytes, *, actor: User) -> Document:
    """Keep a paper of the agreement: PDF, JPEG, PNG, DOCX or ODT, up to 10 MB.

    Raises: NotAllowed; Refusal("document_too_large", "document_type", "too_many_documents"). Announces DocumentAdded.
    """
    require(actor, "alliances.agree", agreement.community)
    if len(content) > MOST_BYTES:
        raise Refusal(
            "document_too_large", _("This file is larger than 10 MB. Make it smaller, or give a link.")
        )
    kind = document_type(content)
    if kind is None:
        raise Refusal(
            "document_type", _("This is no PDF, DOCX, ODT, JPEG or PNG. Save it as PDF and try again.")
        )
    if agreement.documents.count() >= MOST_DOCUMENTS:
        raise Refusal("too_many_documents", _("An agreement keeps up to 20 files. Remove one first."))
    path = default_storage.save(f"agreements/{uuid4().hex}", ContentFile(content))
    document = Document.objects.create(
        agreement=agreement,
        name=name.replace("\\", "/").rpartition("/")[2][:200] or "document",
        file=path,
        size=len(content),
        media_type=kind,
        added_by=actor,
    )
    fact = DocumentAdded(agreement.community_id, agreement.organisation_id, agreement.pk)
    announce(fact, actor=actor)
    return document


@transaction.atomic
def remove_document(document: Document, *, actor: User) -> None:
    """The paper goes, its bytes too once that is certain. Raises NotAllowed. Announces DocumentRemoved."""
    agreement = document.agreement
    require(actor, "alliances.agree", agreement.community)
    fact = DocumentRemoved(agreement.community_id, agreement.organisation_id, agreement.pk)
    announce(fact, actor=actor)
    path = document.file.name
    document.delete()
    transaction.on_commit(lambda: default_storage.delete(path))
