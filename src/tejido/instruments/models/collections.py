"""An instrument given to an audience at a moment, and who was asked."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.instruments.models.instruments import Version


class Collection(models.Model):
    """A version of an instrument, given to an audience, with an opening and a closing.

    Anonymous means that nothing here or in any other table joins an answer to a person: see README.md.
    """

    class Audience(models.TextChoices):
        COMMUNITY = "community", _("Everybody in the community")
        LIST = "list", _("A list of people")
        ATTENDED = "attended", _("Those who attended")
        LINK = "link", _("Whoever has the link")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a collection", "Open")
        CLOSED = "closed", pgettext_lazy("state of a collection", "Closed")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a collection", "Withdrawn")  # links are dead

    FROZEN = (Audience.LIST, Audience.ATTENDED)  # their audience is the invitations made at the opening

    version = models.ForeignKey(Version, models.PROTECT, related_name="collections")
    community = models.ForeignKey(Community, models.CASCADE, related_name="collections")
    title = models.CharField(max_length=200)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.COMMUNITY)
    anonymous = models.BooleanField(default=False)
    many = models.BooleanField(default=False)  # one person may answer several times
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, blank=True)  # None: until somebody closes it
    closed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    public_token = models.CharField(max_length=32, unique=True, null=True, blank=True)  # None: no shared link
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="collection_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=~Q(audience="link") | Q(public_token__isnull=False) | ~Q(state="open"),
                name="collection_for_a_link_has_one",
            ),
        ]
        indexes = [models.Index(fields=["community", "-opens_at"], name="collection_by_community")]

    def __str__(self) -> str:
        return self.title


class Invitation(models.Model):
    """Somebody who is asked to answer, with a link of their own.

    `turn` is raised to make the old link stop. `answered_at` stays empty in anonymous collections: there `has_answered`
    alone is kept, so that nobody is asked twice.
    """

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    turn = models.PositiveIntegerField(default=1)
    token_hash = models.CharField(max_length=64, unique=True)
    revoked = models.BooleanField(default=False)
    has_answered = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "person"], name="invited_once_per_collection"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(has_answered=True), name="answered_at_only_if_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.collection_id}"

    def outweighs(self, other: Invitation) -> bool:
        """Whether this one stands where two rows turn out to be one person: the answered one does."""
        return self.has_answered and not other.has_answered
