"""Certificates that were given."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from tejido.accounts.models import User
from tejido.certificates.models import Certificate, HoursKind, Rule
from tejido.certificates.policies import seen_by
from tejido.directory.models import Person
from tejido.foundation.links import token_hash

JOINED = ("rule__community__parent", "rule__series", "rule__gathering", "person")


def certificate_by_key(key: str) -> Certificate | None:
    """The certificate, valid or revoked, whose address holds this key. One query."""
    return Certificate.objects.filter(token_hash=token_hash(key)).select_related(*JOINED).first()


def certificates_seen(actor: User) -> QuerySet[Certificate]:
    """All that the actor may see, newest first. One query."""
    return Certificate.objects.filter(seen_by(actor)).select_related(*JOINED)


def certificates_of(rule: Rule) -> QuerySet[Certificate]:
    """The valid ones of a rule, by name. One query."""
    return Certificate.objects.filter(rule=rule, revoked_at=None).order_by("person__search_name", "pk")


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Certified minutes of one kind."""

    kind: str
    words: str
    minutes: int


def hours_by_kind(actor: User, person: Person) -> list[HoursLine]:
    """What was certified to a person, by kind of hours, as far as the actor may see it. One query."""
    rows = Certificate.objects.filter(seen_by(actor), person=person, revoked_at=None).order_by()
    sums = dict(rows.values_list("hours_kind").annotate(total=Sum("minutes")))
    return [HoursLine(value, str(words), sums[value]) for value, words in HoursKind.choices if value in sums]
