"""Bringing a list of ties, and taking it back."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from tejido.accounts.models import User
from tejido.communities.services import record_ties, take_back_ties
from tejido.directory.services.arrivals import settle_arrivals
from tejido.foundation.bulk import update_many
from tejido.imports.models import ImportRun, StagedRow
from tejido.imports.services.settling import finish, person_ids
from tejido.imports.services.working import batch
from tejido.imports.staged_ties import Left, judged_lines, tie_lines, whom_rows_mean

NOTES = {
    Left.WITHOUT_END: "tie_without_end",
    Left.WITH_ONESELF: "tie_with_oneself",
    Left.WITHOUT_WEIGHT: "tie_without_weight",
}


def note_ties(run: ImportRun) -> None:
    """Say on the rows which ties will not count: with oneself, without weight, with somebody who cannot be known."""
    why = {number: NOTES[left] for number, _line, left in judged_lines(run, whom_rows_mean(run)) if left}
    rows = run.rows.values_list("pk", "number", "notes")
    changed: list[tuple[list[Any], int]] = [
        ([*notes, {"code": why[number], "detail": {}}], pk) for pk, number, notes in rows if number in why
    ]
    with batch():
        update_many(StagedRow, ["notes"], changed)


def settle_ties(run: ImportRun, *, actor: User) -> None:
    """The last transaction of a list of ties: new people seen, ties written down."""
    assert run.community is not None
    lines = tie_lines(run, person_ids(run))
    with transaction.atomic():
        settle_arrivals(run.pk, actor=actor)
        new = record_ties(run.community, lines, brought_in=run.pk, actor=actor)
        finish(run, [], new=new, changed=0, actor=actor)


def forget_ties(run: ImportRun, *, actor: User) -> None:
    """The ties of the list are gone. Nothing where it is a list of something else."""
    if run.kind == ImportRun.Kind.TIES and run.community is not None:
        take_back_ties(run.community, brought_in=run.pk, actor=actor)
