"""What people can share and would like to learn, rounds in which they are asked, and buddies: two (or three) who keep in touch.

What somebody offers or wants is `directory.Skill`; here is what goes with it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from tejido.communities.models import Community
from tejido.directory.models import Person, Skill, Topic

FARTHEST_KM = 2_000
LONGEST_WEEKS = 52


class Profile(models.Model):
    """How somebody wants to be found, and to be a buddy; with a link of their own under which they say so."""

    class Way(models.TextChoices):
        EITHER = "either", pgettext_lazy("how buddies talk", "Near or online, both are fine")
        NEAR = "near", pgettext_lazy("how buddies talk", "Near, so that we can meet")
        ONLINE = "online", pgettext_lazy("how buddies talk", "Online or by phone")

    person = models.OneToOneField(Person, models.CASCADE, related_name="buddy_profile")
    turn = models.PositiveIntegerField(default=1)  # raised to make the old link stop
    token_hash = models.CharField(max_length=64, unique=True)
    findable = models.BooleanField(default=False)  # fellow members read by name what they offer
    open_to_buddy = models.BooleanField(default=False)
    way = models.CharField(max_length=10, choices=Way, default=Way.EITHER)
    km = models.PositiveIntegerField(null=True, blank=True)  # how far to somebody near; None: no matter
    languages = models.CharField(max_length=40, blank=True)  # codes that they speak, with commas between
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(km=None) | Q(km__gte=1, km__lte=FARTHEST_KM), name="buddy_distance_is_a_distance"
            ),
            models.CheckConstraint(
                condition=Q(open_to_buddy=False) | Q(answered_at__isnull=False),
                name="buddy_said_so_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"profile of {self.person_id}"

    def outweighs(self, other: Profile) -> bool:
        """Whether this one stands where two rows turn out to be one person: what was said later does."""
        if self.answered_at and other.answered_at:
            return self.answered_at > other.answered_at
        return bool(self.answered_at)

    @property
    def spoken(self) -> list[str]:
        return [code for code in self.languages.split(",") if code]


class SkillsRound(models.Model):
    """The people of a community are asked what they can share and would like to learn."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="skills_rounds")
    opened_at = models.DateTimeField(db_default=Now())
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return f"skills of {self.community_id}"


class Asked(models.Model):
    """Somebody who was asked in a round, and whether they answered since."""

    round = models.ForeignKey(SkillsRound, models.CASCADE, related_name="asked")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="asked_once_per_round")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.round_id}"

    def outweighs(self, other: Asked) -> bool:
        """Whether this one stands where two rows turn out to be one person: the answered one does."""
        return bool(self.answered_at) and not other.answered_at


class Suggestion(models.Model):
    """A topic that somebody missed on the list, in their own words, until whoever runs the community decides."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state of a suggested topic", "Waiting")
        TAKEN = "taken", pgettext_lazy("state of a suggested topic", "On the list")
        LEFT = "left", pgettext_lazy("state of a suggested topic", "Left out")

    community = models.ForeignKey(Community, models.CASCADE, related_name="suggested_topics")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    words = models.CharField(max_length=100)
    side = models.CharField(max_length=10, choices=Skill.Side)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # what it became
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person", "words", "side"], name="suggestion_once_per_person"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="suggestion_has_words"),
        ]

    def __str__(self) -> str:
        return self.words


class OwnTopic(models.Model):
    """A topic that a community added: shown to its people and those above and below, not to everybody."""

    topic = models.OneToOneField(Topic, models.CASCADE, related_name="own_of")
    community = models.ForeignKey(Community, models.CASCADE, related_name="own_topics")

    def __str__(self) -> str:
        return f"{self.topic_id} of {self.community_id}"


class BuddyRound(models.Model):
    """Whoever runs a community brings its people together, two by two: proposed, looked at, sent, answered."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a round of buddies", "Being looked at")
        OPEN = "open", pgettext_lazy("state of a round of buddies", "Running")
        CLOSED = "closed", pgettext_lazy("state of a round of buddies", "Closed")

    community = models.ForeignKey(Community, models.CASCADE, related_name="buddy_rounds")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    opened_at = models.DateTimeField(db_default=Now())
    answer_by = models.DateField(null=True, blank=True)  # later, whoever has not answered is asked no more
    first_nudge_weeks = models.PositiveSmallIntegerField(default=2)
    second_nudge_weeks = models.PositiveSmallIntegerField(default=6)
    fades_weeks = models.PositiveSmallIntegerField(default=10)  # without a talk

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community"], condition=~Q(state="closed"), name="one_round_of_buddies_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(first_nudge_weeks__gte=1)
                & Q(second_nudge_weeks__gt=F("first_nudge_weeks"))
                & Q(fades_weeks__gt=F("second_nudge_weeks"))
                & Q(fades_weeks__lte=LONGEST_WEEKS),
                name="buddies_are_asked_before_they_fade",
            ),
        ]

    def __str__(self) -> str:
        return f"buddies of {self.community_id}"


class Pair(models.Model):
    """Two people, or three, proposed to each other; together once those who are left all said yes."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("state of a pair", "Proposed")
        SENT = "sent", pgettext_lazy("state of a pair", "Asked")
        TOGETHER = "together", pgettext_lazy("state of a pair", "Together")
        NOT_NOW = "not_now", pgettext_lazy("state of a pair", "Not this time")
        FADED = "faded", pgettext_lazy("state of a pair", "Came to its end")

    ALIVE = (State.PROPOSED, State.SENT, State.TOGETHER)

    round = models.ForeignKey(BuddyRound, models.CASCADE, related_name="pairs")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    km = models.FloatField(null=True, blank=True)  # between their schools, the farthest two; None: not known
    together_on = models.DateField(null=True, blank=True)
    talked_on = models.DateField(null=True, blank=True)  # last
    nudges = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="together") | Q(together_on__isnull=False), name="pair_has_a_first_day"
            )
        ]
        indexes = [models.Index(fields=["round", "state"], name="pair_by_round")]

    def __str__(self) -> str:
        return f"pair {self.pk}"


class Partner(models.Model):
    """One of a pair, with a link of their own. What they answered is for nobody else's eyes."""

    class Answer(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("answer to a proposed buddy", "No answer yet")
        YES = "yes", pgettext_lazy("answer to a proposed buddy", "Yes")
        NOT_NOW = "not_now", pgettext_lazy("answer to a proposed buddy", "Not this time")

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="partners")
    person = models.ForeignKey(Person, models.CASCADE, related_name="buddies")
    token_hash = models.CharField(max_length=64, unique=True)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    shares_contact = models.BooleanField(default=False)  # with whom they are paired, once they are

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pair", "person"], name="partner_once_per_pair"),
            models.CheckConstraint(
                condition=Q(shares_contact=False) | Q(answer="yes"), name="contact_is_shared_with_a_yes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in pair {self.pair_id}"


class Talk(models.Model):
    """A pair talked, as one of them said. Its ties are recorded in the community under this row's number below 0."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="talks")
    day = models.DateField()
    told_by = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "day", "told_by"], name="talk_told_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} on {self.day}"


LANGUAGES = {code.split("-")[0]: name for code, name in settings.LANGUAGES}  # that buddies may speak
