"""What the last transaction of a list writes of people besides names: attributes, answers, posts, contacts, schools."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from tejido.accounts.models import User
from tejido.directory.models import Attribute, ContactPoint, Post, School, Territory
from tejido.directory.services.arrivals import change_schools
from tejido.directory.services.details import (
    AnswerLine,
    AttributeLine,
    add_attributes,
    change_details,
    take_up_answers,
)
from tejido.imports.consents import Said, answers_in, counts, joined
from tejido.imports.models import ImportRun
from tejido.imports.rows import Values
from tejido.imports.services.knowing import KnownPerson
from tejido.imports.services.personal import PersonalBook, personal_book
from tejido.imports.services.places import SchoolPlaces, school_places

CHUNK = 500
Change = tuple[str, int, dict[str, Any] | None, dict[str, Any]]  # model, id, before, after


@dataclass(slots=True)
class Particulars:
    """Worked out row by row before the transaction begins; `write` is all that happens in it."""

    book: PersonalBook
    places: SchoolPlaces
    said: dict[tuple[int, str], Said] = field(default_factory=dict)
    attributes: dict[tuple[int, str], str] = field(default_factory=dict)
    posts: dict[int, tuple[dict[str, str], dict[str, str]]] = field(
        default_factory=dict
    )  # -> (before, after)
    contacts: dict[tuple[int, str, str], str] = field(default_factory=dict)  # person, kind, old -> new
    schools: dict[int, dict[str, str | int]] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)  # people who were here before and of whom something changes

    def hear(self, values: Values, known: KnownPerson | None, school_id: int) -> None:
        """Take up one row of the last transaction. known: who was here before; of others only the school is left."""
        self.hear_school(values, school_id)
        if known is not None:
            self.hear_person(values, known.id)
            self._hear_known(values, known, school_id)

    def hear_person(self, values: Values, person_id: int) -> None:
        """Answers and attributes. Of two attributes of one person the first counts."""
        for purpose, said in answers_in(values).items():
            if purpose in self.book.purposes:
                before = self.said.get((person_id, purpose))
                self.said[person_id, purpose] = joined(before, said) if before else said
        for name, value in self.book.attribute_changes(values, person_id).items():
            self.attributes.setdefault((person_id, name), value)

    def hear_school(self, values: Values, school_id: int) -> None:
        """District and sector. What is said first counts."""
        if school_id and (gaps := self.places.gaps(values, school_id)):
            self.schools[school_id] = gaps | self.schools.get(school_id, {})

    def _hear_known(self, values: Values, known: KnownPerson, school_id: int) -> None:
        after = self.book.post_changes(values, known.id, school_id)
        if after:
            held = self.book.posts[known.id, school_id]
            self.posts.setdefault(held.pk, ({name: getattr(held, name) for name in after}, after))
        for kind, old, new in self.book.replaced_contacts(values, known):
            self.contacts.setdefault((known.id, kind, old), new)
        if after or self.book.replaced_contacts(values, known):
            self.known.add(known.id)

    def settle(self) -> None:
        """Leave only the answers that count, and say of whom something changes."""
        standing = self.book.answers
        self.said = {key: said for key, said in self.said.items() if counts(said, standing.get(key))}
        self.known |= {person_id for person_id, _what in (*self.said, *self.attributes)}

    def write(self, *, actor: User) -> list[Change]:
        """Write everything, in few queries. What has to be remembered for undoing; rows of new people go with them."""
        return [
            *self._write_answers(actor),
            *self._write_attributes(actor),
            *self._write_posts(actor),
            *self._write_contacts(actor),
            *self._write_schools(actor),
        ]

    def _write_answers(self, actor: User) -> Iterator[Change]:
        now, zone = timezone.now(), timezone.get_current_timezone()

        def moment(day: date | None) -> datetime:
            """The first of the day, so that what the person answers herself on that day is later."""
            return datetime.combine(day, time.min, zone) if day else now

        lines = [AnswerLine(*key, said.given, moment(said.on)) for key, said in self.said.items()]
        ids = take_up_answers(lines, known=self.known, actor=actor)
        for pk, line in zip(ids, lines, strict=True):
            if line.person_id in self.known:
                before = self.book.answers.get((line.person_id, line.purpose))
                after = {"person": line.person_id, "purpose": line.purpose, "given": line.given}
                yield "directory.consent", pk, {"current": before.pk if before else None}, after

    def _write_attributes(self, actor: User) -> Iterator[Change]:
        held = self.book.attributes
        lines = [AttributeLine(*key, value) for key, value in self.attributes.items() if key not in held]
        ids = add_attributes(lines, known=self.known, actor=actor)
        for pk, line in zip(ids, lines, strict=True):
            if line.person_id in self.known:
                yield "directory.attribute", pk, None, {"person": line.person_id, "value": line.value}
        changed = {key: value for key, value in self.attributes.items() if key in held}
        change_details(Attribute, {held[key][0]: {"value": new} for key, new in changed.items()}, actor=actor)
        for key, value in changed.items():
            pk, before = held[key]
            yield "directory.attribute", pk, {"value": before}, {"person": key[0], "value": value}

    def _write_posts(self, actor: User) -> Iterator[Change]:
        change_details(Post, {pk: after for pk, (_before, after) in self.posts.items()}, actor=actor)
        for pk, (before, after) in self.posts.items():
            yield "directory.post", pk, before, after

    def _write_contacts(self, actor: User) -> Iterator[Change]:
        people = sorted({person_id for person_id, _kind, _old in self.contacts})
        changes: dict[int, dict[str, str]] = {}
        before: dict[int, str] = {}
        for start in range(0, len(people), CHUNK):
            points = ContactPoint.objects.filter(person__in=people[start : start + CHUNK])
            for pk, person_id, kind, old in points.values_list("pk", "person_id", "kind", "value"):
                new = self.contacts.get((person_id, kind, old))
                if new is not None:
                    changes[pk], before[pk] = {"value": new}, old
        change_details(ContactPoint, changes, actor=actor)
        for pk, after in changes.items():
            yield "directory.contactpoint", pk, {"value": before[pk]}, dict(after)

    def _write_schools(self, actor: User) -> Iterator[Change]:
        here = School.objects.in_bulk(list(self.schools))
        places = Territory.objects.in_bulk(
            [g["territory"] for g in self.schools.values() if "territory" in g]
        )
        changes: dict[int, dict[str, Any]] = {}
        for pk in here:
            gaps: dict[str, Any] = dict(self.schools[pk])
            if "territory" in gaps:
                gaps["territory"] = places[gaps["territory"]]
            changes[pk] = gaps
        change_schools(changes, actor=actor)  # type: ignore[arg-type]
        for pk in changes:
            empty: dict[str, Any] = {"sector": "", "territory": None}
            gaps = self.schools[pk]
            yield "directory.school", pk, {name: empty[name] for name in gaps}, dict(gaps)


def write_arrivals(
    people: Iterable[tuple[int, Iterable[Values]]], purposes: Collection[str], *, actor: User
) -> None:
    """What people who are only arriving say and allow: (id, values of their rows). Hidden with them, and gone with them."""
    heard = Particulars(PersonalBook(purposes=purposes), SchoolPlaces())
    for person_id, rows in people:
        for values in rows:
            heard.hear_person(values, person_id)
    if heard.said or heard.attributes:
        heard.write(actor=actor)


def particulars_of(run: ImportRun) -> Particulars:
    """Nothing heard yet. Up to eight queries, none for a list that speaks of none of it."""
    return Particulars(personal_book(run), school_places(run))
