"""Many people and schools at once, brought by an import: written hidden, then shown all together.

A row with `arriving_in` is seen by nobody. So an import writes in short transactions that leave the database to
others, and one last transaction shows everything. What was brought by an import that broke off can be brought to its
end or sent back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from tejido.accounts.models import User
from tejido.directory.events import PersonChanged, SchoolChanged
from tejido.directory.models import (
    ContactPoint,
    Merge,
    NotTheSame,
    Person,
    Post,
    School,
    SchoolProfile,
    Territory,
)
from tejido.directory.names import search_form
from tejido.directory.services.people import PersonFields
from tejido.directory.services.schools import SchoolFields
from tejido.foundation.bulk import insert_many, reserve_ids, update_many
from tejido.foundation.journal import announce_many
from tejido.foundation.policies import require

PERSON_COLUMNS = ("given_names", "family_names", "language", "list_code", "teaching_since", "is_invented")
SCHOOL_COLUMNS = (
    "code", "register", "name", "address", "latitude", "longitude", "rural", "sector", "closed_on", "is_invented",
)  # fmt: skip
NUMBERS = ("enrolment", "staff", "educators", "technicians", "staff_on_leave")
CHUNK = 500
Contact = tuple[str, str]  # kind, value


@dataclass(frozen=True, slots=True)
class ArrivingPerson:
    """A person whom an import brings, with how to reach them (kind and value, as ContactPoint has them)."""

    fields: PersonFields
    contacts: Sequence[Contact] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class PostLine:
    """A person at a school."""

    person_id: int
    school_id: int
    function: str = Post.Function.TEACHER
    subject: str = ""
    level: str = ""
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """Numbers of a school on a day; `numbers` in the order of NUMBERS, None where not known."""

    school_id: int
    on: date
    numbers: tuple[int | None, ...]
    source: str = ""


@transaction.atomic
def bring_people(people: Sequence[ArrivingPerson], *, brought_by: int, actor: User) -> list[int]:
    """Write people whom nobody sees before `settle_arrivals(brought_by)`. Their ids, in order. Raises NotAllowed."""
    require(actor, "directory.add_person", None)
    ids = reserve_ids(Person, len(people))
    defaults: dict[str, Any] = {"teaching_since": None, "is_invented": False}
    insert_many(
        Person,
        ["id", *PERSON_COLUMNS, "search_name", "arriving_in"],
        (
            (
                pk,
                *(person.fields.get(name, defaults.get(name, "")) for name in PERSON_COLUMNS),
                search_form(f"{person.fields['given_names']} {person.fields.get('family_names', '')}")[:200],
                brought_by,
            )
            for pk, person in zip(ids, people, strict=True)
        ),
    )
    add_contacts(
        [
            (pk, contact)
            for pk, person in zip(ids, people, strict=True)
            for contact in dict.fromkeys(person.contacts)
        ],
        actor=actor,
    )
    return ids


def add_contacts(lines: Sequence[tuple[int, Contact]], *, actor: User) -> list[int]:
    """Contact points that are not there yet, by person id. Their ids. Raises NotAllowed."""
    require(actor, "directory.add_person", None)
    with transaction.atomic():
        ids = reserve_ids(ContactPoint, len(lines))
        insert_many(
            ContactPoint,
            ["id", "person", "kind", "value"],
            ((pk, person_id, kind, value) for pk, (person_id, (kind, value)) in zip(ids, lines, strict=True)),
        )
    return ids


@transaction.atomic
def bring_schools(schools: Sequence[SchoolFields], *, brought_by: int, actor: User) -> list[int]:
    """Write schools that nobody sees before `settle_arrivals(brought_by)`. Their ids, in order. Raises NotAllowed."""
    require(actor, "directory.keep_schools", None)
    ids = reserve_ids(School, len(schools))
    unknown: dict[str, Any] = dict.fromkeys(("latitude", "longitude", "rural", "closed_on"))
    unknown["is_invented"] = False
    insert_many(
        School,
        ["id", *SCHOOL_COLUMNS, "territory", "search_name", "arriving_in"],
        (
            (
                pk,
                *(school.get(name, unknown.get(name, "")) for name in SCHOOL_COLUMNS),
                getattr(school.get("territory"), "pk", None),
                search_form(school["name"])[:200],
                brought_by,
            )
            for pk, school in zip(ids, schools, strict=True)
        ),
    )
    return ids


@transaction.atomic
def settle_arrivals(brought_by: int, *, actor: User) -> tuple[int, int]:
    """Show what an import brought: (people, schools). Raises NotAllowed."""
    require(actor, "directory.add_person", None)
    people = Person.every.filter(arriving_in=brought_by).update(arriving_in=None)
    return people, School.every.filter(arriving_in=brought_by).update(arriving_in=None)


@transaction.atomic
def hide_arrivals(
    person_ids: Sequence[int], school_ids: Sequence[int], *, brought_by: int, actor: User
) -> None:
    """Take what an import brought out of everybody's sight, before it is sent back. Raises NotAllowed."""
    require(actor, "directory.add_person", None)
    update_many(Person, ["arriving_in"], ((brought_by, pk) for pk in person_ids))
    update_many(School, ["arriving_in"], ((brought_by, pk) for pk in school_ids))


@transaction.atomic
def send_back(brought_by: int, *, actor: User, at_most: int = CHUNK) -> int:
    """Delete up to `at_most` hidden people, then schools, of an import. How many; 0 when nothing is left."""
    require(actor, "directory.add_person", None)
    for model in (Person, School):
        ids = list(model.every.filter(arriving_in=brought_by).values_list("pk", flat=True)[:at_most])
        if ids:
            NotTheSame.objects.filter(of=_of(model), lower_id__in=ids).delete()
            NotTheSame.objects.filter(of=_of(model), higher_id__in=ids).delete()
            model.every.filter(pk__in=ids).delete()
            return len(ids)
    return 0


def _of(model: type[Person] | type[School]) -> str:
    return Merge.Of.PEOPLE if model is Person else Merge.Of.SCHOOLS


@transaction.atomic
def take_up_posts(lines: Sequence[PostLine], *, actor: User) -> list[int]:
    """Posts at schools, for people who may still be arriving. Their ids, in order. Raises NotAllowed."""
    require(actor, "directory.add_person", None)
    ids = reserve_ids(Post, len(lines))
    insert_many(
        Post,
        ["id", "person", "school", "function", "subject", "level", "starts_on", "end_reason"],
        (
            (pk, post.person_id, post.school_id, post.function, post.subject, post.level, post.starts_on, "")
            for pk, post in zip(ids, lines, strict=True)
        ),
    )
    return ids


@transaction.atomic
def change_people(changes: Mapping[int, PersonFields], *, actor: User) -> None:
    """Correct many people at once. Every one must be in the actor's reach. Announces PersonChanged for each."""
    for some in _chunks(list(changes)):
        rows = {person.pk: person for person in Person.objects.filter(pk__in=some)}
        for pk, person in rows.items():
            for name, value in changes[pk].items():
                setattr(person, name, value)
            person.search_name = search_form(person.name)[:200]
        columns = [*PERSON_COLUMNS, "search_name"]
        update_many(
            Person, columns, ((*(getattr(p, name) for name in columns), pk) for pk, p in rows.items())
        )
    announce_many(
        (PersonChanged(pk, sorted(fields)) for pk, fields in changes.items() if fields), actor=actor
    )


@transaction.atomic
def change_schools(changes: Mapping[int, SchoolFields], *, actor: User) -> None:
    """Correct many schools at once. Raises NotAllowed. Announces SchoolChanged for each."""
    require(actor, "directory.keep_schools", None)
    for some in _chunks(list(changes)):
        rows = {school.pk: school for school in School.objects.filter(pk__in=some)}
        for pk, school in rows.items():
            for name, value in changes[pk].items():
                setattr(school, name, value)
            school.search_name = search_form(school.name)[:200]
        columns = [*SCHOOL_COLUMNS, "territory", "search_name"]
        values = [*SCHOOL_COLUMNS, "territory_id", "search_name"]
        update_many(School, columns, ((*(getattr(s, name) for name in values), pk) for pk, s in rows.items()))
    announce_many(
        (SchoolChanged(pk, sorted(fields)) for pk, fields in changes.items() if fields), actor=actor
    )


@transaction.atomic
def record_profiles(lines: Sequence[ProfileLine], *, actor: User) -> list[int]:
    """Numbers of schools on days that have none yet. Their ids. Raises NotAllowed."""
    require(actor, "directory.keep_schools", None)
    ids = reserve_ids(SchoolProfile, len(lines))
    insert_many(
        SchoolProfile,
        ["id", "school", "on", *NUMBERS, "source"],
        (
            (pk, line.school_id, line.on, *line.numbers, line.source)
            for pk, line in zip(ids, lines, strict=True)
        ),
    )
    return ids


@transaction.atomic
def tell_many_apart(pairs: Sequence[tuple[int, int]], *, actor: User) -> None:
    """Remember pairs of people of whom somebody decided that they are two. Raises NotAllowed."""
    require(actor, "directory.add_person", None)
    NotTheSame.objects.bulk_create(
        [
            NotTheSame(of=Merge.Of.PEOPLE, lower_id=min(pair), higher_id=max(pair), decided_by=actor)
            for pair in dict.fromkeys(pairs)
        ],
        batch_size=CHUNK,
        ignore_conflicts=True,
    )


@transaction.atomic
def take_away(
    model: type[ContactPoint] | type[Post] | type[SchoolProfile], ids: Sequence[int], *, actor: User
) -> int:
    """Undo `add_contacts`, `take_up_posts` or `record_profiles`. How many rows went. Raises NotAllowed."""
    require(actor, "directory.add_person", None)
    return sum(model.objects.filter(pk__in=some).delete()[0] for some in _chunks(list(ids)))


@transaction.atomic
def discard_territories(ids: Sequence[int], *, actor: User) -> int:
    """Take away territories, the smallest first, as far as nothing lies in them. How many went. Raises NotAllowed."""
    require(actor, "directory.keep_schools", None)
    gone = 0
    relations: Any = Territory._meta.related_objects
    for territory in Territory.objects.filter(pk__in=ids).order_by("-pk"):
        needed = any(
            getattr(relation.related_model, "every", relation.related_model._default_manager)
            .filter(**{relation.field.name: territory.pk})
            .exists()
            for relation in relations
        )
        if not needed:
            territory.delete()
            gone += 1
    return gone


def _chunks(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
