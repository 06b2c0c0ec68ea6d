"""A call: what it is for, until when, what is asked, by which criteria applications are read."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.instruments.models import Collection, Version

MOST_MONTHS = 60


class OpenCall(models.Model):
    """A community asks in the open who wants to join, to lead a node, or to enter a project.

    Texts stand in up to three languages; that of the community is there, the others may be empty. `collection` takes the
    answers to its form, from the publishing on.
    """

    class Kind(models.TextChoices):
        JOIN = "join", _("To join the community")
        LEAD = "lead", _("To lead a node")
        PROJECT = "project", _("To enter a project")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a call", "Draft")
        OPEN = "open", pgettext_lazy("state of a call", "Open")
        CLOSED = "closed", pgettext_lazy("state of a call", "Closed")
        DECIDED = "decided", pgettext_lazy("state of a call", "Decided")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a call", "Withdrawn")

    community = models.ForeignKey(Community, models.CASCADE, related_name="open_calls")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.JOIN)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    title_es = models.CharField(max_length=150, blank=True)
    title_en = models.CharField(max_length=150, blank=True)
    title_pt = models.CharField(max_length=150, blank=True)
    text_es = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    text_pt = models.TextField(blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    places = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)]
    )  # None: as many as fit
    nodes = models.ManyToManyField(Community, blank=True, related_name="+")  # of which a leader is looked for
    term_starts = models.DateField(null=True, blank=True)  # of the role, or of the membership
    term_ends = models.DateField(null=True, blank=True)
    version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    collection = models.OneToOneField(Collection, models.SET_NULL, null=True, blank=True, related_name="+")
    blind = models.BooleanField(default=False)  # reviewers read no names
    shows_media = models.BooleanField(default=False)  # in a blind call: videos and attachments all the same
    tells_reasons = models.BooleanField(default=True)  # applicants read why
    contact = models.CharField(max_length=200)  # whom to ask
    keep_months = models.PositiveSmallIntegerField(
        default=12, validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)]
    )
    token = models.CharField(max_length=32, unique=True, null=True, blank=True)  # of the public address
    shared_out = models.BooleanField(default=False)  # reviewers read what was given to them, else everything
    review_closed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(places=None) | Q(places__gte=1), name="call_has_a_place_where_they_are_counted"
            ),
            models.CheckConstraint(
                condition=Q(term_starts=None) | Q(term_ends=None) | Q(term_ends__gte=F("term_starts")),
                name="call_term_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(token__isnull=False), name="published_call_has_an_address"
            ),
        ]
        indexes = [models.Index(fields=["community", "-made_at"], name="call_by_community")]

    def __str__(self) -> str:
        return self.title_es or self.title_en or self.title_pt


class Requirement(models.Model):
    """A question of yes or no that every applicant answers. Where it is a `must`, a no stops her, with the sentence."""

    call = models.ForeignKey(OpenCall, models.CASCADE, related_name="requirements")
    number = models.PositiveSmallIntegerField()
    must = models.BooleanField(default=True)
    question_es = models.CharField(max_length=300, blank=True)
    question_en = models.CharField(max_length=300, blank=True)
    question_pt = models.CharField(max_length=300, blank=True)
    sentence_es = models.CharField(max_length=300, blank=True)  # for who answers no
    sentence_en = models.CharField(max_length=300, blank=True)
    sentence_pt = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="requirement_number_once"),
        ]

    def __str__(self) -> str:
        return self.question_es or self.question_en or self.question_pt


class Criterion(models.Model):
    """By what applications are read. A score is 0 to `most`; `weight` says how much of the whole it makes."""

    call = models.ForeignKey(OpenCall, models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    words = models.TextField(blank=True, max_length=1000)
    most = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    weight = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="criterion_number_once"),
            models.CheckConstraint(
                condition=Q(most__gte=1) & Q(weight__gte=1), name="criterion_weighs_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name
