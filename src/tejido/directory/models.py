from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SettledManager(models.Manager[Any]):
    """Only rows that stand: neither those an import is still bringing nor those merged into another."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(arriving_in=None, merged_into=None)


class Territory(models.Model):
    """A place in the tree country > region > municipality > district."""

    class Level(models.TextChoices):
        COUNTRY = "country", _("Country")
        REGION = "region", _("Region")
        MUNICIPALITY = "municipality", _("Municipality")
        DISTRICT = "district", _("District")

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    level = models.CharField(max_length=20, choices=Level)
    country = models.CharField(max_length=2)  # ISO 3166-1 alpha-2
    code = models.CharField(max_length=20, blank=True)  # of the country's own list: DIVIPOLA, CUT, LA code …
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "territories"
        constraints = [
            models.UniqueConstraint(
                fields=["country", "level", "code"],
                condition=~Q(code=""),
                name="territory_code_once_per_level",
            ),
            models.UniqueConstraint(
                fields=["country", "level", "name", "parent"],
                condition=Q(code=""),
                name="territory_name_once_per_parent",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="territory_is_not_part_of_itself"),
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A secretariat, university, foundation, company, museum, ministry, school group …"""

    class Kind(models.TextChoices):
        SECRETARIAT = "secretariat", _("Secretariat or school district")
        MINISTRY = "ministry", _("Ministry")
        UNIVERSITY = "university", _("University")
        FOUNDATION = "foundation", _("Foundation")
        COMPANY = "company", _("Company")
        MUSEUM = "museum", _("Museum")
        SCHOOL_GROUP = "school_group", _("Group of schools")
        OTHER = "other", pgettext_lazy("kind of organisation", "Other")

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    website = models.URLField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """Where members work. `register` names the official list whose code it carries: cl-rbd, co-dane, uk-urn …"""

    code = models.CharField(max_length=20, blank=True)
    register = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    search_name = models.CharField(max_length=200, editable=False)  # without accents, lower case
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="schools")
    group = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="schools")
    address = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)  # degrees, WGS 84
    longitude = models.FloatField(null=True, blank=True)
    rural = models.BooleanField(null=True, blank=True)  # None: not known
    sector = models.CharField(max_length=40, blank=True)  # public, private … in the register's own word
    closed_on = models.DateField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)  # of a demonstration; shown wherever the name is
    arriving_in = models.BigIntegerField(
        null=True, blank=True, editable=False
    )  # the import that is bringing it
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    objects: ClassVar[SettledManager] = SettledManager()
    every: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        base_manager_name = "every"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "code"],
                condition=~Q(code="") & Q(merged_into=None),
                name="school_code_once_per_register",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="school_stands_on_the_globe",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="school_is_not_merged_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["search_name"], name="school_by_name"),
            models.Index(fields=["arriving_in"], name="school_arriving", condition=~Q(arriving_in=None)),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolProfile(models.Model):
    """Numbers of a school on a date. None: not known, which is not 0."""

    school = models.ForeignKey(School, models.CASCADE, related_name="profiles")
    on = models.DateField()
    enrolment = models.PositiveIntegerField(null=True, blank=True)
    staff = models.PositiveIntegerField(null=True, blank=True)
    educators = models.PositiveIntegerField(null=True, blank=True)
    technicians = models.PositiveIntegerField(null=True, blank=True)
    staff_on_leave = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "on"], name="one_profile_per_school_and_date")
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.on}"


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


class Skill(models.Model):
    """A person offers a topic, or wants it."""

    class Side(models.TextChoices):
        OFFERED = "offered", pgettext_lazy("skill", "Offers")
        WANTED = "wanted", pgettext_lazy("skill", "Would like to learn")

    person = models.ForeignKey(Person, models.CASCADE, related_name="skills")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="skills")
    side = models.CharField(max_length=10, choices=Side)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "topic", "side"], name="skill_once_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.side} {self.topic_id}"


class Purpose(models.TextChoices):
    """What consent is asked for. Each stands alone; none is a condition of another."""

    CONTACT = "contact", _("Contact: members of my communities may see how to reach me")
    ANALYTICS = "analytics", _("Analytics: I may appear in the network and its breakdowns")
    PHOTOGRAPH = "photograph", _("Photograph: pictures of me may be taken and used")
    PUBLICATION = "publication", _("Publication: my name may stand in reports and pages")
    RESEARCH = "research", _("Research: researchers may use what I said under a pseudonym")


class ConsentText(models.Model):
    """The words to which people answer. A published version never changes; a new one is a new row."""

    purpose = models.CharField(max_length=20, choices=Purpose)
    version = models.PositiveSmallIntegerField()
    body_es = models.TextField()
    body_en = models.TextField()
    body_pt = models.TextField()
    published_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class Consent(models.Model):
    """A dated answer of a person to one text. The current one per purpose counts; the others are history."""

    class How(models.TextChoices):
        SELF = "self", _("Answered here by the person")
        PAPER = "paper", _("Signed on paper")
        SPOKEN = "spoken", _("Said to the coordination")
        IMPORTED = "imported", _("Brought with a list")

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="answers")
    given = models.BooleanField()
    how = models.CharField(max_length=10, choices=How)
    answered_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(is_current=True),
                name="one_current_answer_per_purpose",
            ),
        ]
        indexes = [
            models.Index(
                fields=["purpose", "person"],
                name="consent_given_now",
                condition=Q(is_current=True, given=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.person_id}"


class Merge(models.Model):
    """Two rows were one person or one school. Everything that pointed at `gone` points at `kept`; undoable."""

    class Of(models.TextChoices):
        PEOPLE = "people"
        SCHOOLS = "schools"

    of = models.CharField(max_length=10, choices=Of)
    kept_id = models.BigIntegerField()
    gone_id = models.BigIntegerField()
    before = models.JSONField(default=dict)  # the kept row's fields that changed: {field: value before}
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(db_default=Now())
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.of} {self.gone_id} into {self.kept_id}"


class MovedPointer(models.Model):
    """One row that a merge pointed at another person or school, so that the merge can be undone."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="moved")
    model = models.CharField(max_length=80)  # "gatherings.attendance"
    row_id = models.BigIntegerField()
    field = models.CharField(max_length=60)
    dropped = models.JSONField(
        null=True
    )  # the whole row where it had to go because the kept one had its like

    def __str__(self) -> str:
        return f"{self.model} {self.row_id}"


class NotTheSame(models.Model):
    """Somebody looked and decided: these two are not one. They are not proposed again."""

    of = models.CharField(max_length=10, choices=Merge.Of)
    lower_id = models.BigIntegerField()
    higher_id = models.BigIntegerField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of", "lower_id", "higher_id"], name="not_the_same_once_per_pair"
            ),
            models.CheckConstraint(
                condition=Q(lower_id__lt=F("higher_id")), name="not_the_same_pair_is_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.lower_id} {self.higher_id}"
