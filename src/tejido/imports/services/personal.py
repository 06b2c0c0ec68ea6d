"""What is here of the people whom a list speaks of, besides names and contacts, and what the list says otherwise.

Only what the list has columns for is read: a list of names costs nothing more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from tejido.accounts.models import User
from tejido.directory.models import Attribute, Consent, Person, Post
from tejido.directory.policies import people_for
from tejido.directory.selectors import purposes_with_words
from tejido.foundation.reach import within_reach
from tejido.imports.consents import Standing, answers_in, counts
from tejido.imports.fields import ATTRIBUTES, CONSENTS, REPLACES
from tejido.imports.models import ImportRun
from tejido.imports.rows import Values
from tejido.imports.services.knowing import KnownPerson

CHUNK = 5_000
WORK = ("function", "subject", "level")


class Difference(NamedTuple):
    """What a row would replace: a field of fields.FIELDS, what stands here, what the list says."""

    field: str
    old: str
    new: str


class Held(NamedTuple):
    """An open post at a school."""

    pk: int
    function: str
    subject: str
    level: str


@dataclass(slots=True)
class PersonalBook:
    """What stands here, by person. replaced: the fields that the coordination lets the list replace."""

    replaced: frozenset[str] = frozenset()
    attributes: dict[tuple[int, str], tuple[int, str]] = field(default_factory=dict)  # -> (pk, value)
    answers: dict[tuple[int, str], Standing] = field(default_factory=dict)
    posts: dict[tuple[int, int], Held] = field(default_factory=dict)
    purposes: Collection[str] = ()  # with words that can be answered
    guarded: Collection[int] = ()  # people whose e-mail this account may not set

    def email_open(self, person_id: int) -> bool:
        return person_id not in self.guarded

    def post_changes(self, values: Values, person_id: int, school_id: int) -> dict[str, str]:
        """What the row says of the person's post at that school: gaps filled, and what may be replaced."""
        held = self.posts.get((person_id, school_id))
        if held is None:
            return {}
        found = {}
        for name in WORK:
            here, said = getattr(held, name), values.get(name, "")
            if said and said != here and (not here or name in self.replaced):
                found[name] = said
        return found

    def attribute_changes(self, values: Values, person_id: int) -> dict[str, str]:
        """Attributes that the row gives and that are empty here, or may be replaced."""
        found = {}
        for name in ATTRIBUTES:
            said, (_pk, here) = values.get(name), self.attributes.get((person_id, name), (0, ""))
            if said and said != here and (not here or name in self.replaced):
                found[name] = said
        return found

    def differences(self, values: Values, known: KnownPerson, school_id: int) -> list[Difference]:
        """Everything that the row would replace, with what stands here now."""
        found = [
            Difference(name, str(getattr(known, name) or ""), str(value))
            for name, value in replaced_fields(values, known, self.replaced).items()
        ]
        for kind, old, new in self.replaced_contacts(values, known):
            found.append(Difference(kind, old, new))
        for name, value in self.attribute_changes(values, known.id).items():
            here = self.attributes.get((known.id, name), (0, ""))[1]
            found += [Difference(name, here, value)] if here else []
        for name, value in self.post_changes(values, known.id, school_id).items():
            here = getattr(self.posts[known.id, school_id], name)
            found += [Difference(name, here, value)] if here else []
        return found

    def replaced_contacts(self, values: Values, known: KnownPerson) -> list[tuple[str, str, str]]:
        """(kind, old, new) where the one address or number of a person is another. Of several, none is replaced."""
        found = []
        for kind, have in (("email", known.emails), ("phone", known.phones)):
            said = values.get(kind)
            allowed = kind in self.replaced and (kind != "email" or self.email_open(known.id))
            if said and allowed and len(have) == 1 and have[0] != said:
                found.append((kind, have[0], said))
        return found

    def answers_taken(self, values: Values, person_id: int) -> tuple[list[str], list[str]]:
        """(purposes whose answer the row gives or changes, purposes where another answer stays)."""
        taken, kept = [], []
        for purpose, said in answers_in(values).items():
            standing = self.answers.get((person_id, purpose))
            if purpose not in self.purposes:
                continue
            if counts(said, standing):
                taken.append(purpose)
            elif standing is not None and standing.given != said.given:
                kept.append(purpose)
        return taken, kept

    def without_words(self, values: Values) -> list[str]:
        """Purposes that the row answers and for which nothing is published."""
        return [purpose for purpose in answers_in(values) if purpose not in self.purposes]


def replaced_fields(values: Values, known: KnownPerson, replaced: Collection[str]) -> dict[str, Any]:
    """Fields of the person that are said otherwise in the row and that the list may replace."""
    found: dict[str, Any] = {}
    for name in ("given_names", "family_names", "list_code", "teaching_since"):
        said, here = values.get(name), getattr(known, name)
        if said and here and name in replaced and said != str(here):
            found[name] = int(said) if name == "teaching_since" else said
    return found


def personal_book(run: ImportRun) -> PersonalBook:
    """What the list has columns for, of everybody whom the account may change. Up to six queries."""
    columns = dict(run.columns.exclude(field="").values_list("field", "replaces"))
    book = PersonalBook(
        frozenset().union(*(REPLACES.get(name, ()) for name, replaces in columns.items() if replaces))
    )
    if run.kind not in {ImportRun.Kind.PEOPLE, ImportRun.Kind.MEMBERSHIPS}:
        return book
    if columns.keys() & ATTRIBUTES.keys():
        _attributes(book, run.actor)
    if columns.keys() & CONSENTS.keys():
        book.purposes = purposes_with_words()
        _answers(book, run.actor)
    if columns.keys() & set(WORK):
        _posts(book, run.actor)
    if "email" in columns and not run.actor.is_system:
        beyond = within_reach("directory.person", run.actor, "beyond")
        others = Person.objects.filter(people_for(run.actor, "edit") & beyond, user=None)
        book.guarded = set(others.exclude(user=run.actor).values_list("pk", flat=True))
    return book


def _of_reach(rows: QuerySet[Any], actor: User) -> QuerySet[Any]:
    return (
        rows if actor.is_system else rows.filter(person__in=Person.objects.filter(people_for(actor, "edit")))
    )


def _attributes(book: PersonalBook, actor: User) -> None:
    rows = _of_reach(Attribute.objects.all(), actor).values_list("person_id", "name", "pk", "value")
    for person_id, name, pk, value in rows.iterator(chunk_size=CHUNK):
        book.attributes[person_id, name] = pk, value


def _answers(book: PersonalBook, actor: User) -> None:
    rows = _of_reach(Consent.objects.filter(is_current=True), actor)
    columns = ("person_id", "purpose", "pk", "given", "answered_at")
    for person_id, purpose, pk, given, when in rows.values_list(*columns).iterator(chunk_size=CHUNK):
        book.answers[person_id, purpose] = Standing(pk, given, timezone.localdate(when))


def _posts(book: PersonalBook, actor: User) -> None:
    rows = _of_reach(Post.objects.filter(ends_on=None).exclude(school=None), actor).order_by("pk")
    for person_id, school_id, *held in rows.values_list("person_id", "school_id", "pk", *WORK).iterator(
        chunk_size=CHUNK
    ):
        book.posts.setdefault((person_id, school_id), Held(*held))


class ConsentTally:
    """How many rows say yes, no or nothing clear to each purpose, and how many answers stay as they are."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, int]] = {}

    def add(self, values: Values, kept: Collection[str]) -> None:
        for name in CONSENTS:
            said = values.get(name)
            if said:
                self._one(name, said)
        for purpose in kept:
            self._one(f"consent_{purpose}", "kept")

    def _one(self, name: str, what: str) -> None:
        counted = self.found.setdefault(name.removeprefix("consent_"), {})
        counted[what] = counted.get(what, 0) + 1


def letters_of(cells: Iterable[str]) -> str:
    """What a bare M means in a column of genders: "F" (mujer) where an H stands beside it and no F, else "M"."""
    letters = {text.strip().casefold() for text in cells}
    return "F" if "h" in letters and not letters & {"f", "femenino", "female", "feminino"} else "M"
