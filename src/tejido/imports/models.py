"""What an import holds between a file and the directory. Nothing here is seen outside the import's own pages."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community, RecordedTie
from tejido.gatherings.models import Attendance, Gathering


class ImportRun(models.Model):
    """One file that somebody brought, from its reading to its undoing."""

    class Kind(models.TextChoices):
        PEOPLE = "people", pgettext_lazy("kind of import", "People")
        MEMBERSHIPS = "memberships", pgettext_lazy("kind of import", "Memberships")
        SCHOOLS = "schools", pgettext_lazy("kind of import", "Schools")
        ATTENDANCE = "attendance", pgettext_lazy("kind of import", "Attendance")
        GATHERINGS = "gatherings", pgettext_lazy("kind of import", "Gatherings")
        TIES = "ties", pgettext_lazy("kind of import", "Ties")

    class State(models.TextChoices):
        COLUMNS = "columns", pgettext_lazy("state of an import", "Columns to check")
        MATCHING = "matching", pgettext_lazy("state of an import", "Being compared")
        REVIEW = "review", pgettext_lazy("state of an import", "To review")
        APPLYING = "applying", pgettext_lazy("state of an import", "Being brought in")
        STOPPED = "stopped", pgettext_lazy("state of an import", "Stopped")
        APPLIED = "applied", pgettext_lazy("state of an import", "Done")
        UNDOING = "undoing", pgettext_lazy("state of an import", "Being undone")
        UNDONE = "undone", pgettext_lazy("state of an import", "Undone")

    REPEATING = (Kind.ATTENDANCE, Kind.TIES)  # many rows speak of the same person, and none adds to them
    UNDER_WAY = (State.MATCHING, State.APPLYING, State.UNDOING)

    kind = models.CharField(max_length=20, choices=Kind)
    profile = models.CharField(max_length=20, blank=True)  # of a school register: profiles.PROFILES
    tie_kind = models.CharField(  # of a list of ties, where a line does not say its own
        max_length=20, choices=RecordedTie.Kind, default=RecordedTie.Kind.WORKED
    )
    community = models.ForeignKey(
        Community, models.CASCADE, null=True, blank=True, related_name="import_runs"
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")  # who brought it
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=2, default="CO")  # the country of telephones without a prefix
    problems = models.JSONField(default=list)  # [{"code": …, "detail": {…}}] of foundation.tables.problems
    consents = models.JSONField(default=dict)  # {purpose: {"yes": rows, "no": …, "unclear": …, "kept": …}}
    row_count = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State, default=State.COLUMNS)
    done = models.PositiveIntegerField(default=0)  # rows, of the work under way
    total = models.PositiveIntegerField(default=0)
    busy_until = models.DateTimeField(null=True, blank=True)  # a worker has it; renewed with every batch
    stop_asked = models.BooleanField(default=False)
    failure = models.TextField(blank=True)  # the sentence with which the last work was refused
    journal_mark = models.BigIntegerField(null=True, blank=True)  # last journal entry when it was applied
    created_at = models.DateTimeField(db_default=Now())
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["community", "-id"], name="import_by_community")]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"

    @property
    def staged_count(self) -> int:
        """Rows laid down: of a list of ties two for each line, one for each person."""
        return self.row_count * (2 if self.kind == self.Kind.TIES else 1)


class ImportColumn(models.Model):
    """What one column of the file is."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="columns")
    position = models.PositiveSmallIntegerField()  # from 0, in the staged cells
    header = models.CharField(max_length=500)
    field = models.CharField(max_length=40, blank=True)  # of fields.FIELDS; "": left out
    confidence = models.FloatField(default=0)
    because = models.CharField(max_length=20)  # of foundation.tables.columns.ColumnGuess, or "by_hand"
    order = models.CharField(max_length=3, blank=True)  # of its dates: dmy, mdy, ymd
    order_because = models.CharField(max_length=20, blank=True)  # of foundation.tables.dates.OrderGuess
    replaces = models.BooleanField(default=False)  # what differs, instead of filling only what is empty

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="import_column_once")]

    def __str__(self) -> str:
        return f"{self.header} as {self.field or 'nothing'}"


class StatusWord(models.Model):
    """What one spelling on an attendance list is taken to mean, until somebody says otherwise."""

    UNKNOWN = "unknown"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="words")
    word = models.CharField(max_length=200, blank=True)  # "": an empty cell
    status = models.CharField(max_length=10, choices=[*Attendance.Status.choices, (UNKNOWN, _("Leave out"))])
    certain = models.BooleanField()
    because = models.CharField(max_length=20)  # of foundation.tables.statuses.StatusGuess, or "by_hand"
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["-count", "word"]
        constraints = [models.UniqueConstraint(fields=["run", "word"], name="status_word_once_per_import")]

    def __str__(self) -> str:
        return f"{self.word} is {self.status}"


class StagedGathering(models.Model):
    """A gathering that an attendance list speaks of: one that is known, or one that will be planned."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="gatherings")
    key = models.CharField(max_length=300)  # what the list calls it; of a wide list "column:<position>"
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField(null=True, blank=True)  # None: the list does not say when
    gathering = models.ForeignKey(Gathering, models.SET_NULL, null=True, blank=True, related_name="+")
    is_new = models.BooleanField(default=False)  # made by this import
    left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="staged_gathering_once")]

    def __str__(self) -> str:
        return self.title


class StagedRow(models.Model):
    """One row of the file: its cells, what they say, who it is, and what will be done with it."""

    class Finding(models.TextChoices):
        NEW = "new", pgettext_lazy("finding", "New")
        KNOWN = "known", pgettext_lazy("finding", "Already here, nothing new")
        UPDATE = "update", pgettext_lazy("finding", "Already here, with something new")
        LIKELY = "likely", pgettext_lazy("finding", "Perhaps already here")
        REPEATED = "repeated", pgettext_lazy("finding", "Twice in the file")
        UNUSABLE = "unusable", pgettext_lazy("finding", "Cannot be used")

    class Decision(models.TextChoices):
        NEW = "new", pgettext_lazy("decision", "Add")
        SAME = "same", pgettext_lazy("decision", "The same")
        JOINED = "joined", pgettext_lazy("decision", "Joined with another row")
        SKIP = "skip", pgettext_lazy("decision", "Leave out")
        UNDECIDED = "undecided", pgettext_lazy("decision", "To decide")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = (
        models.PositiveIntegerField()
    )  # as the spreadsheet shows it; of a list of ties: imports.ties.staged_number
    cells = models.JSONField()  # [text, …] by ImportColumn.position
    values = models.JSONField(default=dict)  # {field: text}: dates as 2024-03-01, telephones as +57…
    notes = models.JSONField(default=list)  # [{"code": …, "detail": {…}}] of findings.NOTES
    finding = models.CharField(max_length=10, choices=Finding, default=Finding.NEW)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.UNDECIDED)
    by_hand = models.BooleanField(default=False)
    target_id = models.BigIntegerField(null=True, blank=True)  # the person or school that it is
    written_id = models.BigIntegerField(null=True, blank=True)  # the person or school that it became
    joined_to = models.PositiveIntegerField(null=True, blank=True)  # number of the earlier row
    candidates = models.JSONField(default=list)  # [{"id": …, "score": …, "reasons": […]}]
    fingerprint = models.CharField(max_length=32, blank=True)  # who the row speaks of, as a hash

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="staged_row_once")]
        indexes = [
            models.Index(fields=["run", "decision", "number"], name="staged_by_decision"),
            models.Index(fields=["fingerprint"], name="staged_by_fingerprint", condition=~Q(fingerprint="")),
        ]

    def __str__(self) -> str:
        return f"row {self.number} of {self.run_id}"

    @property
    def line(self) -> int:
        """The number of the row as the spreadsheet shows it."""
        return self.number // 2 if self.run.kind == ImportRun.Kind.TIES else self.number


class ImportedChange(models.Model):
    """One row of another table that an import changed or made, so that it can be undone.

    People and schools that are new stand in StagedRow.written_id and are not repeated here.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="changes")
    model = models.CharField(max_length=40)  # "directory.person", "communities.membership" …
    row_id = models.BigIntegerField()
    before = models.JSONField(null=True)  # {field: value}; null: the import made the row
    after = models.JSONField(default=dict)  # {field: value}, to see whether somebody changed it since

    class Meta:
        indexes = [models.Index(fields=["run", "model"], name="imported_change_by_model")]

    def __str__(self) -> str:
        return f"{self.model} {self.row_id} by {self.run_id}"
