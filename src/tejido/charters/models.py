"""The charter of a community in articles: its versions, what members suggest, who has accepted, and its public page."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _now
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.consultations.models import Proposal
from tejido.directory.models import Person

MOST_WORDS = 8_000  # characters of one article


class CharterVersion(models.Model):
    """A charter as a whole. One is in the making at a time, and one in force; those before stay readable for ever."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a charter", "Draft")
        PROPOSED = "proposed", pgettext_lazy("state of a charter", "Put to the vote")
        IN_FORCE = "in_force", pgettext_lazy("state of a charter", "In force")
        REPLACED = "replaced", pgettext_lazy("state of a charter", "Replaced")
        DISCARDED = "discarded", pgettext_lazy("state of a charter", "Discarded")

    IN_THE_MAKING = (State.DRAFT, State.PROPOSED)
    ADOPTED = (State.IN_FORCE, State.REPLACED)

    community = models.ForeignKey(Community, models.CASCADE, related_name="charter_versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    in_force_since = models.DateField(null=True, blank=True)
    replaced_on = models.DateField(null=True, blank=True)
    vote_for = models.ForeignKey(
        Proposal, models.SET_NULL, null=True, blank=True, related_name="charters"
    )  # the proposal that adopts it, in the newest vote on it
    adopted_how = models.CharField(max_length=300, blank=True)  # by deed, without a vote here: in which way
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="charter_number_once"),
            models.UniqueConstraint(
                fields=["community"], condition=Q(state="in_force"), name="one_charter_in_force"
            ),
            models.UniqueConstraint(
                fields=["community"],
                condition=Q(state__in=["draft", "proposed"]),
                name="one_charter_in_the_making",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["in_force", "replaced"], in_force_since__isnull=False)
                | Q(state__in=["draft", "proposed", "discarded"], in_force_since=None),
                name="charter_in_force_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(replaced_on=None) | Q(replaced_on__gte=F("in_force_since")),
                name="charter_is_replaced_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return _now("Charter no. %(number)d") % {"number": self.number}

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_adopted(self) -> bool:
        return self.state in self.ADOPTED


class Article(models.Model):
    """One article of one version. `edition` rises with every change, so that two who write at once notice."""

    class Kind(models.TextChoices):
        MISSION = "mission", pgettext_lazy("article of a charter", "Mission")
        VISION = "vision", pgettext_lazy("article of a charter", "Vision")
        PURPOSE = "purpose", pgettext_lazy("article of a charter", "Purpose")
        PRINCIPLES = "principles", pgettext_lazy("article of a charter", "Principles")
        GOVERNANCE = "governance", pgettext_lazy("article of a charter", "Governance")
        OTHER = "other", pgettext_lazy("article of a charter", "Another article")

    version = models.ForeignKey(CharterVersion, models.CASCADE, related_name="articles")
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=100, blank=True)  # of another article; the house's ones have theirs
    position = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True, max_length=MOST_WORDS)  # the light markup of forms
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind"], condition=~Q(kind="other"), name="article_kind_once"
            ),
            models.UniqueConstraint(
                fields=["version", "name"], condition=Q(kind="other"), name="article_name_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="other") ^ Q(name=""), name="only_other_articles_have_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.name or str(self.get_kind_display())


class Suggestion(models.Model):
    """What a member suggests for an article of a draft: another wording, or a remark. Its author stays with it."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a suggestion", "Open")
        ACCEPTED = "accepted", pgettext_lazy("state of a suggestion", "Accepted")
        DECLINED = "declined", pgettext_lazy("state of a suggestion", "Declined")

    article = models.ForeignKey(Article, models.CASCADE, related_name="suggestions")
    author = models.ForeignKey(Person, models.CASCADE, related_name="+")
    wording = models.TextField(blank=True, max_length=MOST_WORDS)  # empty: a remark only
    before = models.TextField(blank=True)  # the article as it stood when this was suggested
    why = models.TextField(blank=True, max_length=2_000)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reason = models.CharField(max_length=500, blank=True)  # of the decision
    made_at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(wording="") | ~Q(why=""), name="suggestion_says_something"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="declined_suggestion_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="suggestion_is_decided_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} on {self.article_id}"


class Acceptance(models.Model):
    """Whether somebody accepts a version. Without a moment she was asked and has not answered: that is no drama."""

    version = models.ForeignKey(CharterVersion, models.CASCADE, related_name="acceptances")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)  # of the link of her own
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="acceptance_once_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.version_id}"

    def outweighs(self, other: Acceptance) -> bool:
        """Whether this one stands where two rows turn out to be one person: the accepted one does."""
        return self.accepted_at is not None and other.accepted_at is None


class PublicPage(models.Model):
    """Whether the charter in force can be read without signing in. The address stays when it is switched off and on."""

    community = models.OneToOneField(Community, models.CASCADE, related_name="public_charter")
    slug = models.SlugField(max_length=80, unique=True)
    is_open = models.BooleanField(default=False)
    contact = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # of the coordination, who said so herself

    def __str__(self) -> str:
        return self.slug
