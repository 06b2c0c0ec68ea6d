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
payload's key that it takes; a row that is gone, or whose name is hidden from the reader, has no link.

Names are looked up in bulk: one query per model for any number of entries, by the `every` manager
where a model has one, so that rows merged into another still have a name. A model whose name is not
`str(row)`, or may not be read by everybody, says so with `@naming`: there the domain's own policies
decide what this reader may know. A history is then two lines:

    items = sentences.read(journal.history(community_ids=ids)[:20], reader=request.user)
    {% timeline items %}

Sentences begin with a capital letter by themselves, so a plain word ("a member") may stand first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tejido.foundation.models import JournalEntry
from tejido.foundation.runs import beginning, fold

ENTRIES_PER_LINE = 20


@dataclass(frozen=True, slots=True)
class Named:
    """A name as this reader reads it. `person_id`: whose it is, where it is a person's or an account's."""

    text: str
    person_id: int | None = None
    hidden: bool = False  # this reader may not know it; `text` is then a plain word


class HistoryItem(NamedTuple):
    """One line of a history. `url` leads to what it tells of; None where there is nothing to open."""

    when: datetime
    words: str
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
Lookup = Callable[[Mapping[str, set[int]], Any], Mapping[str, Mapping[int, Named]]]
S = TypeVar("S", bound=Sentence)
L = TypeVar("L", bound=Lookup)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a domain registered for one fact."""

    fact: str
    write: Sentence
    models: Mapping[str, str]  # key of the payload -> "app.Model"
    link: tuple[str, str] | None
    folds: str = ""  # the list of the payload that grows when a run of such deeds is told as one


_wordings: dict[str, Wording] = {}
_lookups: dict[str, Lookup] = {}
_removed: dict[str, Any] = {}  # the lazy words for a row that is not there any more


def sentence(
    fact: str, *, link: tuple[str, str] | None = None, folds: str = "", **models: str
) -> Callable[[S], S]:
    """Register how `fact` reads. Raises RuntimeError where two functions claim the same fact.

    folds: the list of the payload that grows when a run of such deeds is told in one sentence (see runs.py).
    """

    def register(function: S) -> S:
        if fact in _wordings:
            raise RuntimeError(f"{fact} already has its sentence in {_wordings[fact].write.__module__}")
        _wordings[fact] = Wording(fact, function, models, link, folds)
        return function

    return register


def naming(**removed: Any) -> Callable[[L], L]:
    """Register how rows of some models are named, all of them together in one query.

    The function takes {"app.Model": ids} and the reader (an account), and answers {"app.Model": {id: Named}}.
    removed: model (`directory_Person`) -> lazy words, as in the middle of a sentence, for an id that is gone.
    Raises RuntimeError where a model is named twice.
    """

    def register(function: L) -> L:
        for key, words in removed.items():
            model = key.replace("_", ".", 1)
            if model in _lookups:
                raise RuntimeError(f"{model} is already named by {_lookups[model].__module__}")
            _lookups[model], _removed[model] = function, words
        return function

    return register


def wordings() -> Mapping[str, Wording]:
    """Every fact that has a sentence, with what was registered for it."""
    return _wordings


def read(
    entries: Iterable[JournalEntry], *, reader: Any, known: Mapping[str, Mapping[int, str]] | None = None
) -> list[HistoryItem]:
    """The entries as sentences, in the same order, with the names that `reader` (an account) may read.

    Runs are told in one sentence, so that there may be fewer sentences than entries (`first_lines`).
    entries: with `actor` joined, as `journal.history` gives them. Costs one query per kind of thing named:
    people and accounts together, communities, gatherings …
    known:   names that the caller has at hand and may show ({"app.Model": {id: name}}); not looked up again.
    """
    asked = fold(entries, _folds())
    roll = _Roll(asked, reader, known or {})
    return [_item(entry, roll) for entry in asked]


def _folds() -> dict[str, str]:
    return {fact: wording.folds for fact, wording in _wordings.items() if wording.folds}


def first_lines(entries: QuerySet[JournalEntry], most: int) -> tuple[list[JournalEntry], bool]:
    """The newest entries that make at most `most` sentences, and whether there are older ones. One query.

    Looks at no more than ENTRIES_PER_LINE times as many entries, however long a run is.
    """
    rows = list(entries[: most * ENTRIES_PER_LINE + 1])
    taken = beginning(rows[: most * ENTRIES_PER_LINE], _folds(), most)
    return taken, len(taken) < len(rows)


class _Roll:
    """All names that a batch of entries needs, looked up at once."""

    def __init__(
        self, entries: Sequence[JournalEntry], reader: Any, known: Mapping[str, Mapping[int, str]]
    ) -> None:
        wanted: dict[str, set[int]] = {}
        self._found: dict[str, dict[int, Named]] = {
            model: {pk: Named(name) for pk, name in names.items()} for model, names in known.items()
        }
        for entry in entries:
            for model, pk in _named_ids(entry):
                if pk not in self._found.setdefault(model, {}):
                    wanted.setdefault(model, set()).add(pk)
        for look_up in dict.fromkeys(_lookups[model] for model in wanted if model in _lookups):
            asked = {model: ids for model, ids in wanted.items() if _lookups.get(model) is look_up}
            for model, names in look_up(asked, reader).items():
                self._found.setdefault(model, {}).update(names)
        for model in wanted.keys() - _lookups.keys():
            self._found[model].update(_by_str(model, wanted[model]))

    def find(self, model: str, pk: int | None) -> Named | None:
        return None if pk is None else self._found[model].get(pk)

    def text(self, model: str, pk: int | None) -> str:
        named = self.find(model, pk)
        return named.text if named else str(_removed.get(model) or _("something that was removed"))


def _named_ids(entry: JournalEntry) -> Iterable[tuple[str, int]]:
    if not entry.actor.is_system:
        yield settings.AUTH_USER_MODEL, entry.actor_id
    wording = _wordings.get(entry.fact)
    for key, model in wording.models.items() if wording else ():
        if entry.payload.get(key) is not None:
            yield model, entry.payload[key]


def _by_str(model: str, ids: set[int]) -> Mapping[int, Named]:
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
    text = text[:1].upper() + text[1:]
    return HistoryItem(entry.happened_at, text, _url(entry, wording, found), entry.fact)


def _url(entry: JournalEntry, wording: Wording, found: Mapping[str, Named | None]) -> str | None:
    if wording.link is None:
        return None
    page, key = wording.link
    named = found[key]
    return None if named is None or named.hidden else reverse(page, args=[entry.payload[key]])


def _actor(entry: JournalEntry, roll: _Roll) -> str:
    if entry.actor.is_system:
        return pgettext("who did it", "the system")
    return roll.text(settings.AUTH_USER_MODEL, entry.actor_id)


def _selves(entry: JournalEntry, found: Mapping[str, Named | None], roll: _Roll) -> set[str]:
    actor = None if entry.actor.is_system else roll.find(settings.AUTH_USER_MODEL, entry.actor_id)
    if actor is None or actor.person_id is None:
        return set()
    return {key for key, named in found.items() if named and named.person_id == actor.person_id}


def listed(words: Iterable[object]) -> str:
    """Words one after the other for a sentence, each once, in the order given: "name, charter"."""
    return ", ".join(dict.fromkeys(str(word) for word in words))
