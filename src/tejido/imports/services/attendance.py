"""Attendance lists: which gatherings they speak of, and what is recorded of whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.directory.services.arrivals import settle_arrivals
from tejido.foundation.bulk import update_many
from tejido.foundation.tables.columns import SESSION
from tejido.foundation.tables.dates import Order, parse_moment
from tejido.foundation.tables.plain import plain
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.services import (
    AttendanceRow,
    GatheringFields,
    Presence,
    discard_gatherings,
    plan_gatherings,
    record_attendances,
)
from tejido.imports.gatherings import USUAL_LENGTH, USUAL_START, numbered
from tejido.imports.models import ImportedChange, ImportRun, StagedGathering, StagedRow
from tejido.imports.rows import Values
from tejido.imports.services.gatherings import numbers_of_lists
from tejido.imports.services.particulars import Change
from tejido.imports.services.settling import finish, person_ids

BATCH = 2_000
SAME_HOUR = timedelta(minutes=5)
Decision = StagedRow.Decision


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on the list: at which gathering (StagedGathering.key), the word, minutes or None."""

    key: str
    word: str
    minutes: int | None


def marks_in(values: Values, sessions: Iterable[int]) -> list[Mark]:
    """The marks of one row: one of a long list, several of a wide one. sessions: positions of wide columns."""
    wide = [Mark(f"column:{at}", values.get(f"{SESSION}:{at}", ""), None) for at in sessions]
    if wide:
        return wide
    key = long_key(values)
    minutes = int(values["minutes"]) if values.get("minutes") else None
    word = values.get("status", "")
    return [Mark(key, word, minutes)] if key else []


def long_key(values: Values) -> str:
    """What tells one gathering of a long list from the next; "" where the row names none."""
    if values.get("gathering_id"):
        return f"id:{values['gathering_id']}"[:300]
    day, title = values.get("date", ""), plain(values.get("gathering_title", ""))
    return f"{day}|{title}"[:300] if day or title else ""


def stage_gatherings(run: ImportRun) -> None:
    """Find out which gatherings the list speaks of, and say on the rows which marks will not count."""
    book = _GatheringBook(run)
    wide = list(run.columns.filter(field=SESSION))
    wanted: dict[str, StagedGathering] = {}
    for column in wide:
        moment = _moment_of(column.header, column.order or "dmy", run)  # type: ignore[arg-type]
        title = "" if moment else column.header
        wanted[f"column:{column.position}"] = book.staged(f"column:{column.position}", title, moment)
    if not wide:
        for values in run.rows.values_list("values", flat=True).iterator(chunk_size=BATCH):
            key = long_key(values)
            if key and key not in wanted:
                wanted[key] = book.staged(
                    key, values.get("gathering_title", ""), _said_moment(values), values.get("gathering_id")
                )
    with transaction.atomic():
        run.gatherings.all().delete()
        StagedGathering.objects.bulk_create(wanted.values(), batch_size=500)
        _note_marks(run, wanted, [column.position for column in wide])


def _moment_of(header: str, order: Order, run: ImportRun) -> datetime | None:
    """The day that heads a column. One without a year is of the year whose days are nearest, not ahead."""
    text = header.rpartition(" (")[0] if header.endswith(")") and header[-2:-1].isdigit() else header
    found = parse_moment(text, order) or parse_moment(text, "mdy" if order == "dmy" else "dmy")
    if found:
        return found
    today = timezone.localdate()
    for year in (today.year, today.year - 1):
        found = parse_moment(text, order, year) or parse_moment(text, "mdy", year)
        if found and found.date() <= today:
            return found
    return None


def _said_moment(values: Values) -> datetime | None:
    return datetime.fromisoformat(values["date"]) if values.get("date") else None


class _GatheringBook:
    """The gatherings of the community and those below it, by number, by day and by title."""

    def __init__(self, run: ImportRun) -> None:
        assert run.community is not None
        self.run = run
        self.zone = ZoneInfo(run.community.time_zone)
        self.numbers = numbers_of_lists(run.community)
        self.by_id: dict[str, Gathering] = {}
        self.by_day: dict[date, list[Gathering]] = defaultdict(list)
        self.by_title: dict[str, list[Gathering]] = defaultdict(list)
        held = Gathering.objects.filter(community_id__in=below(run.community))
        for gathering in held.exclude(state=Gathering.State.CANCELLED):
            self.by_id[str(gathering.pk)] = gathering
            self.by_day[gathering.starts_at.astimezone(self.zone).date()].append(gathering)
            self.by_title[plain(gathering.title)].append(gathering)

    def staged(
        self, key: str, title: str, moment: datetime | None, number: str | None = None
    ) -> StagedGathering:
        found = self._find(title, moment, number)
        starts_at = found.starts_at if found else self._aware(moment)
        ahead = starts_at is not None and starts_at.astimezone(self.zone).date() > timezone.localdate(
            timezone=self.zone
        )
        closed = found is not None and found.closed_at is not None
        return StagedGathering(
            run=self.run,
            key=key,
            title=(found.title if found else title or self._usual_title(moment))[:200],
            starts_at=starts_at,
            gathering=found,
            left_out=starts_at is None or ahead or closed,
        )

    def _find(self, title: str, moment: datetime | None, number: str | None) -> Gathering | None:
        listed = self.numbers.get(numbered(number)) if number else None  # as another list numbered it
        if number and str(listed or number) in self.by_id:
            return self.by_id[str(listed or number)]
        that_day = (
            [g for g in self.by_day.get(moment.date(), []) if self._same_hour(g, moment)] if moment else []
        )
        same_title = [g for g in that_day if title and plain(g.title) == plain(title)]
        if len(same_title) == 1:
            return same_title[0]
        if len(that_day) == 1 and not title:
            return that_day[0]
        titled = self.by_title.get(plain(title), []) if title and moment is None else []
        return titled[0] if len(titled) == 1 else None

    def _same_hour(self, gathering: Gathering, moment: datetime) -> bool:
        """A list that says the hour tells two gatherings of one day apart."""
        at = self._aware(moment)
        return moment.time() == time(0) or at is None or abs(gathering.starts_at - at) <= SAME_HOUR

    def _aware(self, moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        at = moment if moment.time() != time(0) else datetime.combine(moment.date(), USUAL_START)
        return at.replace(tzinfo=self.zone)

    def _usual_title(self, moment: datetime | None) -> str:
        if moment is None:
            return self.run.file_name
        return _("Gathering of %(day)s") % {"day": formats.date_format(moment, "DATE_FORMAT")}


def _note_marks(run: ImportRun, gatherings: dict[str, StagedGathering], sessions: list[int]) -> None:
    """Notes on rows whose marks will not count: unknown words, no gathering, two different marks of one person."""
    known = {word.word: word.status for word in run.words.all()}
    first: dict[tuple[int, str], tuple[str, int]] = {}
    changed: list[tuple[list[Any], int]] = []
    columns = ("pk", "number", "joined_to", "decision", "values", "notes")
    for pk, number, joined_to, decision, values, notes in run.rows.values_list(*columns).iterator(
        chunk_size=BATCH
    ):
        if decision == Decision.SKIP:
            continue
        more = _notes_of(marks_in(values, sessions), known, gatherings, first, joined_to or number, number)
        if more:
            changed.append((notes + more, pk))
    update_many(StagedRow, ["notes"], changed)


def _notes_of(
    marks: list[Mark],
    known: dict[str, str],
    gatherings: dict[str, StagedGathering],
    first: dict[tuple[int, str], tuple[str, int]],
    *who: int,
) -> list[dict[str, Any]]:
    person, number = who
    notes: list[dict[str, Any]] = [] if marks else [{"code": "no_gathering", "detail": {}}]
    for mark in marks:
        status = known.get(mark.word[:200], "unknown")
        title = gatherings[mark.key].title
        before, row = first.setdefault((person, mark.key), (status, number))
        if before != status:
            notes.append({"code": "other_mark", "detail": {"title": title, "row": row}})
        elif mark.word and status == "unknown":
            notes.append({"code": "unknown_status", "detail": {"text": mark.word}})
    return notes


def settle_attendance(run: ImportRun, *, actor: User) -> None:
    """The last transaction of an attendance list: people seen, gatherings planned, attendance recorded."""
    assert run.community is not None
    staged = {one.key: one for one in run.gatherings.select_related("gathering").exclude(left_out=True)}
    recording = _recording(run, staged)
    with transaction.atomic():
        settle_arrivals(run.pk, actor=actor)
        made = _plan_missing(run.community, [staged[key] for key in {row[0] for row in recording}], actor)
        ids = {key: one.gathering_id for key, one in staged.items()}
        before = _before([pk for pk in ids.values() if pk])
        rows = [AttendanceRow(ids[key], person, presence) for key, person, presence in recording if ids[key]]  # type: ignore[arg-type]
        written = record_attendances(rows, actor=actor)
        changes: list[Change] = [("gatherings.gathering", pk, None, {}) for pk in made]
        changes += [_attendance_change(row, before) for row in written]
        new = run.rows.filter(decision=Decision.NEW).count()
        finish(run, changes, new=new, changed=len(written), actor=actor)


def _recording(run: ImportRun, staged: dict[str, StagedGathering]) -> list[tuple[str, int, Presence]]:
    people = person_ids(run)
    words = dict(run.words.values_list("word", "status"))
    sessions = list(run.columns.filter(field=SESSION).values_list("position", flat=True))
    found: dict[tuple[str, int], Presence] = {}
    rows = run.rows.order_by("number").values_list("number", "values")
    for number, values in rows.iterator(chunk_size=BATCH):
        person = people.get(number)
        if person is None:
            continue
        for mark in marks_in(values, sessions):
            status = words.get(mark.word[:200], "unknown")
            if status == "unknown" or mark.key not in staged:
                continue
            minutes = mark.minutes if status in Attendance.ATTENDED else None
            found.setdefault((mark.key, person), Presence(status, minutes))
    return [(key, person, presence) for (key, person), presence in found.items()]


def _plan_missing(community: Community, staged: list[StagedGathering], actor: User) -> list[int]:
    missing = [one for one in staged if one.gathering_id is None and one.starts_at is not None]
    plans: list[tuple[Community, GatheringFields]] = [
        (community, {"title": one.title, "starts_at": one.starts_at, "ends_at": one.starts_at + USUAL_LENGTH})  # type: ignore[operator, typeddict-item]
        for one in missing
    ]
    made = plan_gatherings(plans, actor=actor)
    for one, gathering in zip(missing, made, strict=True):
        one.gathering, one.is_new = gathering, True
    StagedGathering.objects.bulk_update(missing, ["gathering", "is_new"], batch_size=500)
    return [gathering.pk for gathering in made]


def _before(gatherings: list[int]) -> dict[tuple[int, int], Presence]:
    columns = ("gathering_id", "person_id", "status", "minutes")
    found: dict[tuple[int, int], Presence] = {}
    for start in range(0, len(gatherings), 500):
        held = Attendance.objects.filter(gathering_id__in=gatherings[start : start + 500])
        found.update(
            {(g, p): Presence(status, minutes) for g, p, status, minutes in held.values_list(*columns)}
        )
    return found


def _attendance_change(
    row: AttendanceRow, before: dict[tuple[int, int], Presence]
) -> tuple[str, int, Any, dict[str, Any]]:
    assert row.presence is not None
    was = before.get((row.gathering_id, row.person_id))
    return (
        "gatherings.attendance",
        row.person_id,
        {"status": was.status, "minutes": was.minutes} if was else None,
        {"gathering": row.gathering_id, "status": row.presence.status, "minutes": row.presence.minutes},
    )


def attendance_was_touched(run: ImportRun) -> list[str]:
    """Titles of gatherings whose attendance is no longer what this import recorded, or is closed. For refusing."""
    changes = list(run.changes.filter(model="gatherings.attendance"))
    ids = sorted({change.after["gathering"] for change in changes})
    now = _before(ids)
    other = {
        change.after["gathering"]
        for change in changes
        if now.get((change.after["gathering"], change.row_id))
        != Presence(change.after["status"], change.after["minutes"])
    }
    made = set(run.changes.filter(model="gatherings.gathering").values_list("row_id", flat=True))
    mine = {(change.after["gathering"], change.row_id) for change in changes}
    other |= {gathering for gathering, person in now if gathering in made and (gathering, person) not in mine}
    held = Gathering.objects.filter(pk__in=ids)
    return [g.title for g in held if g.pk in other or g.closed_at is not None]


def forget_attendance(run: ImportRun, changes: dict[str, list[ImportedChange]], *, actor: User) -> None:
    """Attendance as it was before the import; gatherings that it had made are gone."""
    rows = list(_earlier(changes["gatherings.attendance"]))
    if rows:
        record_attendances(rows, actor=actor)
    made = [change.row_id for change in changes["gatherings.gathering"]]
    if made:
        discard_gatherings(made, actor=actor)


def _earlier(changes: list[ImportedChange]) -> Iterator[AttendanceRow]:
    for change in changes:
        was = Presence(change.before["status"], change.before["minutes"]) if change.before else None
        yield AttendanceRow(change.after["gathering"], change.row_id, was)
