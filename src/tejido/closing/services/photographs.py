"""Photographs: made small and without traces, shown to nobody before it is said who is on them."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.closing.events import PieceWritten
from tejido.closing.models import Photo, Shown
from tejido.closing.services.holding import held_open
from tejido.closing.services.pictures import NoPicture, made_small
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import on_sheet

MOST, MOST_BYTES = 24, 15 * 1024 * 1024


@transaction.atomic
def add_photo(gathering: Gathering, content: bytes, caption: str = "", *, actor: User) -> Photo:
    """Keep a photograph: JPEG, PNG or WebP up to 15 MB, 24 of a gathering. The same picture again is the same photograph.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "too_large", "no_picture", "too_many"). Announces PieceWritten.
    """
    gathering = held_open(gathering, actor)
    if len(content) > MOST_BYTES:
        raise Refusal("too_large", _("This photograph is larger than 15 MB. Send a smaller one."))
    try:
        picture = made_small(content)
    except NoPicture as error:
        raise Refusal(
            "no_picture",
            _("This is no photograph that can be read here. Save it as JPEG or PNG and try again."),
        ) from error
    rows = Photo.objects.filter(gathering=gathering)
    known = rows.filter(digest=picture.digest).first()
    if known is not None:
        return known
    if rows.count() >= MOST:
        raise Refusal("too_many", _("There are 24 photographs already. Take one out first."))
    photo = Photo.objects.create(
        gathering=gathering, digest=picture.digest, width=picture.width, height=picture.height,
        file=_kept(picture.large), small=_kept(picture.small),
        caption=" ".join(caption.split())[:200], added_by=actor,
    )  # fmt: skip
    announce(PieceWritten(gathering.community_id, gathering.pk, "photographs"), actor=actor)
    return photo


def _kept(content: bytes) -> str:
    return default_storage.save(f"photographs/{uuid4().hex}.jpg", ContentFile(content))


@transaction.atomic
def mark_photo(photo: Photo, person_ids: Collection[int], caption: str = "", *, actor: User) -> Photo:
    """Say who can be recognised on it; nobody is an answer too. Whoever has not agreed keeps it from being shown.

    Raises: NotAllowed; Refusal("sealed", "cancelled", "unknown_person"): somebody who is not on the sheet. Announces PieceWritten.
    """
    gathering = held_open(photo.gathering, actor)
    wanted = set(person_ids)
    if not wanted <= on_sheet(gathering):
        raise Refusal(
            "unknown_person", _("Somebody of these is not on the attendance list. Add them there first.")
        )
    row = Photo.objects.select_for_update().get(pk=photo.pk)
    row.shown.exclude(person_id__in=wanted).delete()
    known = set(row.shown.values_list("person_id", flat=True))
    Shown.objects.bulk_create(Shown(photo=row, person_id=pk) for pk in sorted(wanted - known))
    row.marked_at, row.caption = timezone.now(), " ".join(caption.split())[:200]
    row.save(update_fields=["marked_at", "caption"])
    announce(PieceWritten(gathering.community_id, gathering.pk, "photographs"), actor=actor)
    return row


@transaction.atomic
def remove_photo(photo: Photo, *, actor: User) -> None:
    """The photograph goes, its bytes too once that is certain. Raises: NotAllowed; Refusal("sealed", "cancelled").

    Announces PieceWritten.
    """
    gathering = held_open(photo.gathering, actor)
    paths = [photo.file.name, photo.small.name]
    removed, _by_model = Photo.objects.filter(pk=photo.pk).delete()
    if removed:
        announce(PieceWritten(gathering.community_id, gathering.pk, "photographs"), actor=actor)
        for path in paths:
            transaction.on_commit(partial(default_storage.delete, path))
