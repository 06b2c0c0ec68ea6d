"""What a row adds to a person who is already here. What it replaces, where it may, is told by `personal.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from tejido.communities.models import Role
from tejido.directory.models import ContactPoint, Post
from tejido.directory.services.arrivals import PostLine
from tejido.directory.services.people import PersonFields
from tejido.foundation.tables.plain import plain
from tejido.imports.models import ImportRun
from tejido.imports.rows import Values
from tejido.imports.services.knowing import KnownPerson, SchoolBook
from tejido.imports.services.personal import PersonalBook


def missing_fields(values: Values, known: KnownPerson) -> PersonFields:
    """Fields of the person that are empty here and said in the row."""
    fields: PersonFields = {}
    if values.get("list_code") and not known.list_code:
        fields["list_code"] = values["list_code"]
    if values.get("family_names") and not known.family_names:
        fields["family_names"] = values["family_names"]
    if values.get("teaching_since") and known.teaching_since is None:
        fields["teaching_since"] = int(values["teaching_since"])
    return fields


def contacts_in(values: Values) -> list[tuple[str, str]]:
    """(kind, value) as ContactPoint has them."""
    pairs = [(ContactPoint.Kind.EMAIL, values.get("email")), (ContactPoint.Kind.PHONE, values.get("phone"))]
    return [(kind.value, value) for kind, value in pairs if value]


def missing_contacts(values: Values, known: KnownPerson, book: PersonalBook) -> list[tuple[str, str]]:
    """Addresses and numbers of the row that are not here. Those that take another's place are not among them."""
    have = {*known.emails, *known.phones}
    placed = {new for _kind, _old, new in book.replaced_contacts(values, known)}
    return [
        (kind, value)
        for kind, value in contacts_in(values)
        if value not in have | placed and (kind != ContactPoint.Kind.EMAIL or book.email_open(known.id))
    ]


def post_in(values: Values, person_id: int, school_id: int) -> PostLine:
    return PostLine(
        person_id,
        school_id,
        function=values.get("function", Post.Function.TEACHER),
        subject=values.get("subject", "")[:100],
        level=values.get("level", "")[:60],
    )


def membership_in(
    values: Values, run: ImportRun, communities: dict[str, int]
) -> tuple[int, str, date, date | None] | None:
    """(community, role, first day, last day or None) that the row gives, or None where the list gives none.

    Lists of people and of memberships make members of the community; attendance makes none.
    """
    if run.community_id is None or run.kind not in {ImportRun.Kind.PEOPLE, ImportRun.Kind.MEMBERSHIPS}:
        return None
    community_id = communities.get(plain(values.get("community", "")), run.community_id)
    ends_on = date.fromisoformat(values["ends_on"]) if values.get("ends_on") else None
    if values.get("starts_on"):
        starts_on = date.fromisoformat(values["starts_on"])
    else:
        starts_on = min(timezone.localdate(), ends_on or date.max)
    return community_id, values.get("role", Role.MEMBER), starts_on, ends_on


def lacks_membership(line: tuple[int, str, date, date | None], values: Values, known: KnownPerson) -> bool:
    """Whether the person does not have it yet: open in that role, or with that first day."""
    community_id, role, starts_on, ends_on = line
    have = set(known.memberships)
    if ends_on is None and (community_id, role, "") in have:
        return False
    if ends_on is not None and not values.get(
        "starts_on"
    ):  # the first day was made up: any membership will do
        return not any((community_id, role) == (one[0], one[1]) for one in have)
    return (community_id, role, starts_on.isoformat()) not in have


@dataclass(frozen=True, slots=True)
class Here:
    """What rows are compared with."""

    run: ImportRun
    schools: SchoolBook
    communities: dict[str, int]
    personal: PersonalBook


def additions_of(values: Values, known: KnownPerson, here: Here) -> list[str]:
    """What the row would add, as keys of fields.ADDED. Empty: nothing."""
    added: list[str] = [*missing_fields(values, known)]
    added += [kind for kind, _value in missing_contacts(values, known, here.personal)]
    if here.run.kind in {ImportRun.Kind.PEOPLE, ImportRun.Kind.MEMBERSHIPS}:
        school = here.schools.find(values)
        if (school.id and school.id not in known.schools) or school.key:
            added.append("post")
        added += _gaps(values, known, school.id, here.personal)
    line = membership_in(values, here.run, here.communities)
    if line is not None and lacks_membership(line, values, known):
        added.append("membership")
    return added


def _gaps(values: Values, known: KnownPerson, school_id: int, book: PersonalBook) -> list[str]:
    """Of the post, of what they say of themselves, of what they allow: what is empty here and said in the row."""
    held = book.posts.get((known.id, school_id))
    gaps = [name for name in book.post_changes(values, known.id, school_id) if not getattr(held, name)]
    if any((known.id, name) not in book.attributes for name in book.attribute_changes(values, known.id)):
        gaps.append("attributes")
    if book.answers_taken(values, known.id)[0]:
        gaps.append("consents")
    return gaps
