"""Where people work, and where that is."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.directory.models.settled import SettledManager


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
    search_name = models.CharField(max_length=200, blank=True, editable=False)  # as School.search_name

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
        indexes = [models.Index(fields=["search_name"], name="territory_by_name")]

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
    search_name = models.CharField(max_length=200, blank=True, editable=False)  # as School.search_name
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
