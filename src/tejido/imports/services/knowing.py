"""Who and what is already here, as far as the actor reaches, laid out for comparing with a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tejido.accounts.models import User
from tejido.communities.models import Community, Membership
from tejido.communities.selectors import below
from tejido.directory.models import ContactPoint, Person, Post, School
from tejido.directory.policies import people_for
from tejido.foundation.tables.matching import Identity
from tejido.foundation.tables.plain import plain
from tejido.foundation.tables.values import code_key
from tejido.imports.rows import Values, school_key

CHUNK = 5_000


@dataclass(slots=True)
class KnownPerson:
    """A person as an import sees them: what is there is kept, what is missing may be added."""

    id: int
    given_names: str
    family_names: str
    list_code: str
    teaching_since: int | None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    schools: tuple[int, ...] = ()  # of posts without an end
    memberships: tuple[tuple[int, str, str], ...] = ()  # (community, role, first day or "" while open)

    def identity(self) -> Identity:
        return Identity(
            self.id,
            f"{self.given_names} {self.family_names}".strip(),
            code=self.list_code,
            emails=self.emails,
            phones=self.phones,
            school=str(self.schools[0]) if self.schools else "",
        )


def known_people(actor: User, community: Community | None, right: str = "edit") -> dict[int, KnownPerson]:
    """Everybody on whom the actor has `right` (edit: lists of people; see: attendance), with contacts, schools, memberships in `community` and below. Four queries."""
    reach = Person.objects.filter(people_for(actor, right))
    columns = ("pk", "given_names", "family_names", "list_code", "teaching_since")
    people = {row[0]: KnownPerson(*row) for row in reach.values_list(*columns).iterator(chunk_size=CHUNK)}
    contacts = (
        ContactPoint.objects.all() if actor.is_system else ContactPoint.objects.filter(person__in=reach)
    )
    for person_id, kind, value in contacts.values_list("person_id", "kind", "value").iterator(
        chunk_size=CHUNK
    ):
        person = people.get(person_id)
        if person and kind == ContactPoint.Kind.EMAIL:
            person.emails += (value,)
        elif person:
            person.phones += (value,)
    posts = Post.objects.filter(ends_on=None).exclude(school=None)
    posts = posts if actor.is_system else posts.filter(person__in=reach)
    for person_id, school_id in posts.values_list("person_id", "school_id").iterator(chunk_size=CHUNK):
        if person_id in people:
            people[person_id].schools += (school_id,)
    if community is not None:
        _memberships(people, community)
    return people


def _memberships(people: dict[int, KnownPerson], community: Community) -> None:
    held = Membership.objects.filter(community_id__in=below(community))
    columns = ("person_id", "community_id", "role", "starts_on", "ends_on")
    for person_id, community_id, role, starts_on, ends_on in held.values_list(*columns).iterator(
        chunk_size=CHUNK
    ):
        if person_id in people:
            people[person_id].memberships += ((community_id, role, starts_on.isoformat()),)
            if ends_on is None:
                people[person_id].memberships += ((community_id, role, ""),)


@dataclass(frozen=True, slots=True)
class SchoolFound:
    """id: of a known school, or 0. key: what the same new school is known by in the list; "" where none is said."""

    id: int = 0
    key: str = ""
    several: bool = False


@dataclass(slots=True)
class SchoolBook:
    """All schools by code and by name."""

    by_code: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    found: dict[tuple[str, str], SchoolFound] = field(default_factory=dict)

    def find(self, values: Values) -> SchoolFound:
        """The school that a row names. A code decides; a name decides where one school alone has it."""
        asked = values.get("school_code", ""), values.get("school_name", "")
        if asked not in self.found:
            self.found[asked] = self._look(*asked)
        return self.found[asked]

    def _look(self, code: str, name: str) -> SchoolFound:
        ids = self.by_code.get(code_key(code), []) if code else []
        if len(ids) == 1:
            return SchoolFound(ids[0])
        if not ids and not code and name:
            ids = self.by_name.get(school_key(name), [])
            if len(ids) == 1:
                return SchoolFound(ids[0])
        if ids:
            return SchoolFound(several=True)
        if not code and not name:
            return SchoolFound()
        return SchoolFound(key=f"{code_key(code)}|{school_key(name) if not code else ''}")


def school_book(run_id: int | None = None) -> SchoolBook:
    """Every school that stands, and those that the import `run_id` is bringing. One or two queries."""
    book = SchoolBook()
    for pk, code, name in _schools(run_id):
        if code:
            book.by_code[code_key(code)].append(pk)
        book.by_name[school_key(name)].append(pk)
    return book


def _schools(run_id: int | None) -> Iterator[tuple[int, str, str]]:
    columns = ("pk", "code", "name")
    yield from School.objects.values_list(*columns).iterator(chunk_size=CHUNK)
    if run_id is not None:
        yield from School.every.filter(arriving_in=run_id).values_list(*columns)


def communities_by_name(community: Community | None) -> dict[str, int]:
    """Plain name -> id, of the community and all below it. A name that two of them share is not there. One query."""
    if community is None:
        return {}
    names: dict[str, list[int]] = defaultdict(list)
    for pk, name in Community.objects.filter(pk__in=below(community)).values_list("pk", "name"):
        names[plain(name)].append(pk)
    return {name: ids[0] for name, ids in names.items() if len(ids) == 1}
