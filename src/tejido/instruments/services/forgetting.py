"""Answers that were promised to be deleted."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from tejido.accounts.models import User
from tejido.foundation.policies import require
from tejido.instruments.models import Blob, Collection, Response


@transaction.atomic
def forget_responses(responses: QuerySet[Response], *, actor: User) -> int:
    """Delete these answers with everything in them, where people were told that they would be. Returns how many.

    For higher floors that keep such a promise, which announce it; nothing else deletes an answer. Files that no other answer
    has go too. Raises NotAllowed.
    """
    for collection in Collection.objects.filter(responses__in=responses).distinct():
        require(actor, "instruments.manage", collection)
    keys = list(responses.values_list("pk", flat=True))
    blobs = list(Blob.objects.filter(attachments__response__in=keys).distinct().values_list("pk", flat=True))
    Response.objects.filter(pk__in=keys).delete()
    for blob in Blob.objects.filter(pk__in=blobs, attachments=None):
        path = blob.file.name
        blob.delete()
        transaction.on_commit(lambda path=path: default_storage.delete(path))  # type: ignore[misc]
    return len(keys)
