"""Improvement cycles: what is tried, what was expected of it, what happened, what was decided, and on what evidence."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.directory.models import Person, School

ACCOUNT = settings.AUTH_USER_MODEL


class Stage(models.TextChoices):
    PLAN = "plan", pgettext_lazy("stage of a cycle", "Plan")
    DO = "do", pgettext_lazy("stage of a cycle", "Do")
    STUDY = "study", pgettext_lazy("stage of a cycle", "Study")
    ACT = "act", pgettext_lazy("stage of a cycle", "Act")
    CLOSED = "closed", pgettext_lazy("stage of a cycle", "Closed")


class Outcome(models.TextChoices):
    """What was decided of the idea (Langley and others, The Improvement Guide, 2009, ch. 5)."""

    ADOPT = "adopt", pgettext_lazy("decision of a cycle", "We keep doing it")
    ADAPT = "adapt", pgettext_lazy("decision of a cycle", "We change it and try again")
    ABANDON = "abandon", pgettext_lazy("decision of a cycle", "We leave it")


class Held(models.TextChoices):
    """How far what happened was what had been expected."""

    YES = "yes", pgettext_lazy("the prediction held", "As we expected")
    PARTLY = "partly", pgettext_lazy("the prediction held", "In part")
    NO = "no", pgettext_lazy("the prediction held", "Otherwise than we expected")


class Cycle(models.Model):
    """One test of one change idea. The diagnostic stage of a community is its cycle 0.

    seal: SHA-256 of the prediction, set when doing begins; the prediction must answer to it from then on.
    touched_at: when something was last written in it, whatever it was.
    """

    class Depth(models.TextChoices):
        GUIDED = "guided", pgettext_lazy("depth of a cycle", "With questions that help")
        SHORT = "short", pgettext_lazy("depth of a cycle", "Short: only what is needed")

    community = models.ForeignKey(Community, models.CASCADE, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    idea = models.CharField(max_length=300, blank=True)
    school = models.ForeignKey(School, models.SET_NULL, null=True, blank=True, related_name="cycles")
    depth = models.CharField(max_length=10, choices=Depth, default=Depth.GUIDED)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PLAN)
    after = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")

    what = models.TextField(blank=True, max_length=2000)
    where = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)  # a day of the community's own clock
    measure = models.CharField(max_length=300, blank=True)
    prediction = models.TextField(blank=True, max_length=2000)
    seal = models.CharField(max_length=64, blank=True)

    held = models.CharField(max_length=10, choices=Held, blank=True)
    result = models.TextField(blank=True, max_length=5000)
    learnt = models.TextField(blank=True, max_length=5000)
    worked_for = models.CharField(max_length=500, blank=True)
    not_for = models.CharField(max_length=500, blank=True)

    decision = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    edition = models.PositiveIntegerField(default=0)  # of plan and study; grows with every change
    started_at = models.DateTimeField(db_default=Now())
    touched_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["community_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="cycle_number_once_per_community"),
            models.CheckConstraint(condition=~Q(title=""), name="cycle_has_a_title"),
            models.CheckConstraint(
                condition=Q(stage="plan", seal="") | (~Q(stage="plan") & ~Q(seal="")),
                name="prediction_is_sealed_when_doing_begins",
            ),
            models.CheckConstraint(
                condition=(Q(stage="closed") & ~Q(decision="") & Q(decided_on__isnull=False))
                | (~Q(stage="closed") & Q(decision="", decided_on=None)),
                name="cycle_is_closed_by_a_decision",
            ),
        ]
        indexes = [models.Index(fields=["community", "stage"], name="cycles_by_stage")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_diagnostic(self) -> bool:
        """Whether this is the stage before the first cycle: finding out, without a change yet."""
        return self.number == 0


class Participant(models.Model):
    """Somebody who takes part in a cycle. leads: answers for it."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.CASCADE, related_name="cycles")
    leads = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "person"], name="participant_once_per_cycle")]

    def __str__(self) -> str:
        return f"{self.person_id} in cycle {self.cycle_id}"

    def outweighs(self, other: Participant) -> bool:
        """Two rows of one person in one cycle: who leads goes before who takes part."""
        return (self.leads, -self.pk) > (other.leads, -other.pk)


class StageMove(models.Model):
    """A cycle came to a stage."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="moves")
    stage = models.CharField(max_length=10, choices=Stage)
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"cycle {self.cycle_id}: {self.stage}"


class Correction(models.Model):
    """What is said of a prediction after doing began. The prediction itself stays as it was."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="corrections")
    text = models.CharField(max_length=1000)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="correction_says_something")]

    def __str__(self) -> str:
        return self.text


class Entry(models.Model):
    """A dated line of a cycle's log."""

    class Kind(models.TextChoices):
        DONE = "done", pgettext_lazy("kind of log entry", "What we did")
        SEEN = "seen", pgettext_lazy("kind of log entry", "What we saw")
        HARD = "hard", pgettext_lazy("kind of log entry", "What got in the way")
        CHANGED = "changed", pgettext_lazy("kind of log entry", "What we did otherwise than planned")

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="entries")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DONE)
    text = models.TextField(max_length=2000)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    taken_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="log_entry_says_something")]

    def __str__(self) -> str:
        return self.text


class Task(models.Model):
    """Something to be done in a cycle: by whom, in which commission, by when."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="tasks")
    what = models.CharField(max_length=300)
    commission = models.ForeignKey(
        Community, models.SET_NULL, null=True, blank=True, related_name="cycle_tasks"
    )
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="cycle_tasks")
    due_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="task_says_what")]

    def __str__(self) -> str:
        return self.what


class Factor(models.Model):
    """What helped or hindered in a cycle, and what one knows it from."""

    class Kind(models.TextChoices):
        ENABLER = "enabler", pgettext_lazy("kind of factor", "It helped")
        BARRIER = "barrier", pgettext_lazy("kind of factor", "It hindered")

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=300)
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, blank=True, related_name="factors")
    evidence = models.CharField(max_length=500, blank=True)  # in words, where no entry says it
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="factor_says_something")]

    def __str__(self) -> str:
        return self.text
