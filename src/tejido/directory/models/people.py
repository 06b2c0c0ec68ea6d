"""People, and what is known of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.directory.models.places import Organisation, School
from tejido.directory.models.settled import SettledManager


class Person(models.Model):
    """Somebody in the directory. May have no account."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person"
    )
    given_names = models.CharField(max_length=100)
    family_names = models.CharField(
        max_length=100, blank=True
    )  # one surname or two, as the person writes them
    search_name = models.CharField(
        max_length=200, editable=False
    )  # without accents, lower case, given names first
    language = models.CharField(max_length=10, blank=True, choices=settings.LANGUAGES)
    list_code = models.CharField(max_length=40, blank=True)  # how the network's own lists number this person
    teaching_since = models.PositiveSmallIntegerField(null=True, blank=True)  # year
    is_invented = models.BooleanField(default=False)  # of a demonstration; shown wherever the name is
    added_at = models.DateTimeField(db_default=Now())
    arriving_in = models.BigIntegerField(
        null=True, blank=True, editable=False
    )  # the import that is bringing them
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    objects: ClassVar[SettledManager] = SettledManager()
    every: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        base_manager_name = "every"
        constraints = [
            models.CheckConstraint(condition=~Q(given_names=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="person_is_not_merged_into_themselves",
            ),
        ]
        indexes = [
            models.Index(fields=["search_name"], name="person_by_name"),
            models.Index(fields=["list_code"], name="person_by_list_code", condition=~Q(list_code="")),
            models.Index(fields=["arriving_in"], name="person_arriving", condition=~Q(arriving_in=None)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_names}".strip()

    @property
    def initials(self) -> str:
        return (self.given_names[:1] + self.family_names[:1]).upper()


class ContactPoint(models.Model):
    """How to reach a person, kept apart from the person and shown by policy."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")

    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=254)  # e-mail in lower case; phone in E.164

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "value"], name="contact_once_per_person")
        ]
        indexes = [models.Index(fields=["kind", "value"], name="contact_by_value")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class Post(models.Model):
    """A person at a school or an organisation, with a function and dates."""

    class Function(models.TextChoices):
        TEACHER = "teacher", _("Teacher")
        SENIOR_LEADER = "senior_leader", _("Principal or senior leader")
        MIDDLE_LEADER = "middle_leader", _("Middle leader")
        SUPPORT = "support", _("Supporting professional")
        OFFICIAL = "official", _("Official")
        RESEARCHER = "researcher", _("Researcher")
        OUTSIDE = "outside", _("Outside facilitator")
        OTHER = "other", pgettext_lazy("function of a post", "Other")

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="posts")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="posts"
    )
    function = models.CharField(max_length=20, choices=Function, default=Function.TEACHER)
    subject = models.CharField(max_length=100, blank=True)
    level = models.CharField(
        max_length=60, blank=True
    )  # pre-primary, primary, secondary … in the list's own word
    starts_on = models.DateField(null=True, blank=True)  # None: not known
    ends_on = models.DateField(null=True, blank=True)  # None: still there
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school=None) ^ Q(organisation=None), name="post_is_at_a_school_or_an_organisation"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="post_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function} of {self.person_id}"

    @property
    def place(self) -> School | Organisation | None:
        """Where the post is. Costs a query where neither is joined."""
        return self.school or self.organisation


class Attribute(models.Model):
    """What a person said of themselves that equity is looked at by: gender, origin, disability …

    Enters a breakdown only with consent for analytics, and never on fewer than five people.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="attributes")
    name = models.SlugField(max_length=40)
    value = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="attribute_once_per_person")]

    def __str__(self) -> str:
        return f"{self.name} of {self.person_id}"


class Topic(models.Model):
    """Something a person can offer or wish to learn; a shared list in three languages."""

    code = models.SlugField(max_length=60, unique=True)
    name_es = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    name_pt = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.code

    def name(self, language: str) -> str:
        """The topic's name in `language` ("pt-br" and "pt" alike), in Spanish where there is none."""
        return {"es": self.name_es, "en": self.name_en, "pt": self.name_pt}.get(language[:2], self.name_es)


class Skill(models.Model):
    """A person offers a topic, or wants it."""

    class Side(models.TextChoices):
        OFFERED = "offered", pgettext_lazy("skill", "Offers")
        WANTED = "wanted", pgettext_lazy("skill", "Would like to learn")

    class Level(models.IntegerChoices):
        SOME = 1, pgettext_lazy("level of a skill", "Some experience")
        OFTEN = 2, pgettext_lazy("level of a skill", "I do it often")
        TEACHES = 3, pgettext_lazy("level of a skill", "I can show others")

    person = models.ForeignKey(Person, models.CASCADE, related_name="skills")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="skills")
    side = models.CharField(max_length=10, choices=Side)
    level = models.PositiveSmallIntegerField(null=True, blank=True, choices=Level)  # of what is offered

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "topic", "side"], name="skill_once_per_side"),
            models.CheckConstraint(
                condition=Q(level=None) | Q(side="offered", level__gte=1, level__lte=3),
                name="skill_level_is_of_an_offer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.side} {self.topic_id}"
