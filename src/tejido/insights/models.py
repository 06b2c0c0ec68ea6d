from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.directory.models import Person, School


class Insight(models.Model):
    """What was computed of one community and period, so that pages read it instead of computing it.

    `stale_since` is the moment of the first fact that it does not know yet. A rolling insight is the one of
    the last twelve months up to the day of computing; there is one per community.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="insights")
    starts_on = models.DateField()
    ends_on = models.DateField()
    previous_starts_on = models.DateField()  # P-1, with which it is compared
    previous_ends_on = models.DateField()
    is_rolling = models.BooleanField(default=False)
    computed_at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()  # how long the computing took
    people = models.PositiveIntegerField()  # how many people, gatherings and ties were read
    gatherings = models.PositiveIntegerField()
    ties = models.PositiveIntegerField(default=0)  # that were written down
    stale_since = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveSmallIntegerField()  # of what is computed and stored; another one is out of date

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "starts_on", "ends_on"], name="one_insight_per_community_and_period"
            ),
            models.UniqueConstraint(
                fields=["community"], condition=Q(is_rolling=True), name="one_rolling_insight_per_community"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="insight_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["stale_since"], name="insight_stale", condition=~Q(stale_since=None))]

    def __str__(self) -> str:
        return f"{self.community_id} {self.starts_on} {self.ends_on}"


class IndicatorValue(models.Model):
    """One indicator of an insight, in two editions: with groups of fewer than five people (`is_uncut`, for those who
    run the community) and without (for everybody else).

    `value` is empty exactly where `because` says why (a phrase of the library). `detail` has the one shape that
    `tejido_analytics` documents for this indicator: ids of people and schools as text, days as ISO dates.
    `missing`: phrase of what was left out -> how many.
    """

    insight = models.ForeignKey(Insight, models.CASCADE, related_name="values")
    indicator = models.CharField(max_length=40)
    is_uncut = models.BooleanField()
    family = models.CharField(max_length=40)
    value = models.FloatField(null=True)
    unit = models.CharField(max_length=20)
    n = models.PositiveIntegerField()
    because = models.CharField(max_length=120, blank=True)
    previous = models.FloatField(null=True)
    previous_because = models.CharField(max_length=120, blank=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    missing = models.JSONField(default=dict)
    detail = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["insight", "indicator", "is_uncut"], name="one_value_per_indicator"
            ),
            models.CheckConstraint(
                condition=Q(value=None) ^ Q(because=""), name="indicator_has_a_value_or_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of {self.insight_id}"


class TieNetwork(models.Model):
    """Who was tied to whom at the end of an insight's period: people, and ties among those who consent.

    people: one list each of person id, x, y (0..1), strength (sum of weights), circle (of Leiden; None without
    ties), territory id, school id, sector, subject ("" or None where unknown).
    ties: one list each of the two places in `people`, weight, times met (or written down), day of the last time (""
    unknown), ids of the gatherings shared. The strongest come first.
    told_people, told_ties: the same of ties that people told of or somebody wrote down, where the network is that of
    who met whom; of them only who has such a tie.
    """

    insight = models.OneToOneField(Insight, models.CASCADE, related_name="network")
    people = models.JSONField(default=list)
    ties = models.JSONField(default=list)
    told_people = models.JSONField(default=list)
    told_ties = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"network of {self.insight_id}"


class Owed(models.Model):
    """The rolling insight of a community is owed a computation, for something happened that it does not know."""

    community = models.OneToOneField(Community, models.CASCADE, primary_key=True, related_name="owed_insight")
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "owed"

    def __str__(self) -> str:
        return f"insight of {self.community_id} since {self.since}"


class Position(models.Model):
    """Where a person stands in the drawing of a community, so that the next drawing starts from there."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    x = models.FloatField()
    y = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "person"], name="one_position_per_community"),
            models.CheckConstraint(
                condition=Q(x__gte=0, x__lte=1, y__gte=0, y__lte=1), name="position_is_inside_the_drawing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.community_id}"


class AttentionItem(models.Model):
    """A signal with a proposed next step, and what became of it. Never about a person's worth: about the network.

    `key` names the subject within the community and signal (a person, a school, an attribute), so that the same
    thing is said once. `evidence` holds the numbers of the sentence that says why, in the one shape that
    `tejido_analytics.signals` documents for each signal.
    """

    class Signal(models.TextChoices):
        """The codes of `tejido_analytics.signals`, the most pressing first; the first is of `services.standing`."""

        LEADERLESS = "node_without_leader", _("A node has no leader")
        SCHOOL_LOST = "school_lost_only_member", _("A school lost its only member")
        DRIFTING = "drifting", _("Was active, and missed the last two")
        TALK = "presentation_above_half", _("More than half of a gathering is presentation")
        ISOLATE = "isolate", _("Comes, and is tied to nobody yet")
        USEFULNESS = "usefulness_falls", _("Gatherings are found less useful")
        CONCENTRATED = "betweenness_concentrated", _("Much hangs on one person")
        LED = "leading_concentrated", _("One person leads much of it")
        BRIDGING = "bridging_below_expected", _("Groups keep to themselves")
        HEADS = "heads_not_engaged", _("Few heads of schools are with it")
        SCHOOL_ON_ONE = "school_on_one_member", _("A school hangs on one person")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("attention item", "Open")
        DONE = "done", pgettext_lazy("attention item", "Done")
        SNOOZED = "snoozed", pgettext_lazy("attention item", "Later")
        DISMISSED = "dismissed", pgettext_lazy("attention item", "Set aside")
        CLOSED = "closed", pgettext_lazy("attention item", "No longer holds")

    class Reason(models.TextChoices):
        KNOWN = "known", _("We know about it and it is fine so")
        WRONG = "wrong", _("The records are wrong or incomplete")
        NOT_NOW = "not_now", _("Other things matter more now")
        PRIVATE = "private", _("There are personal reasons")
        OTHER = "other", _("Another reason")

    class Outcome(models.TextChoices):
        TIED = "tied", _("Has ties now")
        CAME_BACK = "came_back", _("Came back")
        MIXED = "mixed", _("The groups mix more")
        MORE_MEMBERS = "more_members", _("More people of the school take part")
        SHARED = "shared", _("More people connect the network")
        HEADS_CAME = "heads_came", _("More heads take part")
        LED = "led", _("It has a leader now")
        MORE_TIME = "more_time", _("The agenda leaves more time to do and talk")
        MORE_LEAD = "more_lead", _("More people lead")
        USEFUL = "useful", _("It is found useful again")
        LEFT = "left", _("Left the community")
        NOT_YET = "not_yet", _("Not yet")

    IMPROVED = (
        Outcome.TIED,
        Outcome.CAME_BACK,
        Outcome.MIXED,
        Outcome.MORE_MEMBERS,
        Outcome.SHARED,
        Outcome.HEADS_CAME,
        Outcome.LED,
        Outcome.MORE_TIME,
        Outcome.MORE_LEAD,
        Outcome.USEFUL,
    )
    UNSETTLED = (State.OPEN, State.SNOOZED)

    community = models.ForeignKey(Community, models.CASCADE, related_name="attention")
    signal = models.CharField(max_length=30, choices=Signal)
    key = models.CharField(max_length=80)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    evidence = models.JSONField(default=dict)
    rank = models.PositiveSmallIntegerField(default=0)  # of the signal: 0 is the most pressing
    since = models.DateField()
    noticed_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    until = models.DateField(null=True, blank=True)  # asleep, or not said again, before this day
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    note = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    outcome_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "signal", "key"],
                condition=Q(state__in=["open", "snoozed"]),
                name="one_unsettled_attention_item_per_subject",
            ),
            models.CheckConstraint(
                condition=~Q(state="snoozed") | ~Q(until=None), name="a_snooze_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | ~Q(reason=""), name="what_is_set_aside_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["community", "state"], name="attention_by_state")]

    def __str__(self) -> str:
        return f"{self.signal} {self.key} in {self.community_id}"
