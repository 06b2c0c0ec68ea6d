"""Files that come with answers: only those the answer speaks of, each stored once, pictures without their traces."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from tejido.instruments.attachments import media_type, without_traces
from tejido.instruments.models import Attachment, Blob, Response
from tejido.instruments.services.deriving import Read


def attach(response: Response, files: Mapping[str, bytes], read: Read) -> tuple[str, ...]:
    """Keep the files that the answer names; the names of those it does not. The first of a name stays."""
    wanted = {name: content for name, content in files.items() if name in read.names}
    there = set(response.attachments.values_list("name", flat=True)) if wanted else set()
    for name, content in wanted.items():
        if name not in there:
            _attach(response, name, content)
    return tuple(sorted(set(files) - set(wanted)))


def _attach(response: Response, name: str, content: bytes) -> None:
    blob = _blob(without_traces(content))
    with suppress(IntegrityError), transaction.atomic():  # another post of the same answer was quicker
        Attachment.objects.create(
            response=response, name=name, blob=blob, sent_sha256=hashlib.sha256(content).hexdigest()
        )


def _blob(content: bytes) -> Blob:
    sha256 = hashlib.sha256(content).hexdigest()
    found = Blob.objects.filter(sha256=sha256).first()
    if found is not None:
        return found
    path = default_storage.save(f"answers/{sha256[:2]}/{sha256}", ContentFile(content))
    with suppress(NotImplementedError):
        os.utime(default_storage.path(path), (0, 0))  # when it came is nobody's business: see anonymous.py
    try:
        with transaction.atomic():
            return Blob.objects.create(
                sha256=sha256, file=path, size=len(content), media_type=media_type(content)
            )
    except IntegrityError:
        default_storage.delete(path)
        return Blob.objects.get(sha256=sha256)
