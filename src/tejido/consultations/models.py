"""How a community decides: a question, proposals with their authors, who may vote, and what was put into the urn."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.directory.models import Person

MOST_SEATS = 50
MOST_POINTS = 100


class Consultation(models.Model):
    """A question put to a community. First proposals are collected, then there is a vote, then it is closed.

    `secret`: nothing in this or any other table joins a ballot to a person (README.md).
    """

    class Method(models.TextChoices):
        PLURALITY = "plurality", _("Choose one: most votes")
        APPROVAL = "approval", _("Approve as many as one likes: most approvals")
        INSTANT_RUNOFF = "instant-runoff", _("Rank, one wins: instant run-off")
        STV = "stv", _("Rank, several win in proportion: single transferable vote")
        SCHULZE = "schulze", _("Rank, whoever beats every other wins: Schulze")
        POINTS = "points", _("Share out points: most points")

    class State(models.TextChoices):
        COLLECTING = "collecting", pgettext_lazy("state of a consultation", "Collecting proposals")
        VOTING = "voting", pgettext_lazy("state of a consultation", "Voting")
        CLOSED = "closed", pgettext_lazy("state of a consultation", "Closed")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a consultation", "Withdrawn")

    class TieRule(models.TextChoices):
        LOT = "lot", _("By lot, drawn when the vote opens")
        EARLIER = "earlier", _("Whichever was proposed first")

    RANKED = frozenset({Method.INSTANT_RUNOFF, Method.STV, Method.SCHULZE})
    ONE_SEAT = frozenset({Method.INSTANT_RUNOFF})

    community = models.ForeignKey(Community, models.CASCADE, related_name="consultations")
    question = models.CharField(max_length=200)
    explanation = models.TextField(blank=True)
    about = models.CharField(
        max_length=80, blank=True
    )  # "<domain>.<model>:<pk>" of a higher floor that asked and does what was decided itself
    state = models.CharField(max_length=12, choices=State, default=State.COLLECTING)
    members_propose = models.BooleanField(default=True)
    method = models.CharField(max_length=20, choices=Method, default=Method.PLURALITY)
    seats = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)]
    )  # how many proposals win
    points = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)]
    )  # that each voter shares out, where points are
    secret = models.BooleanField(default=True)
    tie_rule = models.CharField(max_length=10, choices=TieRule, default=TieRule.LOT)
    lot = models.PositiveIntegerField(null=True, blank=True)  # the seed drawn at the opening
    quorum = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])  # % of voters
    closes_at = models.DateTimeField(null=True, blank=True)  # of the vote; None: until somebody closes it
    opened_at = models.DateTimeField(null=True, blank=True)  # of the vote
    closed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    managed_by_reader: bool  # set by a page that asked (`consultations.manage`), for the panels on it

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="consultation_fills_a_seat"),
            models.CheckConstraint(condition=Q(quorum__lte=100), name="consultation_quorum_is_a_share"),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(lot__isnull=False),
                name="consultation_lot_is_drawn_at_opening",
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(opened_at=None) | Q(closes_at__gt=F("opened_at")),
                name="consultation_closes_after_it_opens",
            ),
        ]
        indexes = [models.Index(fields=["community", "-made_at"], name="consultation_by_community")]

    def __str__(self) -> str:
        return self.question

    @property
    def is_ranked(self) -> bool:
        return self.method in self.RANKED


class Proposal(models.Model):
    """Something that may be voted for. One that was merged stays, under the one that speaks for both."""

    class Source(models.TextChoices):
        PAGE = "page", pgettext_lazy("source of a proposal", "Page")
        WALL = "wall", pgettext_lazy("source of a proposal", "Notes on a wall")
        SURVEY = "survey", pgettext_lazy("source of a proposal", "Answers to a form")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField()  # in the order in which they came
    text = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.PAGE)
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="merged")
    withdrawn = models.BooleanField(default=False)
    node = models.ForeignKey(
        Community, models.SET_NULL, null=True, blank=True, related_name="born_of"
    )  # what was founded because it won

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="proposal_number_once"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="proposal_is_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Author(models.Model):
    """Whose proposal it is: a person, or a name as it stood on the note. Kept when proposals are merged."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="authors")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="author_once_per_proposal"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name=""), name="author_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id or self.name} of {self.proposal_id}"

    def outweighs(self, other: Author) -> bool:
        """Two rows of one person say the same."""
        return self.pk < other.pk


class Voter(models.Model):
    """Somebody who may vote, fixed when the vote opened, with a link of their own.

    `has_voted` has no moment, and where the vote is secret it leads to no ballot.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="voters")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    turn = models.PositiveIntegerField(default=1)  # raised to make the old link stop
    token_hash = models.CharField(max_length=64, unique=True)
    has_voted = models.BooleanField(default=False)
    on_paper = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person"], name="voter_once_per_consultation"),
            models.CheckConstraint(
                condition=Q(on_paper=False) | Q(has_voted=True), name="paper_vote_is_a_vote"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.consultation_id}"

    def outweighs(self, other: Voter) -> bool:
        """Whether this one stands where two rows turn out to be one person: the one that has voted does."""
        return self.has_voted and not other.has_voted


class Ballot(models.Model):
    """One vote. Its key is drawn by chance and it has no moment; `voter` is empty where the vote is secret."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="ballots")
    voter = models.OneToOneField(Voter, models.CASCADE, null=True, blank=True, related_name="ballot")
    on_paper = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.pk)


class Choice(models.Model):
    """A proposal on a ballot. place: 1 is the first choice (always 1 where nothing is ranked). points: where they are."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="choices")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="choices")
    place = models.PositiveSmallIntegerField(default=1)
    points = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "proposal_id"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "proposal"], name="proposal_once_on_a_ballot"),
            models.CheckConstraint(condition=Q(place__gte=1), name="choice_has_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} in place {self.place}"
