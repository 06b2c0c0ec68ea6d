"""Bringing a file: it is read and laid down row by row; nothing of it is in the directory yet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community, RecordedTie
from tejido.foundation.bulk import insert_many
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import require
from tejido.foundation.tables.columns import SESSION, ColumnGuess, recognise_columns
from tejido.foundation.tables.dates import date_order
from tejido.foundation.tables.reading import Table, read_table
from tejido.foundation.tables.statuses import read_statuses
from tejido.imports.fields import CONSENTS, DATES, FIELDS, may_replace
from tejido.imports.models import ImportColumn, ImportRun, StagedRow, StatusWord
from tejido.imports.profiles import PROFILES, columns_of_profile
from tejido.imports.services.working import batch
from tejido.imports.ties import SOURCE, TARGET, staged_number

BATCH = 4_000
LAID_DOWN = (
    "run", "number", "cells", "values", "notes", "finding", "decision", "by_hand", "candidates", "fingerprint",
)  # fmt: skip
USUAL_ORDER = {"US": "mdy"}
MOST_SPELLINGS = 60  # of attendance marks on one list


def stage_file(
    source: bytes | Path,
    name: str,
    kind: str,
    *,
    actor: User,
    community: Community | None = None,
    profile: str = "",
    sheet: str | None = None,
    region: str = "CO",
    tie_kind: str = RecordedTie.Kind.WORKED,
) -> ImportRun:
    """Read a file and lay its rows down for review. Nothing of it is seen in the directory.

    kind: of ImportRun.Kind. profile: of a school register (`profiles.PROFILES`), or "". region: ISO code of the
    country of telephones without a prefix. tie_kind: of RecordedTie.Kind, for the lines of a list of ties that do not
    say their own.
    Raises: NotAllowed; Refusal of `read_table` and "unknown_profile", "unknown_tie_kind", "nothing_recognised". Nothing is written then.
    """
    require(actor, "imports.bring", (kind, community))
    if profile and profile not in PROFILES:
        raise Refusal(
            "unknown_profile",
            _("There is no register profile «%(profile)s». Known: %(known)s.")
            % {"profile": profile, "known": ", ".join(sorted(PROFILES))},
        )
    if tie_kind not in RecordedTie.Kind.values:
        raise Refusal(
            "unknown_tie_kind",
            _("There is no kind of tie «%(kind)s». Known: %(known)s.")
            % {"kind": tie_kind, "known": ", ".join(RecordedTie.Kind.values)},
        )
    data = source if isinstance(source, bytes) else None
    table = read_table(source, name, sheet=sheet)
    guesses = _guesses(table, kind, profile, region)
    run = _begin(table, guesses, kind, actor, community, profile=profile, region=region, tie_kind=tie_kind)
    digest = hashlib.sha256(data if data is not None else Path(source).read_bytes())  # type: ignore[arg-type]
    ImportRun.objects.filter(pk=run.pk).update(sha256=digest.hexdigest())
    _lay_down(run, table)
    recognise(run, actor=actor)
    run.refresh_from_db()
    return run


def _guesses(table: Table, kind: str, profile: str, region: str) -> list[ColumnGuess]:
    if profile:
        guesses = columns_of_profile(profile, table.headers)
    else:
        found = recognise_columns(table, "schools" if kind == ImportRun.Kind.SCHOOLS else kind, region=region)  # type: ignore[arg-type]
        guesses = [guess if guess.field in FIELDS[kind] else _left_out(guess, kind) for guess in found]
    if not any(guess.field for guess in guesses):
        raise Refusal(
            "nothing_recognised",
            _(
                "None of the columns of «%(name)s» looks like part of such a list (%(headings)s). Choose the file that "
                "holds the list, or give its columns headings such as name, e-mail or school."
            )
            % {"name": table.name, "headings": ", ".join(table.headers[:6])},
        )
    return guesses


def _left_out(guess: ColumnGuess, kind: str) -> ColumnGuess:
    """A consent that does not say for what is taken for none: the coordination says which purpose was meant."""
    of_consent = guess.field == "consent" and CONSENTS.keys() <= FIELDS[kind].keys()
    return ColumnGuess(guess.header, None, 0.0, "which_purpose" if of_consent else "unknown")


@transaction.atomic
def _begin(
    table: Table,
    guesses: list[ColumnGuess],
    kind: str,
    actor: User,
    community: Community | None,
    **more: Any,
) -> ImportRun:
    run = ImportRun.objects.create(
        kind=kind,
        community=community,
        actor=actor,
        file_name=table.name[-200:],
        sheet=table.sheet,
        problems=[{"code": problem.code, "detail": dict(problem.detail)} for problem in table.problems],
        row_count=table.row_count,
        **more,
    )
    ImportColumn.objects.bulk_create(
        ImportColumn(
            run=run,
            position=position,
            header=guess.header[:500],
            field=guess.field or "",
            confidence=guess.confidence,
            because=guess.because,
        )
        for position, guess in enumerate(guesses)
    )
    return run


def _lay_down(run: ImportRun, table: Table) -> None:
    """Rows in short transactions: the database stays open to others."""
    rows: Iterator[Any] = table.rows()
    blank: tuple[Any, ...] = ({}, [], "new", "undecided", False, [], "")
    while some := list(islice(rows, BATCH)):
        lines = [
            (run.pk, number, list(row.cells), *blank)
            for row in some
            for number in _numbers_of(row.number, run)
        ]
        with batch():
            insert_many(StagedRow, LAID_DOWN, lines)


def _numbers_of(line: int, run: ImportRun) -> list[int]:
    """A line of a list of ties speaks of two people and is laid down twice."""
    if run.kind == ImportRun.Kind.TIES:
        return [staged_number(line, SOURCE), staged_number(line, TARGET)]
    return [line]


def recognise(run: ImportRun, *, actor: User) -> None:
    """Look at the staged cells again: how dates are written, what the attendance marks mean. Raises NotAllowed."""
    require(actor, "imports.work_on", run)
    columns = list(run.columns.all())
    dated = [column for column in columns if column.field in DATES]
    marks = [column for column in columns if column.field in {"status", SESSION}]
    texts: dict[int, set[str]] = {column.position: set() for column in dated}
    spelled: list[str] = []
    if dated or marks:
        for cells in run.rows.values_list("cells", flat=True).iterator(chunk_size=BATCH):
            for column in dated:
                texts[column.position].add(cells[column.position])
            spelled += [cells[column.position] for column in marks]
    with transaction.atomic():
        for column in dated:
            if column.order_because == "by_hand":
                continue
            guess = date_order(texts[column.position], usual=USUAL_ORDER.get(run.region, "dmy"))  # type: ignore[arg-type]
            column.order, column.order_because = guess.order, guess.because
            column.save(update_fields=["order", "order_because"])
        if run.kind == ImportRun.Kind.ATTENDANCE:
            _learn_words(run, spelled)


def _learn_words(run: ImportRun, spelled: Iterable[str]) -> None:
    guesses = read_statuses(text[:200] for text in spelled)
    if len(guesses) > MOST_SPELLINGS:
        raise Refusal(
            "too_many_marks",
            _(
                "There are %(count)d different marks in the attendance columns. One of them is probably not about "
                "attendance; leave it out below."
            )
            % {"count": len(guesses)},
            count=len(guesses),
        )
    kept = dict(run.words.filter(because="by_hand").values_list("word", "status"))
    run.words.all().delete()
    StatusWord.objects.bulk_create(
        StatusWord(run=run, **{**asdict(guess), "status": kept[word], "because": "by_hand", "certain": True})
        if word in kept
        else StatusWord(run=run, **asdict(guess))
        for word, guess in guesses.items()
    )


@transaction.atomic
def correct_columns(
    run: ImportRun,
    fields: Mapping[int, str],
    *,
    actor: User,
    orders: Mapping[int, str] | None = None,
    modes: Mapping[int, str] | None = None,
) -> None:
    """Say by hand what columns are: position -> field ("" leaves it out); orders: position -> dmy or mdy.

    modes: position -> "replace": it replaces what differs; anything else: it only fills what is empty.
    Raises: NotAllowed; Refusal("not_now"), ("field_twice"): two columns cannot be one field, "session" aside.
    """
    require(actor, "imports.work_on", run)
    refuse_unless(run, {ImportRun.State.COLUMNS, ImportRun.State.REVIEW})
    columns = {column.position: column for column in run.columns.all()}
    for position, field in fields.items():
        column = columns[position]
        if column.field != field and (field == "" or field in FIELDS[run.kind]):
            column.field, column.because, column.confidence, column.order_because = field, "by_hand", 1.0, ""
    for position, order in (orders or {}).items():
        if order in {"dmy", "mdy"} and columns[position].order != order:
            columns[position].order, columns[position].order_because = order, "by_hand"
    for position, mode in (modes or {}).items():
        columns[position].replaces = mode == "replace"
    for column in columns.values():
        column.replaces = column.replaces and may_replace(run.kind, column.field)
    _refuse_twice(columns.values())
    ImportColumn.objects.bulk_update(
        columns.values(), ["field", "because", "confidence", "order", "order_because", "replaces"]
    )
    run.state = ImportRun.State.COLUMNS
    run.save(update_fields=["state"])


def _refuse_twice(columns: Iterable[ImportColumn]) -> None:
    seen: dict[str, ImportColumn] = {}
    for column in columns:
        if not column.field or column.field == SESSION:
            continue
        first = seen.setdefault(column.field, column)
        if first is not column:
            raise Refusal(
                "field_twice",
                _("«%(first)s» and «%(second)s» are both said to be the same thing. Leave one of them out.")
                % {"first": first.header, "second": column.header},
                field=column.field,
            )


@transaction.atomic
def correct_words(run: ImportRun, statuses: Mapping[int, str], *, actor: User) -> None:
    """Say by hand what attendance marks mean: id of the word -> status. Raises NotAllowed; Refusal("not_now")."""
    require(actor, "imports.work_on", run)
    refuse_unless(run, {ImportRun.State.COLUMNS, ImportRun.State.REVIEW})
    known = {value for value, _label in StatusWord._meta.get_field("status").choices or []}
    for word in run.words.filter(pk__in=statuses):
        status = statuses[word.pk]
        if status in known and status != word.status:
            word.status, word.because, word.certain = status, "by_hand", True
            word.save(update_fields=["status", "because", "certain"])


@transaction.atomic
def discard_run(run: ImportRun, *, actor: User) -> None:
    """Forget a list that was never brought in, or was undone. Raises: NotAllowed; Refusal("not_now")."""
    require(actor, "imports.work_on", run)
    refuse_unless(run, {ImportRun.State.COLUMNS, ImportRun.State.REVIEW, ImportRun.State.UNDONE})
    run.delete()


def refuse_unless(run: ImportRun, states: Iterable[str]) -> None:
    """Raises Refusal("not_now") where the import is in none of `states`."""
    if run.state not in states:
        raise Refusal(
            "not_now",
            _("This import is «%(state)s»; that cannot be done to it now.")
            % {"state": run.get_state_display()},
            state=run.state,
        )
