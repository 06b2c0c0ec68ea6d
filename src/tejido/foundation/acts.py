"""Acts that phones send, perhaps twice: done once, answered the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from tejido.foundation.models import DoneAct


def once(key: UUID, kind: str, deed: Callable[[], str], *, actor: Any) -> tuple[str, bool]:
    """Do `deed` unless an act with this key was done before. Returns (outcome, whether it was new).

    The key and the effect are one transaction: neither stands without the other. A second
    request that arrives while the first is under way waits for it and then answers "duplicate".
    """
    try:
        with transaction.atomic():
            act = DoneAct.objects.create(key=key, actor=actor, kind=kind, outcome="")
            act.outcome = deed()
            act.save(update_fields=["outcome"])
            return act.outcome, True
    except IntegrityError:
        known = DoneAct.objects.filter(pk=key).first()
        if known is None:  # the deed itself met a constraint; that is not ours to hide
            raise
        return known.outcome, False
