from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.directory.models import Organisation, Person
from tejido.gatherings.models import Gathering

ACCOUNT = settings.AUTH_USER_MODEL


class NetworkLink(models.Model):
    """A link with which a network of networks invites: whoever runs a community asks with it to join."""

    upper = models.ForeignKey(Community, models.CASCADE, related_name="network_links")
    turn = models.PositiveIntegerField()  # 1, 2 …: the token follows from it and the secret key
    token_hash = models.CharField(max_length=64, unique=True)
    opened_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upper", "turn"], name="network_link_once_per_turn"),
            models.UniqueConstraint(
                fields=["upper"], condition=Q(closed_at=None), name="one_open_link_per_network"
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.turn} of {self.upper_id}"


class Joining(models.Model):
    """A community belongs to a network of networks by agreement: asked by the one, accepted by the other, ended by either.

    It gives no rights: who runs the upper one sees what is shared, nothing else. Before it is accepted it has no first
    day; with a last day and no first one it was declined, or withdrawn by who asked.
    """

    class Side(models.TextChoices):
        MEMBER = "member", _("The member network")
        UPPER = "upper", _("The network of networks")

    member = models.ForeignKey(Community, models.CASCADE, related_name="joinings_above")
    upper = models.ForeignKey(Community, models.CASCADE, related_name="joinings_below")
    asked_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    accepted_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(null=True, blank=True)  # the day of accepting
    ends_on = models.DateField(null=True, blank=True)
    ended_side = models.CharField(max_length=10, choices=Side, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "upper"], condition=Q(ends_on=None), name="one_open_joining_per_pair"
            ),
            models.CheckConstraint(condition=~Q(member=F("upper")), name="joining_is_between_two"),
            models.CheckConstraint(
                condition=Q(accepted_by=None, starts_on=None)
                | Q(accepted_by__isnull=False, starts_on__isnull=False),
                name="joining_starts_when_it_is_accepted",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="joining_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None, ended_side="") | Q(ends_on__isnull=False) & ~Q(ended_side=""),
                name="joining_was_ended_by_one_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.upper_id}"

    @property
    def state(self) -> str:
        """asked, standing, declined or ended."""
        if self.ends_on is not None:
            return "ended" if self.starts_on else "declined"
        return "standing" if self.starts_on else "asked"


class Share(models.Model):
    """An indicator that a member network lets the upper one see, from one moment to another. It can be withdrawn at any time."""

    joining = models.ForeignKey(Joining, models.CASCADE, related_name="shares")
    indicator = models.CharField(max_length=40)  # a key of tejido_analytics.catalogue
    chosen_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["joining", "indicator"],
                condition=Q(withdrawn_at=None),
                name="indicator_shared_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} in joining {self.joining_id}"


class Agreement(models.Model):
    """What a community and an organisation have agreed, from when to when, and who looks after it on both sides."""

    class State(models.TextChoices):
        TALKING = "talking", pgettext_lazy("agreement", "In conversation")
        SIGNED = "signed", pgettext_lazy("agreement", "In force")
        ENDED = "ended", pgettext_lazy("agreement", "Ended")

    community = models.ForeignKey(Community, models.CASCADE, related_name="agreements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements")
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.TALKING)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # None: without an end
    renew_by = models.DateField(null=True, blank=True)  # by when somebody sees to its renewal
    reminded_for = models.DateField(null=True, blank=True)  # the renewal of which a letter has spoken
    contact_here = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    contact_there = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    link = models.URLField(max_length=500, blank=True)  # where the document is, if it is not kept here
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="agreement_has_a_title"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="agreement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["talking", "signed", "ended"]), name="agreement_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(starts_on__isnull=False),
                name="agreement_in_force_has_a_first_day",
            ),
        ]
        indexes = [models.Index(fields=["renew_by"], name="agreement_by_renewal")]

    def __str__(self) -> str:
        return self.title


class Document(models.Model):
    """A file of an agreement: the signed paper, an annex."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="documents")
    name = models.CharField(max_length=200)  # as it was called, for whoever takes it away
    file = models.FileField(upload_to="agreements", max_length=200)
    size = models.PositiveIntegerField()  # bytes
    media_type = models.CharField(max_length=100)  # as the bytes say
    added_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name


class Contribution(models.Model):
    """Something that an organisation gives under an agreement: said, or delivered; to a gathering, or to the network."""

    class Kind(models.TextChoices):
        VENUE = "venue", pgettext_lazy("contribution", "Venue")
        SPEAKER = "speaker", pgettext_lazy("contribution", "Speaker")
        KITS = "kits", pgettext_lazy("contribution", "Kits and materials")
        IN_KIND = "in_kind", pgettext_lazy("contribution", "Money in kind")
        MONEY = "money", pgettext_lazy("contribution", "Money")
        TIME = "time", pgettext_lazy("contribution", "Time")
        OTHER = "other", pgettext_lazy("contribution", "Something else")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="contributions")
    kind = models.CharField(max_length=10, choices=Kind)
    what = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)  # ISO 4217
    day = models.DateField(null=True, blank=True)
    gathering = models.ForeignKey(
        Gathering, models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    delivered = models.BooleanField(default=False)  # False: said only

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="contribution_says_what"),
            models.CheckConstraint(
                condition=Q(kind__in=["venue", "speaker", "kits", "in_kind", "money", "time", "other"]),
                name="contribution_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(value=None, currency="") | Q(value__isnull=False) & ~Q(currency=""),
                name="contribution_value_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gt=0), name="contribution_quantity_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gt=0), name="contribution_value_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.what
