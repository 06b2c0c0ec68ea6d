"""What is asked while people are together: by the team, and from the room.

Nobody's name stands beside an answer or a support: `whose` is a key that follows from the secret key, a phone or a person,
and what was asked (tokens.py). It says that two are of the same, and nothing else.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from tejido.gatherings.models import Gathering
from tejido.instruments.models import Answer

MOST_OPTIONS, SCALE = 6, 5


class Poll(models.Model):
    """A quick question of the team. One at a time is open at a gathering."""

    class Kind(models.TextChoices):
        CHOICE = "choice", pgettext_lazy("kind of quick question", "Choose between answers")
        SCALE = "scale", pgettext_lazy("kind of quick question", "From 1 to 5")
        WORDS = "words", pgettext_lazy("kind of quick question", "A word, or a few")

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="polls")
    kind = models.CharField(max_length=6, choices=Kind)
    text = models.CharField(max_length=200)
    most = models.PositiveSmallIntegerField(default=1)  # how many options one may choose
    low = models.CharField(max_length=60, blank=True)  # what 1 means
    high = models.CharField(max_length=60, blank=True)  # what 5 means
    hidden = models.BooleanField(default=False)  # what comes out is shown once it is closed
    asked_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_quick_question_asks_something"),
            models.CheckConstraint(
                condition=Q(most=1) | Q(kind="choice", most__gte=1, most__lte=MOST_OPTIONS),
                name="several_votes_only_between_options",
            ),
            models.CheckConstraint(
                condition=Q(kind="scale") | Q(low="", high=""), name="only_a_scale_has_ends"
            ),
            models.UniqueConstraint(
                fields=["gathering"], condition=Q(closed_at=None), name="one_quick_question_open_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Option(models.Model):
    """One answer to choose."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=80)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "place"], name="one_option_at_a_place"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_OPTIONS), name="options_are_counted_from_one"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Voice(models.Model):
    """What one phone or person answered to a quick question."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="voices")
    whose = models.CharField(max_length=24)
    step = models.PositiveSmallIntegerField(null=True, blank=True)  # on a scale
    text = models.CharField(max_length=60, blank=True)
    word = models.CharField(
        max_length=60, blank=True
    )  # the text as it is counted: small letters, no marks around it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "whose"], name="one_voice_to_a_quick_question"),
            models.CheckConstraint(
                condition=Q(step=None) | Q(step__gte=1, step__lte=SCALE), name="steps_are_on_the_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"voice to {self.poll_id}"


class Choice(models.Model):
    """A voice is for an option."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="choices")
    option = models.ForeignKey(Option, models.CASCADE, related_name="choices")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "option"], name="an_option_is_chosen_once")]

    def __str__(self) -> str:
        return f"{self.option_id} of {self.voice_id}"


class SeenWord(models.Model):
    """A word, as it is counted, that the team has looked at: whether it may stand on the wall."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="seen_words")
    word = models.CharField(max_length=60)
    shown = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "word"], name="a_word_is_seen_once")]

    def __str__(self) -> str:
        return self.word


class Room(models.Model):
    """What a gathering shows on its wall, and by which addresses people come in and the wall is seen."""

    class Shows(models.TextChoices):
        WELCOME = "welcome", pgettext_lazy("on the wall", "How to take part")
        POLL = "poll", pgettext_lazy("on the wall", "A quick question")
        QUESTIONS = "questions", pgettext_lazy("on the wall", "Questions from the room")
        TICKET = "ticket", pgettext_lazy("on the wall", "The exit ticket")

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="room")
    code = models.CharField(max_length=8, unique=True)  # of the room's address; it stands on the wall
    grain = models.CharField(
        max_length=32, blank=True
    )  # from which, and the secret key, the link of the wall follows
    wall_hash = models.CharField(
        max_length=64, unique=True, null=True, blank=True
    )  # None: no link opens the wall
    shows = models.CharField(max_length=9, choices=Shows, default=Shows.WELCOME)
    poll = models.ForeignKey(
        Poll, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # which is on the wall
    hears = models.BooleanField(default=False)  # questions from the room are taken
    moderated = models.BooleanField(default=True)  # the team looks at texts before they stand on the wall
    nameless = models.BooleanField(default=True)  # one may ask without a name

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="a_room_has_a_code"),
            models.CheckConstraint(
                condition=Q(wall_hash=None) | ~Q(grain=""), name="a_link_of_the_wall_follows_from_a_grain"
            ),
        ]

    def __str__(self) -> str:
        return f"room of {self.gathering_id}"


class Question(models.Model):
    """Somebody in the room asks. name: as they signed it, "" without one."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state of a question from the room", "Waits for the team")
        OPEN = "open", pgettext_lazy("state of a question from the room", "Open")
        LATER = "later", pgettext_lazy("state of a question from the room", "Answered in writing later")
        ANSWERED = "answered", pgettext_lazy("state of a question from the room", "Answered")
        HIDDEN = "hidden", pgettext_lazy("state of a question from the room", "Not shown")
        MERGED = "merged", pgettext_lazy("state of a question from the room", "Put together with another")

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="room_questions")
    whose = models.CharField(max_length=24)
    text = models.CharField(max_length=300)
    name = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    because = models.CharField(max_length=200, blank=True)  # why it is not shown; for the team
    into = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="merged")
    answer = models.TextField(max_length=2000, blank=True)
    edition = models.PositiveIntegerField(
        default=0
    )  # of the answer: who saves over what they have not read is told
    asked_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_question_from_the_room_asks_something"),
            models.CheckConstraint(
                condition=Q(state="merged", into__isnull=False) | (~Q(state="merged") & Q(into=None)),
                name="only_a_merged_question_is_part_of_another",
            ),
            models.CheckConstraint(
                condition=Q(into=None) | ~Q(into=F("id")), name="no_question_is_part_of_itself"
            ),
            models.CheckConstraint(
                condition=Q(because="") | Q(state="hidden"), name="only_a_hidden_question_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["gathering", "state"], name="room_question_by_state")]

    def __str__(self) -> str:
        return self.text


class Support(models.Model):
    """Somebody in the room has the same question."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="supports")
    whose = models.CharField(max_length=24)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "whose"], name="a_question_is_supported_once")
        ]

    def __str__(self) -> str:
        return f"support of {self.question_id}"


class ShownAnswer(models.Model):
    """An open answer of the exit ticket that the coordination has let onto the wall."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="+")
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.answer_id} on the wall of {self.gathering_id}"
