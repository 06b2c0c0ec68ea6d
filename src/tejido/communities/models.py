from __future__ import annotations

import zoneinfo
from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.directory.models import Organisation, Person, Territory


def known_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_now("%(name)s is not the name of a time zone."), params={"name": name})


class Community(models.Model):
    """People who work together over time: a network, a node of it, a commission …; a tree."""

    class Kind(models.TextChoices):
        NETWORK_OF_NETWORKS = "network_of_networks", _("Network of networks")
        NETWORK = "network", _("Network")
        NODE = "node", _("Node")
        STEERING_NODE = "steering_node", _("Steering node")
        COMMISSION = "commission", _("Commission")
        PROJECT_TEAM = "project_team", _("Project team")
        RESEARCH_GROUP = "research_group", _("Research group")
        BUDDY_PAIR = "buddy_pair", _("Buddy pair")

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=30, choices=Kind, default=Kind.NETWORK)
    name = models.CharField(max_length=200)
    challenge = models.CharField(max_length=200, blank=True)  # what its members have set themselves together
    territory = models.ForeignKey(
        Territory, models.SET_NULL, null=True, blank=True, related_name="communities"
    )
    time_zone = models.CharField(max_length=60, default="America/Bogota", validators=[known_time_zone])
    language = models.CharField(
        max_length=10, choices=settings.LANGUAGES, default="es"
    )  # of what it writes and sends
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # its last day; None: it goes on
    founded_at = models.DateTimeField(db_default=Now())

    rights_of_reader: Collection[str]  # set by a page that asked (policies.rights_in), for the panels on it

    class Meta:
        verbose_name_plural = "communities"
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="community_is_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="community_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def today(self) -> date:
        """The day that it is where the community lives: who joins on a Monday evening in Bogotá joins on Monday."""
        return timezone.localdate(timezone=zoneinfo.ZoneInfo(self.time_zone))


class Lineage(models.Model):
    """`ancestor` is `community` itself (depth 0) or stands above it. Kept by services."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="lineage")
    ancestor = models.ForeignKey(Community, models.CASCADE, related_name="descent")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "ancestor"], name="one_lineage_row_per_pair"),
            models.CheckConstraint(
                condition=Q(depth=0, community=F("ancestor"))
                | (Q(depth__gt=0) & ~Q(community=F("ancestor"))),
                name="lineage_depth_zero_is_self",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community_id} under {self.ancestor_id}"


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    NODE_LEADER = "node_leader", _("Node leader")
    COORDINATOR = "coordinator", _("Coordinator")
    FACILITATOR = "facilitator", _("Facilitator")
    RESEARCHER = "researcher", _("Researcher")
    STEWARD = "steward", _("Steward")
    REPRESENTATIVE = "representative", _("Organisation representative")


class Membership(models.Model):
    """A person in a community, with a role and dates. One who returns gets a new row."""

    class EndReason(models.TextChoices):
        LEFT_SCHOOL = "left_school", _("Left the school")
        NO_TIME = "no_time", _("No time")
        HEALTH = "health", _("Health or care")
        TERM_OVER = "term_over", _("The term ended")
        NOT_USEFUL = "not_useful", _("Not useful for the work")
        CHANGED_ROLE = "changed_role", _("Took another role")
        COMMUNITY_CLOSED = "community_closed", _("The community closed")
        OTHER = "other", _("Another reason")

    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role, default=Role.MEMBER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the last day; None: still in
    term_ends_on = models.DateField(null=True, blank=True)  # planned; who stays on still holds the role
    end_reason = models.CharField(max_length=20, choices=EndReason, blank=True)
    end_note = models.CharField(max_length=300, blank=True)
    organisation_membership = models.ForeignKey(
        "OrganisationMembership", models.CASCADE, null=True, blank=True, related_name="representatives"
    )  # for whom a representative speaks

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person", "role"],
                condition=Q(ends_on=None),
                name="one_open_membership_per_role",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(term_ends_on=None) | Q(term_ends_on__gte=F("starts_on")),
                name="term_ends_after_the_membership_starts",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
            models.CheckConstraint(
                condition=Q(organisation_membership=None) | Q(role=Role.REPRESENTATIVE),
                name="only_representatives_speak_for_an_organisation",
            ),
        ]
        indexes = [models.Index(fields=["person", "community"], name="membership_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.community_id} as {self.role}"

    def outweighs(self, other: Membership) -> bool:
        """Whether this one stands where two rows turn out to be one person: the longer membership does."""
        return self.starts_on < other.starts_on


class OrganisationMembership(models.Model):
    """An organisation in a community, from when to when. Who represents it changes; this stays. One that returns gets a new row."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="organisation_memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="community_memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the last day; None: still in
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "organisation"],
                condition=Q(ends_on=None),
                name="one_open_membership_per_organisation",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="organisation_membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"organisation {self.organisation_id} in {self.community_id}"


class CommunityPeriod(models.Model):
    """A term or cycle by which the community itself counts; insight compares it with the one before."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="periods")
    name = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="period_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["community", "starts_on"], name="period_starts_once"),
        ]

    def __str__(self) -> str:
        return self.name


class RecordedTie(models.Model):
    """A tie that somebody wrote down: `source` asked, answered, worked with or accompanied `target`.

    Who met whom is not here: that follows from attendance. One row for each pair, kind and day; a list that names
    the same pair twice on a day adds the weights. What people said when they were asked stands once for each asking.
    """

    class Kind(models.TextChoices):
        ADVICE = "advice", pgettext_lazy("kind of tie", "Asks for advice")
        REPLIED = "replied", pgettext_lazy("kind of tie", "Answered a message")
        WORKED = "worked", pgettext_lazy("kind of tie", "Works with")
        ACCOMPANIED = "accompanied", pgettext_lazy("kind of tie", "Accompanies")

    community = models.ForeignKey(Community, models.CASCADE, related_name="recorded_ties")
    source = models.ForeignKey(Person, models.CASCADE, related_name="ties_from")
    target = models.ForeignKey(Person, models.CASCADE, related_name="ties_to")
    kind = models.CharField(max_length=20, choices=Kind)
    weight = models.FloatField(default=1)  # above 0: how often, how strong; as the list counts
    day = models.DateField(null=True, blank=True)  # None: it holds at any time
    brought_in = models.BigIntegerField(null=True, blank=True, db_index=True)  # the list that brought it
    asked_in = models.BigIntegerField(
        null=True, blank=True, db_index=True
    )  # the collection of a form in which `source` was asked and said so

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "source", "target", "kind", "day"],
                condition=Q(asked_in=None),
                name="recorded_tie_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["asked_in", "source", "target", "kind"], name="asked_tie_once_a_collection"
            ),
            models.UniqueConstraint(
                fields=["community", "source", "target", "kind"],
                condition=Q(day=None, asked_in=None),
                name="undated_recorded_tie_once",
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="recorded_tie_is_between_two"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="recorded_tie_has_weight"),
            models.CheckConstraint(
                condition=Q(kind__in=["advice", "replied", "worked", "accompanied"]),
                name="recorded_tie_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class MembershipPause(models.Model):
    """Somebody who belongs takes part in nothing for a while. They do not leave; why is theirs and of those who run it."""

    class Reason(models.TextChoices):
        FAMILY = "family", pgettext_lazy("reason for a pause", "Family or care")
        HEALTH = "health", pgettext_lazy("reason for a pause", "Health")
        WORK = "work", pgettext_lazy("reason for a pause", "Much to do at school")
        STUDIES = "studies", pgettext_lazy("reason for a pause", "Studies")
        OTHER = "other", pgettext_lazy("reason for a pause", "Another reason")

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="pauses")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the last day of it; None: it is not known yet
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(ends_on=None), name="one_open_pause_per_membership"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="pause_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"pause of {self.membership_id} from {self.starts_on}"


class TermReminder(models.Model):
    """A letter about the end of a term was written, so and so many days ahead: each is written once."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="term_reminders")
    term_ends_on = models.DateField()
    days_ahead = models.PositiveSmallIntegerField()
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "term_ends_on", "days_ahead"], name="each_term_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.days_ahead} days before {self.term_ends_on} to {self.membership_id}"


class SteeringSeat(models.Model):
    """A seat of a steering node: of a node of its network, or of an organisation outside. Kept true by services.

    A node's seat is its leader's, or whose the node named. `holder` sits in it today; nobody where the node has no leader.
    """

    steering = models.ForeignKey(Community, models.CASCADE, related_name="seats")
    node = models.ForeignKey(Community, models.CASCADE, null=True, blank=True, related_name="seats_elsewhere")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    named = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    holder = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    substitute = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    membership = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # in the steering node, where the seat gave it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["steering", "node"], name="one_seat_per_node"),
            models.CheckConstraint(
                condition=Q(node=None, organisation__isnull=False) | Q(node__isnull=False, organisation=None),
                name="a_seat_is_of_a_node_or_of_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(node=None) | ~Q(node=F("steering")), name="a_steering_node_has_no_seat_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"seat of {self.node_id or self.organisation_id} in {self.steering_id}"


class HandOverItem(models.Model):
    """What is noted about one thing that hangs on the holder of a role: handed over or not, to whom, a remark.

    `source` is "<domain>.<what>:<pk>" of what a domain gathered, or "own:<key>" of what somebody wrote down.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="hand_over")
    source = models.CharField(max_length=80)
    words = models.CharField(max_length=200, blank=True)  # of what somebody wrote down
    receiver = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "source"], name="each_thing_to_hand_over_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} of {self.membership_id}"
