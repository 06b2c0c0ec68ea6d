"""What has to be met for a certificate, and the certificates that were given."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.gatherings.models import Gathering, Series


class HoursKind(models.TextChoices):
    """What kind of hours they are."""

    WORKSHOP = "workshop", pgettext_lazy("kind of hours", "Workshop")
    NODE_MEETING = "node_meeting", pgettext_lazy("kind of hours", "Node meeting")
    ONLINE = "online", pgettext_lazy("kind of hours", "Online")
    VISIT = "visit", pgettext_lazy("kind of hours", "Visit")
    OTHER = "other", pgettext_lazy("kind of hours", "Other")


class Rule(models.Model):
    """What somebody has to have been present for, and what the certificate then says. Of a series, or of one gathering."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="certificate_rules")
    series = models.OneToOneField(
        Series, models.CASCADE, null=True, blank=True, related_name="certificate_rule"
    )
    gathering = models.OneToOneField(
        Gathering, models.CASCADE, null=True, blank=True, related_name="certificate_rule"
    )
    share = models.PositiveSmallIntegerField(default=80)  # percent of the time
    gatherings_needed = models.PositiveSmallIntegerField(default=1)
    minutes_counted = models.PositiveIntegerField(
        null=True, blank=True
    )  # what the certificate says; None: as long as each was there
    hours_kind = models.CharField(max_length=15, choices=HoursKind, default=HoursKind.WORKSHOP)
    signer_name = models.CharField(max_length=120)
    signer_function = models.CharField(max_length=160, blank=True)
    text = models.TextField(max_length=600, blank=True)  # in the community's language

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(series=None, gathering__isnull=False) | Q(series__isnull=False, gathering=None),
                name="certificate_rule_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=100), name="certificate_rule_asks_a_share"
            ),
            models.CheckConstraint(
                condition=Q(gatherings_needed__gte=1), name="certificate_rule_asks_a_gathering"
            ),
            models.CheckConstraint(
                condition=Q(minutes_counted=None) | Q(minutes_counted__gte=1),
                name="certificate_rule_counts_minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share} % of {self.series_id or self.gathering_id}"

    @property
    def subject(self) -> Series | Gathering:
        found = self.series or self.gathering
        assert found is not None
        return found


class Certificate(models.Model):
    """What was certified, as it stands on the paper: later changes of names or rules do not touch it."""

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    key = models.CharField(
        max_length=24, unique=True
    )  # of its address; printed on paper, so it outlives every change of the secret key
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    name = models.CharField(max_length=250)
    title = models.CharField(max_length=200)
    given_by = models.CharField(max_length=200)  # the community
    minutes = models.PositiveIntegerField()
    hours_kind = models.CharField(max_length=15, choices=HoursKind)
    first_day = models.DateField()
    last_day = models.DateField()
    signer_name = models.CharField(max_length=120)
    signer_function = models.CharField(max_length=160, blank=True)
    text = models.TextField(blank=True)
    criteria = models.CharField(max_length=300)  # what had to be met, in its language
    issued_at = models.DateTimeField(db_default=Now())
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why revoked

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "person"], condition=Q(revoked_at=None), name="one_valid_certificate_each"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, reason="") | Q(revoked_at__isnull=False) & ~Q(reason=""),
                name="revoked_certificate_says_why",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="certificate_is_about_some_time"),
        ]
        indexes = [models.Index(fields=["person", "-issued_at"], name="certificate_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.title}"

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None

    def outweighs(self, other: Certificate) -> bool:
        """Two valid ones of what turns out to be one person: the older, which may be on her wall already."""
        return self.pk < other.pk


class SigningKey(models.Model):
    """A public key with which badges were signed. Old ones stay, so that what they signed can still be verified."""

    multikey = models.CharField(max_length=60, unique=True)  # multibase, Ed25519
    first_used_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.multikey
