"""Certificates that were given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from tejido.accounts.models import User
from tejido.certificates.models import Certificate, HoursKind, Rule, SigningKey
from tejido.certificates.policies import seen_by
from tejido.directory.models import Person

JOINED = ("rule__community__parent", "rule__series", "rule__gathering", "person")


def certificate_by_key(key: str) -> Certificate | None:
    """The certificate, valid or revoked, whose address holds this key. One query."""
    return Certificate.objects.filter(key=key).select_related(*JOINED).first()


def certificates_seen(actor: User) -> QuerySet[Certificate]:
    """All that the actor may see, newest first. One query."""
    return Certificate.objects.filter(seen_by(actor)).select_related(*JOINED)


def certificates_of(rule: Rule) -> QuerySet[Certificate]:
    """The valid ones of a rule, by name. One query."""
    return Certificate.objects.filter(rule=rule, revoked_at=None).order_by("person__search_name", "pk")


def public_keys() -> list[str]:
    """All public keys with which badges were signed, the oldest first. One query."""
    return list(SigningKey.objects.order_by("pk").values_list("multikey", flat=True))


def revoked_between(first: int, beyond: int) -> list[int]:
    """Ids of revoked certificates from `first` to before `beyond`. One query."""
    rows = Certificate.objects.filter(pk__gte=first, pk__lt=beyond, revoked_at__isnull=False)
    return list(rows.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Certified minutes of one kind."""

    kind: str
    words: str
    minutes: int


def hours_by_kind(actor: User, person: Person) -> list[HoursLine]:
    """What was certified to a person, by kind of hours, as far as the actor may see it. One query."""
    return hours_among(Certificate.objects.filter(seen_by(actor), person=person))


def hours_among(given: Iterable[Certificate]) -> list[HoursLine]:
    """What these certify that are valid, by kind of hours. No query of its own."""
    sums: dict[str, int] = {}
    for one in given:
        if one.is_valid:
            sums[one.hours_kind] = sums.get(one.hours_kind, 0) + one.minutes
    return [HoursLine(value, str(words), sums[value]) for value, words in HoursKind.choices if value in sums]


def has_certificates() -> Exists:
    """A condition on Person: something was certified to them, valid or revoked."""
    return Exists(Certificate.objects.filter(person=OuterRef("pk")))
