"""How the journal reads: every fact of every domain as one sentence in the reader's language.

A domain writes `<domain>/sentences.py`, imported in its `apps.py` (`ready()`), with one function per
fact of its `events.py`; tests/architecture fails on a fact without one:

    @sentence("communities.member_joined", person_id="directory.Person", community_id="communities.Community",
              link=("communities:people", "community_id"))
    def _joined(entry: JournalEntry, names: Names) -> str:
        return _("%(actor)s added %(person)s to %(community)s.") % {
            "actor": names.actor, "person": names["person_id"], "community": names["community_id"]}

The keywords say which model an id of the payload belongs to; `names[key]` is then its name. Other
things of the payload (counts, roles) are read from `entry.payload`. `link` is a URL name and the
payload's key that it takes; a row that is gone, or a person whose name is hidden, has no link.

Names are looked up in bulk: one query per model for any number of entries, by the `every` manager
where a model has one, so that rows merged into another still have a name. A model whose name is not
`str(row)`, or is that of a person, says so with `@naming`. Whether the reader may read a person's
name is for policies to decide: the caller passes `may_name` (see `read`).

    items = sentences.read(journal.history(community_ids=ids)[:20], may_name=people_named_to(actor))

Sentences begin with a capital letter by themselves, so a plain word ("a member") may stand first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tejido.foundation.models import JournalEntry

MayName = Callable[[set[int]], Collection[int]]


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it is read, and whose it is where it is a person's (policies then decide who reads it)."""

    text: str
    person_id: int | None = None


class HistoryItem(NamedTuple):
    """One line of a history. `url` leads to what it tells of; None where there is nothing to open."""

    when: datetime
    sentence: str
    url: str | None
    fact: str


class Names(Mapping[str, str]):
    """The names that one entry's sentence may use: `names["person_id"]`, `names.actor`."""

    def __init__(self, actor: str, by_key: Mapping[str, str], selves: Collection[str]) -> None:
        self.actor = actor
        self._by_key = by_key
        self._selves = selves

    def __getitem__(self, key: str) -> str:
        return self._by_key[key]

    def __iter__(self) -> Any:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def by_self(self, key: str) -> bool:
        """Whether the actor is the very person that `key` names: "Ana left" instead of "Ana let Ana leave"."""
        return key in self._selves


Sentence = Callable[[JournalEntry, Names], str]
Lookup = Callable[[set[int]], Mapping[int, Named]]
S = TypeVar("S", bound=Sentence)
L = TypeVar("L", bound=Lookup)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a domain registered for one fact."""

    fact: str
    write: Sentence
    models: Mapping[str, str]  # key of the payload -> "app.Model"
    link: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class _Naming:
    look_up: Lookup
    removed: object  # the lazy words for a row that is not there any more


_wordings: dict[str, Wording] = {}
_namings: dict[str, _Naming] = {}


def sentence(fact: str, *, link: tuple[str, str] | None = None, **models: str) -> Callable[[S], S]:
    """Register how `fact` reads. Raises RuntimeError where two functions claim the same fact."""

    def register(function: S) -> S:
        if fact in _wordings:
            raise RuntimeError(f"{fact} already has its sentence in {_wordings[fact].write.__module__}")
        _wordings[fact] = Wording(fact, function, models, link)
        return function

    return register


def naming(model: str, *, removed: object) -> Callable[[L], L]:
    """Register how rows of `model` are named: a function of a set of ids, in one query.

    removed: translated words, in the middle of a sentence, for an id that is not there any more.
    """

    def register(function: L) -> L:
        if model in _namings:
            raise RuntimeError(f"{model} is already named by {_namings[model].look_up.__module__}")
        _namings[model] = _Naming(function, removed)
        return function

    return register


def wordings() -> Mapping[str, Wording]:
    """Every fact that has a sentence, with what was registered for it."""
    return _wordings


def read(entries: Iterable[JournalEntry], *, may_name: MayName) -> list[HistoryItem]:
    """The entries as sentences, in the same order. One query per model named, and one of `may_name`.

    entries:  with `actor` joined, as `journal.history` gives them.
    may_name: given person ids, those whose names the reader may read; the others are "a member".
    """
    asked = list(entries)
    names = _Roll(asked, may_name)
    return [_item(entry, names) for entry in asked]


class _Roll:
    """All names that a batch of entries needs, looked up at once."""

    def __init__(self, entries: Sequence[JournalEntry], may_name: MayName) -> None:
        wanted: dict[str, set[int]] = {}
        for entry in entries:
            if not entry.actor.is_system:
                wanted.setdefault(settings.AUTH_USER_MODEL, set()).add(entry.actor_id)
            for model, pk in _named_ids(entry):
                wanted.setdefault(model, set()).add(pk)
        self._found = {model: _look_up(model, ids) for model, ids in sorted(wanted.items())}
        people = {n.person_id for found in self._found.values() for n in found.values() if n.person_id}
        self._open = set(may_name(people)) if people else set()

    def find(self, model: str, pk: int | None) -> Named | None:
        return None if pk is None else self._found.get(model, {}).get(pk)

    def is_shown(self, named: Named | None) -> bool:
        return named is not None and (named.person_id is None or named.person_id in self._open)

    def text(self, model: str, pk: int | None) -> str:
        named = self.find(model, pk)
        if named is None:
            known = _namings.get(model)
            return str(known.removed) if known else _("something that was removed")
        return named.text if self.is_shown(named) else pgettext("a person whose name is hidden", "a member")


def _named_ids(entry: JournalEntry) -> Iterable[tuple[str, int]]:
    wording = _wordings.get(entry.fact)
    for key, model in wording.models.items() if wording else ():
        pk = entry.payload.get(key)
        if pk is not None:
            yield model, pk


def _look_up(model: str, ids: set[int]) -> Mapping[int, Named]:
    if model in _namings:
        return _namings[model].look_up(ids)
    rows = apps.get_model(model)
    manager = getattr(rows, "every", rows._default_manager)
    return {row.pk: Named(str(row)) for row in manager.filter(pk__in=ids)}


def _item(entry: JournalEntry, roll: _Roll) -> HistoryItem:
    wording = _wordings.get(entry.fact)
    if wording is None:  # of a domain that is switched off, or written by a newer version
        words = _("Something happened for which this version has no words.")
        return HistoryItem(entry.happened_at, words, None, entry.fact)
    found = {key: roll.find(model, entry.payload.get(key)) for key, model in wording.models.items()}
    by_key = {key: roll.text(model, entry.payload.get(key)) for key, model in wording.models.items()}
    text = wording.write(entry, Names(_actor(entry, roll), by_key, _selves(entry, found, roll)))
    url = None
    if wording.link is not None and roll.is_shown(found[wording.link[1]]):
        url = reverse(wording.link[0], args=[entry.payload[wording.link[1]]])
    return HistoryItem(entry.happened_at, text[:1].upper() + text[1:], url, entry.fact)


def _actor(entry: JournalEntry, roll: _Roll) -> str:
    if entry.actor.is_system:
        return pgettext("who did it", "the system")
    return roll.text(settings.AUTH_USER_MODEL, entry.actor_id)


def _selves(entry: JournalEntry, found: Mapping[str, Named | None], roll: _Roll) -> set[str]:
    actor = roll.find(settings.AUTH_USER_MODEL, entry.actor_id)
    if actor is None or actor.person_id is None:
        return set()
    return {key for key, named in found.items() if named and named.person_id == actor.person_id}


def listed(words: Iterable[object]) -> str:
    """Words one after the other for a sentence, each once, in the order given: "name, charter"."""
    return ", ".join(dict.fromkeys(str(word) for word in words))
