"""Forgetting in which order rows were written, where that order could tell whose they are."""

from __future__ import annotations

import random
from typing import Any

from django.db import models


def forget_order(rows: models.QuerySet[Any]) -> None:
    """Write these rows again in an order by chance. For services, inside their transaction; nothing may point at the rows.

    Keys count up, and PostgreSQL keeps out of sight in which order rows were changed: the order of those who answered could
    be laid beside the order of what was answered. A key that is drawn by chance stays, one that counts up is given anew.
    """
    model = rows.model
    kept = list(rows)
    random.SystemRandom().shuffle(kept)
    rows.delete()
    for row in kept:
        if isinstance(model._meta.pk, models.AutoField):
            row.pk = None
        row._state.adding = True
    model._default_manager.bulk_create(kept, batch_size=1_000)
