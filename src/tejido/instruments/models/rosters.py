"""By which words forms speak of people."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from tejido.communities.models import Community
from tejido.directory.models import Person


class RosterCode(models.Model):
    """What stands for a person of a community in questions that ask for people; it says nothing about who it is.

    Kept, so that answers can be read at any time. Where two rows of people turn out to be one, both codes are that person's.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="roster_codes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    code = models.CharField(max_length=20, unique=True)
    since = models.DateTimeField(db_default=Now())  # when the person was first on a list here

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["community", "person"], name="roster_code_by_person")]

    def __str__(self) -> str:
        return self.code
