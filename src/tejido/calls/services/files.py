"""Films and attachments of applications: kept as they come, from disk to disk, under names that nobody can guess."""

from __future__ import annotations

import hashlib
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tejido.calls.films import attachment_type, clean_name, film_type
from tejido.calls.models import Application, ApplicationFile
from tejido.foundation.errors import Refusal

MOST_ATTACHMENTS = 5
MOST_ATTACHMENT_BYTES = 10 * 1024 * 1024
MOST_NAME = 120
PIECE = 1024 * 1024
HEAD = 64


def most_video_bytes() -> int:
    return int(settings.TEJIDO_VIDEO_MB) * 1024 * 1024


@transaction.atomic
def keep_file(application: Application, kind: str, sent: UploadedFile) -> ApplicationFile:
    """Keep what she sent with her application; a new film takes the place of the one before. The same file again is the one here.

    Not announced: the application is. Raises: Refusal("too_large", "no_film", "no_attachment", "too_many").
    """
    application = Application.objects.select_for_update().get(pk=application.pk)
    video = kind == ApplicationFile.Kind.VIDEO
    sent.seek(0)
    media_type = _checked(sent, video)
    digest = _digest(sent)
    mine = application.files.filter(kind=kind)
    known = mine.filter(sha256=digest).first()
    if known is not None:
        return known
    if video:
        for old in mine:
            remove_file(old)
    elif mine.count() >= MOST_ATTACHMENTS:
        raise Refusal(
            "too_many", _("An application takes %(most)d attachments.") % {"most": MOST_ATTACHMENTS}
        )
    made = ApplicationFile(
        application=application, kind=kind, name=clean_name(sent.name or "", MOST_NAME), size=sent.size or 0,
        media_type=media_type, sha256=digest,
    )  # fmt: skip
    sent.seek(0)
    made.file = default_storage.save(f"calls/{made.key.hex[:2]}/{made.key.hex}", sent)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        default_storage.delete(made.file)
        raise
    return made


def _checked(sent: UploadedFile, video: bool) -> str:
    """Its type, told by its bytes. Raises as `keep_file`."""
    head = sent.read(HEAD)
    size = sent.size or 0
    if video:
        if size > most_video_bytes():
            raise Refusal("too_large", too_large())
        found = film_type(head)
        if not found:
            raise Refusal(
                "no_film", _("This file is no film that a browser plays. Send MP4, WebM or MOV, or a link.")
            )
        return found
    if size > MOST_ATTACHMENT_BYTES:
        raise Refusal("too_large", _("An attachment may have 10 MB at most. Send a smaller file."))
    if not size:
        raise Refusal("no_attachment", _("This file is empty. Choose it again."))
    return attachment_type(head)


def too_large() -> str:
    """What somebody reads whose film is larger than this installation takes."""
    return _(
        "The film is larger than %(most)d MB and was not kept; everything else was. Send a link to it, or a shorter film."
    ) % {"most": settings.TEJIDO_VIDEO_MB}


def _digest(sent: Any) -> str:
    sent.seek(0)
    whole = hashlib.sha256()
    while piece := sent.read(PIECE):
        whole.update(piece)
    return whole.hexdigest()


@transaction.atomic
def remove_file(file: ApplicationFile) -> None:
    """Take it away, from the disk too, once the deed stands."""
    path = file.file
    file.delete()
    transaction.on_commit(lambda: default_storage.delete(path))


def opened(file: ApplicationFile) -> IO[bytes]:
    """Its bytes, to be closed by whoever reads them. Raises FileNotFoundError."""
    return default_storage.open(file.file, "rb")
