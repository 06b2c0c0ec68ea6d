"""Questions about imports. Read only; every list says what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.directory.models import Person, School
from tejido.foundation.tables.problems import Problem
from tejido.gatherings.models import Gathering
from tejido.imports.fields import CONSENTS, FIELDS, may_replace
from tejido.imports.findings import note_sentence, reasons_in_words
from tejido.imports.models import ImportColumn, ImportRun, StagedGathering, StagedRow
from tejido.imports.policies import runs_visible_to

EXAMPLES = 3
SHOWN = 50  # imports on a list
CHOICES = 200  # gatherings to choose from


def runs_for(actor: User) -> QuerySet[ImportRun]:
    """Imports that `actor` may see, newest first, with community and account. One query."""
    return (
        ImportRun.objects.filter(runs_visible_to(actor))
        .select_related("community", "actor__person")
        .order_by("-pk")
    )


def runs_of(community: Community, actor: User) -> QuerySet[ImportRun]:
    """Imports into the community that `actor` may see. One query."""
    return runs_for(actor).filter(community=community)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of each finding and decision an import has."""

    by_finding: dict[str, int]
    by_decision: dict[str, int]
    noted: int

    @property
    def undecided(self) -> int:
        return self.by_decision.get(StagedRow.Decision.UNDECIDED, 0)

    @property
    def new(self) -> int:
        return self.by_decision.get(StagedRow.Decision.NEW, 0)

    @property
    def known(self) -> int:
        """Rows that are somebody who is here, or were joined with another row."""
        return self.by_decision.get(StagedRow.Decision.SAME, 0) + self.by_decision.get(
            StagedRow.Decision.JOINED, 0
        )

    @property
    def skipped(self) -> int:
        return self.by_decision.get(StagedRow.Decision.SKIP, 0)


def counts_of(run: ImportRun) -> Counts:
    """Rows by finding and by decision. Two queries."""
    both = run.rows.order_by().values_list("finding", "decision").annotate(count=Count("pk"))
    findings: dict[str, int] = {}
    decisions: dict[str, int] = {}
    for finding, decision, count in both:
        findings[finding] = findings.get(finding, 0) + count
        decisions[decision] = decisions.get(decision, 0) + count
    return Counts(findings, decisions, run.rows.exclude(notes=[]).count())


def is_decided(run: ImportRun) -> bool:
    """Whether no row waits for a decision. One query."""
    return not run.rows.filter(decision=StagedRow.Decision.UNDECIDED).exists()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody or a school that a row may be. detail: why it is proposed, in words."""

    id: int
    name: str
    place: str
    why: str


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row as the page shows it: who, where, what was found in words, and who it may be."""

    row: StagedRow
    name: str
    detail: str
    sentences: list[str]
    proposals: list[Proposal]
    target: Proposal | None


def shown_rows(rows: Iterable[StagedRow], *, actor: User) -> list[RowShown]:
    """Rows in words. Two queries for any number of rows."""
    asked = list(rows)
    ids = {candidate["id"] for row in asked for candidate in row.candidates}
    ids |= {row.target_id for row in asked if row.target_id}
    read = READERS.get(asked[0].run.kind, _people) if asked else _people
    known = read(ids)
    return [_shown(row, known) for row in asked]


def _people(ids: set[int]) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    people = Person.objects.filter(pk__in=ids).prefetch_related("posts__school")
    for person in people:
        schools = [post.school.name for post in person.posts.all() if post.school and post.ends_on is None]
        found[person.pk] = person.name, ", ".join(schools)
    return found


def _schools(ids: set[int]) -> dict[int, tuple[str, str]]:
    schools = School.objects.filter(pk__in=ids).select_related("territory")
    return {school.pk: (school.name, str(school.territory or "")) for school in schools}


def _gatherings(ids: set[int]) -> dict[int, tuple[str, str]]:
    gatherings = Gathering.objects.filter(pk__in=ids).select_related("community")
    return {
        one.pk: (one.title, f"{formats.date_format(one.day, 'DATE_FORMAT')}, {one.community.name}")
        for one in gatherings
    }


READERS: dict[str, Callable[[set[int]], dict[int, tuple[str, str]]]] = {
    ImportRun.Kind.SCHOOLS: _schools,
    ImportRun.Kind.GATHERINGS: _gatherings,
}


def _shown(row: StagedRow, known: dict[int, tuple[str, str]]) -> RowShown:
    proposals = [
        Proposal(c["id"], *known[c["id"]], reasons_in_words(c["reasons"]))
        for c in row.candidates
        if c["id"] in known
    ]
    target = next((one for one in proposals if one.id == row.target_id), None)
    if target is None and row.target_id in known:
        target = Proposal(row.target_id, *known[row.target_id], "")
    return RowShown(
        row, _name(row), _detail(row), [note_sentence(note) for note in row.notes], proposals, target
    )


def _name(row: StagedRow) -> str:
    values = row.values
    whole = f"{values.get('given_names', '')} {values.get('family_names', '')}".strip()
    return values.get("name") or whole or values.get("email") or values.get("list_code") or _("(no name)")


def _detail(row: StagedRow) -> str:
    values = row.values
    parts = [
        values.get(key)
        for key in (
            "code",
            "school_name",
            "school_code",
            "email",
            "phone",
            "municipality",
            "starts",
            "address",
        )
    ]
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column of the file with some of what stands in it and the fields that it may be."""

    column: ImportColumn
    examples: Sequence[str]
    choices: list[tuple[str, Any]]
    hint: str
    replaceable: bool


def columns_of(run: ImportRun) -> list[ColumnShown]:
    """The columns of an import with examples. Two queries."""
    sample = list(run.rows.order_by("number").values_list("cells", flat=True)[:40])
    choices = [("", _("Leave out")), *FIELDS[run.kind].items()]
    shown = []
    for column in run.columns.all():
        texts = dict.fromkeys(cells[column.position] for cells in sample if cells[column.position])
        shown.append(
            ColumnShown(
                column,
                list(texts)[:EXAMPLES],
                choices,
                _order_hint(column),
                may_replace(run.kind, column.field),
            )
        )
    return shown


def _order_hint(column: ImportColumn) -> str:
    if column.order_because == "ambiguous":
        return _(
            "These dates can be read both ways. The day was taken first; change it if the month comes first."
        )
    if column.order_because == "mixed":
        return _("Some dates have the day first, others the month. Those that do not fit are left out.")
    return ""


def problems_of(run: ImportRun) -> list[str]:
    """What was noticed in the file, in words. No query."""
    return [Problem(one["code"], one["detail"]).sentence for one in run.problems]


def consents_said(run: ImportRun) -> list[str]:
    """How many rows answer each purpose and how, in words; for the page before anything changes. No query."""
    words = _(
        "%(purpose)s. Yes: %(yes)d. No: %(no)d. Neither of the two: %(unclear)d. "
        "Another answer stands here and stays: %(kept)d."
    )
    asked = {"yes": 0, "no": 0, "unclear": 0, "kept": 0}
    return [
        words % {"purpose": label, **asked, **run.consents[name.removeprefix("consent_")]}
        for name, label in CONSENTS.items()
        if name.removeprefix("consent_") in run.consents
    ]


def found_rows(
    run: ImportRun, *, finding: str = "", decision: str = "", noted: bool = False
) -> QuerySet[StagedRow]:
    """Rows of an import as the page filters them, by number. A person of whom many rows speak is shown once."""
    rows = run.rows.select_related("run").order_by("number")
    if run.kind in ImportRun.REPEATING:
        rows = rows.filter(Q(joined_to=None) | ~Q(notes=[]))
    if finding:
        rows = rows.filter(finding=finding)
    if decision:
        rows = rows.filter(decision=decision)
    return rows.exclude(notes=[]) if noted else rows


def region_of(community: Community | None) -> str:
    """ISO code of the community's country, for telephones without a prefix; Colombia where it is not known. One query."""
    territory = community.territory if community is not None else None
    return territory.country if territory is not None and territory.country else "CO"


def page_of(run: ImportRun) -> dict[str, Any]:
    """What every page of an import needs. No query where the community is joined."""
    return {"run": run, "community": run.community, "place": "people" if run.community_id else "schools"}


@dataclass(frozen=True, slots=True)
class AskedRows:
    """The rows that the address asks for. filters: (key, words, count, whether it is chosen)."""

    rows: QuerySet[StagedRow]
    finding: str
    filters: list[tuple[str, Any, int, bool]]


def asked_rows(run: ImportRun, query: Any) -> AskedRows:
    """Rows by `?show=`: undecided (the first choice while there are any), a finding, "noted" or "all". Two queries."""
    counts = counts_of(run)
    words = dict(StagedRow.Finding.choices)
    offered: list[tuple[str, Any, int]] = [
        ("undecided", StagedRow.Decision.UNDECIDED.label, counts.undecided)
    ]
    offered += [(key, words[key], counts.by_finding.get(key, 0)) for key in words]
    offered += [("noted", _("With a note"), counts.noted), ("all", _("All rows"), run.row_count)]
    usual = "undecided" if counts.undecided else "all"
    show = query.get("show") if query.get("show") in {key for key, _words, _count in offered} else usual
    rows = found_rows(
        run,
        finding=show if show in words else "",
        decision=StagedRow.Decision.UNDECIDED if show == "undecided" else "",
        noted=show == "noted",
    )
    finding = StagedRow.Finding.LIKELY if show == "undecided" else show if show in words else ""
    filters = [(key, label, count, key == show) for key, label, count in offered if count or key == show]
    return AskedRows(rows, finding, filters)


@dataclass(frozen=True, slots=True)
class GatheringShown:
    """A gathering that the list speaks of, with those that it could be."""

    staged: StagedGathering
    choices: list[Gathering]
    why: str  # it is left out, or ""


def gatherings_of(run: ImportRun) -> list[GatheringShown]:
    """The gatherings of an attendance list, those without a match with all of the community to choose from. Two queries."""
    if run.kind != ImportRun.Kind.ATTENDANCE:
        return []
    staged = list(run.gatherings.select_related("gathering"))
    needs = [one for one in staged if one.gathering_id is None and one.starts_at is None]
    held = Gathering.objects.filter(community_id__in=below(run.community_id or 0)).order_by("-starts_at")
    choices = list(held[:CHOICES]) if needs else []
    return [GatheringShown(one, choices if one in needs else [], _why_left_out(one)) for one in staged]


def _why_left_out(staged: StagedGathering) -> str:
    if not staged.left_out:
        return ""
    if staged.starts_at is None and staged.gathering_id is None:
        return _("The list does not say when it was.")
    if staged.gathering is not None and staged.gathering.closed_at is not None:
        return _("Its attendance is closed.")
    if staged.starts_at is not None and staged.starts_at > timezone.now():
        return _("It has not taken place yet.")
    return ""
