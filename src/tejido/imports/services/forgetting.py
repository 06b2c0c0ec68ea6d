"""Lists hold names and telephones. What was brought in long ago is in the directory; its copy here is forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tejido.imports.models import ImportRun, StagedRow
from tejido.imports.services.working import batch

KEPT = timedelta(days=90)  # cells of a list that is in or undone: to look up why a row became what it is
UNFINISHED_KEPT = timedelta(days=30)  # a list that nobody brought in


def forget_old_lists() -> int:
    """Empty the rows of old lists, and drop those that were never brought in. How many lists. Safe to run again.

    What undoing and recognising rows again need stays: ids, decisions and fingerprints.
    """
    now, states = timezone.now(), ImportRun.State
    left = ImportRun.objects.filter(
        state__in=[states.COLUMNS, states.REVIEW], created_at__lt=now - UNFINISHED_KEPT
    )
    done = ImportRun.objects.filter(state__in=[states.APPLIED, states.UNDONE], created_at__lt=now - KEPT)
    count = 0
    for run in [*left, *done.filter(rows__in=StagedRow.objects.exclude(cells=[])).distinct()]:
        with batch():
            if run.state in {states.COLUMNS, states.REVIEW}:
                run.delete()
            else:
                run.rows.update(cells=[], values={}, notes=[], candidates=[])
            count += 1
    return count
