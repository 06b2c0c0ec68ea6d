"""Comparing a list of people with who is already here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from tejido.foundation.bulk import update_many
from tejido.foundation.tables.columns import SESSION
from tejido.foundation.tables.matching import Match, PersonIndex, Repeats
from tejido.foundation.tables.plain import plain
from tejido.imports.models import ImportRun, StagedRow
from tejido.imports.rows import ColumnUse, Said, fingerprint, identity, person_said
from tejido.imports.services.additions import Here, additions_of
from tejido.imports.services.knowing import (
    KnownPerson,
    SchoolBook,
    communities_by_name,
    known_people,
    school_book,
)
from tejido.imports.services.personal import ConsentTally, letters_of, personal_book
from tejido.imports.services.places import school_places
from tejido.imports.services.working import batch, progress
from tejido.imports.ties import end_said, side_of

BATCH = 2_000
LOOKUP = 500
COLUMNS = (
    "values", "notes", "finding", "decision", "by_hand", "target_id", "joined_to", "candidates", "fingerprint",
)  # fmt: skip
Finding, Decision = StagedRow.Finding, StagedRow.Decision


@dataclass(slots=True)
class Judged:
    """What was found of one row."""

    said: Said
    finding: str = Finding.NEW
    decision: str = Decision.NEW
    target: int | None = None
    joined_to: int | None = None
    candidates: list[dict[str, Any]] = field(default_factory=list)
    fingerprint: str = ""

    def columns(self, pk: int) -> tuple[Any, ...]:
        return (
            self.said.values, self.said.notes, self.finding, self.decision, False, self.target, self.joined_to,
            self.candidates, self.fingerprint, pk,
        )  # fmt: skip


def columns_in_use(run: ImportRun) -> list[ColumnUse]:
    return [
        ColumnUse(column.position, column.field, column.header, column.order or "dmy")  # type: ignore[arg-type]
        for column in run.columns.all()
        if column.field
    ]


def right_on_people(run: ImportRun) -> str:
    """Attendance and ties are recorded of whomever one sees; a list of people adds to whom it finds."""
    return "see" if run.kind in ImportRun.REPEATING else "edit"


class PeopleJudge:
    """Says of each row, in order, who it is. Holds everybody in memory: about 1.5 kB for each known person and row."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.columns = with_letters(run, columns_in_use(run))
        self.known: dict[int, KnownPerson] = known_people(run.actor, run.community, right_on_people(run))
        self.is_repeating = run.kind in ImportRun.REPEATING
        near = {one.id for one in self.known.values() if one.memberships} if self.is_repeating else set()
        self.index = PersonIndex((person.identity() for person in self.known.values()), near=near)
        self.schools: SchoolBook = school_book()
        self.communities = communities_by_name(run.community)
        self.personal = personal_book(run)
        self.places = school_places(run)
        self.consents = ConsentTally()
        self.here = Here(run, self.schools, self.communities, self.personal)
        self.repeats = Repeats()
        self.first_by_print: dict[str, int] = {}
        self.judged: dict[
            int, tuple[str, str]
        ] = {}  # row number -> (finding, decision), for rows joined to it

    def judge(self, number: int, said: Said, mark: str, remembered: int | None) -> Judged:
        """mark: the fingerprint of the row. remembered: whom an earlier import made of the same row."""
        row = Judged(said, fingerprint=mark)
        found = self.schools.find(said.values)
        who = identity(number, said.values, str(found.id) if found.id else found.key)
        if not who.name and not (who.code or who.emails or who.phones):
            said.note("no_name")
            row.finding, row.decision = Finding.UNUSABLE, Decision.SKIP
            return row
        earlier = self._earlier(row, who)
        if earlier is not None:
            return self._joined(row, earlier)
        self._place(row, found)
        if self.run.kind == ImportRun.Kind.TIES and who.code and not who.name:
            # Whoever is new is called by the code. Nobody is compared by it: `who` is made.
            said.values["given_names"] = who.code
        self._match(row, self._matched(who, remembered))
        self._personal(row)
        return row

    def say(self, number: int, cells: Sequence[str]) -> Said:
        """What a staged row says."""
        if self.run.kind == ImportRun.Kind.TIES:
            return end_said(cells, self.columns, side_of(number))
        return person_said(cells, self.columns, region=self.run.region)

    def _earlier(self, row: Judged, who: Any) -> int | None:
        found = self.repeats.earlier(who)
        if found is not None:
            return found[0]
        if self.is_repeating:  # on one such list the same words are the same person
            first = self.first_by_print.setdefault(row.fingerprint, who.id)
            return first if first != who.id else None
        return None

    def _joined(self, row: Judged, earlier: int) -> Judged:
        row.decision, row.joined_to = Decision.JOINED, earlier
        row.finding = Finding.KNOWN if self.is_repeating else Finding.REPEATED
        if not self.is_repeating:
            row.said.note("repeated", row=earlier)
        return row

    def _matched(self, who: Any, remembered: int | None) -> Match | int:
        if remembered is not None and remembered in self.known:
            return remembered
        return self.index.match(who)

    def _match(self, row: Judged, match: Match | int) -> None:
        if isinstance(match, int):
            row.candidates = [{"id": match, "score": 100.0, "reasons": ["remembered"]}]
            self._same(row, match)
            return
        row.candidates = [
            {"id": candidate.id, "score": round(candidate.score, 1), "reasons": list(candidate.reasons)}
            for candidate in match.candidates
        ]
        if match.verdict == "exact" and match.best is not None:
            self._same(row, match.best.id)
        elif match.verdict == "likely":
            row.finding, row.decision = Finding.LIKELY, Decision.UNDECIDED
        elif "given_names" not in row.said.values:
            row.said.note("no_name")
            row.finding, row.decision = Finding.UNUSABLE, Decision.SKIP

    def _same(self, row: Judged, person_id: int) -> None:
        row.target, row.decision = person_id, Decision.SAME
        if self.run.kind == ImportRun.Kind.TIES:  # says nothing of a person but who it is
            row.finding = Finding.KNOWN
            return
        values, known = row.said.values, self.known[person_id]
        added = additions_of(values, known, self.here)
        differing = self.personal.differences(values, known, self.schools.find(values).id)
        row.finding = Finding.UPDATE if added or differing else Finding.KNOWN
        if added:
            row.said.note("adds", fields=added)
        for one in differing:
            row.said.note("replaces", **one._asdict())
        if (
            values.get("email")
            and values["email"] not in known.emails
            and not self.personal.email_open(known.id)
        ):
            row.said.note("email_guarded")

    def _personal(self, row: Judged) -> None:
        """Consents that stay as they are, and what is said of the school."""
        values = row.said.values
        _taken, kept = self.personal.answers_taken(values, row.target) if row.target else ([], [])
        for code, purposes in (
            ("consent_kept", kept),
            ("consent_without_words", self.personal.without_words(values)),
        ):
            if purposes:
                row.said.note(code, purposes=purposes)
        self.consents.add(values, kept)
        gaps = self.places.judge(row.said, self.schools.find(values))
        if gaps:
            row.said.note("adds", fields=gaps)
            if row.finding == Finding.KNOWN:
                row.finding = Finding.UPDATE

    def _place(self, row: Judged, found: Any) -> None:
        values = row.said.values
        if found.several:
            row.said.note("several_schools", name=values.get("school_name") or values.get("school_code", ""))
        elif found.key and values.get("school_name") and not self.is_repeating:
            row.said.note("new_school", name=values["school_name"])
        elif found.key and not self.is_repeating:
            row.said.note("unknown_school_code", code=values["school_code"])
        asked = values.get("community")
        if asked and self.run.community and plain(asked) not in self.communities:
            row.said.note("unknown_community", text=asked)


def match_people(run: ImportRun) -> None:
    """Judge every staged row, in short transactions."""
    judge = PeopleJudge(run)
    done, last = 0, -1
    while rows := _some_rows(run, last):
        last = rows[-1][1]
        said = [(pk, number, judge.say(number, cells)) for pk, number, cells in rows]
        prints = [fingerprint(one.values) for _pk, _number, one in said]
        remembered = _remembered(run, prints)
        judged = [
            judge.judge(number, one, mark, remembered.get(mark)).columns(pk)
            for (pk, number, one), mark in zip(said, prints, strict=True)
        ]
        with batch():
            update_many(StagedRow, COLUMNS, judged)
            done += len(rows)
            progress(run, done, run.staged_count)
    ImportRun.objects.filter(pk=run.pk).update(consents=judge.consents.found)


def with_letters(run: ImportRun, columns: list[ColumnUse]) -> list[ColumnUse]:
    """The columns, that of genders with what its bare M means. One query where there is one."""

    def read(column: ColumnUse) -> ColumnUse:
        cells = run.rows.values_list("cells", flat=True).iterator(chunk_size=BATCH)
        return replace(column, m_is=letters_of(one[column.position] for one in cells))

    return [read(column) if column.field == "gender" else column for column in columns]


def _some_rows(run: ImportRun, after: int) -> list[tuple[int, int, list[str]]]:
    rows = run.rows.filter(number__gt=after).order_by("number").values_list("pk", "number", "cells")
    return list(rows[:BATCH])


def _remembered(run: ImportRun, prints: Sequence[str]) -> dict[str, int]:
    """Whom earlier imports of this community (of this account, where there is none) made of the same rows."""
    of = Q(run__community=run.community) if run.community_id else Q(run__community=None, run__actor=run.actor)
    earlier = (
        StagedRow.objects.filter(of, run__state=ImportRun.State.APPLIED)
        .exclude(run=run)
        .annotate(person=Coalesce(F("written_id"), F("target_id")))
        .exclude(person=None)
        .order_by("pk")
    )
    found: dict[str, int] = {}
    for some in _chunks(sorted(set(prints))):
        found.update(earlier.filter(fingerprint__in=some).values_list("fingerprint", "person"))
    return found


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), LOOKUP):
        yield texts[start : start + LOOKUP]


def marks_of(values: dict[str, str]) -> dict[int, str]:
    """The marks of a wide attendance row: position of the column -> text."""
    return {int(key.partition(":")[2]): text for key, text in values.items() if key.startswith(f"{SESSION}:")}
