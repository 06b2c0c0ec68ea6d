from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tejido.directory.models import Person, Topic
from tejido.gatherings.models import Gathering

MOST_ROUNDS, MOST_AT_A_TABLE, MOST_TABLES = 12, 30, 99


class SeatingPlan(models.Model):
    """How people are to sit at one gathering: who, how many rounds, what tables, what is wished for."""

    class Who(models.TextChoices):
        COMING = "coming", _("Those who said that they come on site")
        ONLINE = "online", _("Those who said that they come online")
        INVITED = "invited", _("Everybody who may still come")
        HERE = "here", _("Those who are marked as here")

    class Weight(models.IntegerChoices):
        NO = 0, pgettext_lazy("how much a wish counts", "Does not matter")
        SOME = 1, pgettext_lazy("how much a wish counts", "Matters")
        MUCH = 3, pgettext_lazy("how much a wish counts", "Matters a lot")

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="seating")
    who = models.CharField(max_length=10, choices=Who, default=Who.COMING)
    rounds = models.PositiveSmallIntegerField(default=3)
    size = models.PositiveSmallIntegerField(default=5)  # people at a table, at most
    new_faces = models.PositiveSmallIntegerField(choices=Weight, default=Weight.MUCH)
    district = models.PositiveSmallIntegerField(choices=Weight, default=Weight.SOME)
    school = models.PositiveSmallIntegerField(choices=Weight, default=Weight.MUCH)
    sector = models.PositiveSmallIntegerField(choices=Weight, default=Weight.NO)
    subject = models.PositiveSmallIntegerField(choices=Weight, default=Weight.NO)
    experience = models.PositiveSmallIntegerField(choices=Weight, default=Weight.NO)
    topic = models.ForeignKey(  # at each table somebody who can share it
        Topic, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reachable = models.PositiveSmallIntegerField(  # tables 1 to this are easy to reach; None: every table is
        null=True, blank=True
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)  # as it stands, it was written down as tables

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rounds__gte=1, rounds__lte=MOST_ROUNDS), name="seating_has_a_few_rounds"
            ),
            models.CheckConstraint(
                condition=Q(size__gte=2, size__lte=MOST_AT_A_TABLE), name="seating_tables_seat_two_and_more"
            ),
            models.CheckConstraint(
                condition=Q(reachable=None) | Q(reachable__gte=1, reachable__lte=MOST_TABLES),
                name="seating_has_some_table_in_reach",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | ~Q(proposed_at=None),
                name="only_a_proposed_seating_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"seating of {self.gathering_id}"


class PairRule(models.Model):
    """Two people who share a table in every round, or never do."""

    plan = models.ForeignKey(SeatingPlan, models.CASCADE, related_name="pairs")
    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    together = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "one", "other"], name="one_rule_for_two_people_at_tables")
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"

    def outweighs(self, other: PairRule) -> bool:
        """Where two rows turn out to be of the same two: whoever must not sit together does not."""
        return not self.together and other.together


class HostRule(models.Model):
    """Somebody keeps one table in every round: its host, or whoever needs that very table (wheelchair, screen)."""

    plan = models.ForeignKey(SeatingPlan, models.CASCADE, related_name="hosts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    table = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "person"], name="one_table_kept_per_person"),
            models.CheckConstraint(
                condition=Q(table__gte=1, table__lte=MOST_TABLES), name="kept_tables_are_counted_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} keeps table {self.table}"


class Place(models.Model):
    """A proposed seat. What was really sat stands in `gatherings.Seat` once it is confirmed."""

    plan = models.ForeignKey(SeatingPlan, models.CASCADE, related_name="places")
    round = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "round", "person"], name="one_place_per_person_and_round"
            ),
            models.CheckConstraint(
                condition=Q(round__gte=1, table__gte=1), name="places_are_counted_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at table {self.table} in round {self.round}"


class Move(models.Model):
    """One change by hand, kept so that it can be taken back. before: [[round, person id, table], …]."""

    plan = models.ForeignKey(SeatingPlan, models.CASCADE, related_name="moves")
    before = models.JSONField()

    def __str__(self) -> str:
        return f"move {self.pk} of {self.plan_id}"


class TableTalk(models.Model):
    """What a table talks about in a round, and what came out of it. table 0: all tables of the round."""

    plan = models.ForeignKey(SeatingPlan, models.CASCADE, related_name="talks")
    round = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    prompt = models.CharField(max_length=300, blank=True)
    harvest = models.TextField(max_length=4000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "round", "table"], name="one_talk_per_table_and_round"),
            models.CheckConstraint(condition=Q(round__gte=1), name="talks_are_in_rounds_from_one"),
        ]

    def __str__(self) -> str:
        return f"round {self.round}, table {self.table}"
