"""Whether an applicant is in the directory already: by e-mail, phone, name and school, among the people the actor may see.

Loads numpy: import it where it is needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from tejido.accounts.models import User
from tejido.calls.models import Application
from tejido.directory.models import ContactPoint, Person, Post
from tejido.directory.selectors import people_for
from tejido.foundation.tables.matching import Identity, PersonIndex


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody who may be the applicant. reasons: as in foundation.tables.matching. sure: an exact match, and the only one."""

    person: Person
    reasons: tuple[str, ...]
    sure: bool


def likely_people(applications: Sequence[Application], actor: User) -> dict[int, list[Likely]]:
    """Application id -> who she may be, the likeliest first. Six queries for any number of applications."""
    people = people_for(actor)
    index = PersonIndex(_known(people))
    matches = {one.pk: index.match(_identity(one)) for one in applications}
    keys = {candidate.id for match in matches.values() for candidate in match.candidates}
    rows = people.in_bulk(keys)
    return {
        pk: [
            Likely(rows[one.id], one.reasons, match.verdict == "exact")
            for one in match.candidates
            if one.id in rows
        ]
        for pk, match in matches.items()
    }


def _known(people: QuerySet[Person]) -> Iterator[Identity]:
    found = list(people.order_by().values_list("pk", "given_names", "family_names"))
    keys = [pk for pk, _given, _family in found]
    contacts: dict[tuple[int, str], list[str]] = defaultdict(list)
    points = ContactPoint.objects.filter(person__in=keys).values_list("person_id", "kind", "value")
    for person_id, kind, value in points:
        contacts[person_id, kind].append(value)
    posts = Post.objects.filter(person__in=keys, ends_on=None).exclude(school=None).order_by("pk")
    schools = dict(posts.values_list("person_id", "school_id"))
    for pk, given, family in found:
        yield Identity(
            id=pk,
            name=f"{given} {family}",
            emails=tuple(contacts[pk, ContactPoint.Kind.EMAIL]),
            phones=tuple(contacts[pk, ContactPoint.Kind.PHONE]),
            school=str(schools.get(pk, "")),
        )


def _identity(one: Application) -> Identity:
    return Identity(
        id=-one.pk,
        name=one.name,
        emails=tuple(filter(None, (one.email,))),
        phones=tuple(filter(None, (one.phone,))),
        school=str(one.school_id or ""),
    )
