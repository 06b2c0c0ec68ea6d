"""What many people say of themselves, allow, and do at their schools, as an import brings it: few queries for any number.

That the people are in the actor's reach is for the caller to know, as with the other deeds of an import. People who are
only arriving get no fact of their own: the fact of the import tells of them. `known` are those who were here before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction

from tejido.accounts.models import User
from tejido.directory.events import ConsentAnswered, PersonChanged
from tejido.directory.models import Attribute, Consent, ConsentText, ContactPoint, Post
from tejido.foundation.bulk import insert_many, reserve_ids, update_many
from tejido.foundation.journal import announce_many
from tejido.foundation.policies import require

CHUNK = 500
CHANGED = {Attribute: "attributes", ContactPoint: "contacts", Post: "posts"}  # as PersonChanged names them


class AttributeLine(NamedTuple):
    """What a person says of themselves: one attribute."""

    person_id: int
    name: str
    value: str


class AnswerLine(NamedTuple):
    """What a person allows or does not allow. on: the moment of the answer."""

    person_id: int
    purpose: str
    given: bool
    on: datetime


@transaction.atomic
def add_attributes(lines: Sequence[AttributeLine], *, known: Collection[int], actor: User) -> list[int]:
    """Attributes that are not there yet. Their ids, in order. Raises NotAllowed. Announces PersonChanged for `known`."""
    require(actor, "directory.add_person", None)
    ids = reserve_ids(Attribute, len(lines))
    insert_many(
        Attribute,
        ["id", "person", "name", "value"],
        ((pk, *line) for pk, line in zip(ids, lines, strict=True)),
    )
    _tell_changed({line.person_id for line in lines} & set(known), Attribute, actor=actor)
    return ids


@transaction.atomic
def take_up_answers(lines: Sequence[AnswerLine], *, known: Collection[int], actor: User) -> list[int]:
    """Answers that a list brought, in place of the current ones. Their ids, in order.

    Each is tied to the words that stood on its day, or to the first ones where none stood yet.
    Raises: NotAllowed; KeyError for a purpose without words (see `purposes_with_words`).
    Announces ConsentAnswered for `known`.
    """
    require(actor, "directory.add_person", None)
    text_on = _texts({line.purpose for line in lines})
    here = set(known)
    for some in _some(line for line in lines if line.person_id in here):
        now = Consent.objects.filter(person_id__in={line.person_id for line in some}, is_current=True)
        pairs = {(line.person_id, line.purpose) for line in some}
        rows = now.values_list("pk", "person_id", "purpose")
        update_many(Consent, ["is_current"], [(False, pk) for pk, *pair in rows if tuple(pair) in pairs])
    ids = reserve_ids(Consent, len(lines))
    insert_many(
        Consent,
        ["id", "person", "purpose", "text", "given", "how", "answered_at", "recorded_by", "is_current"],
        (
            (pk, line.person_id, line.purpose, text_on(line), line.given, _IMPORTED, line.on, actor.pk, True)
            for pk, line in zip(ids, lines, strict=True)
        ),
    )
    announce_many(
        (
            ConsentAnswered(line.person_id, line.purpose, line.given)
            for line in lines
            if line.person_id in here
        ),
        actor=actor,
    )
    return ids


_IMPORTED = Consent.How.IMPORTED.value


def _texts(purposes: set[str]) -> Callable[[AnswerLine], int]:
    versions: dict[str, list[tuple[datetime, int]]] = {}
    for text in ConsentText.objects.filter(purpose__in=purposes).order_by("purpose", "version"):
        versions.setdefault(text.purpose, []).append((text.published_at, text.pk))

    def text_on(line: AnswerLine) -> int:
        stood = [pk for since, pk in versions[line.purpose] if since <= line.on]
        return stood[-1] if stood else versions[line.purpose][0][1]

    return text_on


@transaction.atomic
def take_back_answers(lines: Sequence[tuple[int, int | None]], *, actor: User) -> None:
    """Undo `take_up_answers`: pairs (answer, the one that was current before it or None). Raises NotAllowed."""
    require(actor, "directory.add_person", None)
    for some in _some(lines):
        Consent.objects.filter(pk__in=[pk for pk, _before in some]).delete()
        Consent.objects.filter(pk__in=[before for _pk, before in some if before]).update(is_current=True)


@transaction.atomic
def change_details(
    model: type[Attribute] | type[ContactPoint] | type[Post],
    changes: Mapping[int, Mapping[str, Any]],
    *,
    actor: User,
) -> None:
    """Correct many attributes, contact points or posts, by id. Rows that are gone stay so.

    Raises NotAllowed. Announces PersonChanged for each person.
    """
    require(actor, "directory.add_person", None)
    people: set[int] = set()
    for some in _some(changes):
        rows = model.objects.in_bulk(some)
        for pk, row in rows.items():
            people.add(row.person_id)
            for name, value in changes[pk].items():
                setattr(row, name, value)
        columns = sorted({name for pk in some for name in changes[pk]})
        update_many(model, columns, ((*(getattr(row, c) for c in columns), pk) for pk, row in rows.items()))
    _tell_changed(people, model, actor=actor)


@transaction.atomic
def forget_attributes(ids: Sequence[int], *, actor: User) -> None:
    """Undo `add_attributes`. Raises NotAllowed. Announces PersonChanged for each person."""
    require(actor, "directory.add_person", None)
    people: set[int] = set()
    for some in _some(ids):
        rows = Attribute.objects.filter(pk__in=some)
        people |= set(rows.values_list("person_id", flat=True))
        rows.delete()
    _tell_changed(people, Attribute, actor=actor)


@transaction.atomic
def _tell_changed(people: Iterable[int], model: type[Any], *, actor: User) -> None:
    announce_many((PersonChanged(pk, [CHANGED[model]]) for pk in sorted(people)), actor=actor)


def _some(lines: Iterable[Any]) -> Iterable[list[Any]]:
    walk = iter(lines)
    while some := list(islice(walk, CHUNK)):
        yield some
