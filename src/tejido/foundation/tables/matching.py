"""Who of a list is already known: exact, likely (with a score and reasons) or nobody.

An official code, an e-mail address or a telephone decides alone, as long as the names do not contradict it. A name
never decides alone: with the school it makes a match likely, for a person to confirm.

100 000 rows against 100 000 people: every known person is filed under pairs of the sounds of their names; only those
who share a pair with a row are compared with it. Some ten numbers are kept for each known person, outside Python.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from tejido.foundation.tables.names import name_words
from tejido.foundation.tables.plain import plain
from tejido.foundation.tables.scoring import NameScore, compare_names, name_sound
from tejido.foundation.tables.values import code_key

Verdict = Literal["exact", "likely", "none"]
LARGEST_BLOCK = 800  # people who share a pair of sounds; beyond that the pair tells nobody apart
CANDIDATES = 5  # shown to whoever decides
LIKELY_WITH_SCHOOL = 82.0
LIKELY_BY_NAME = 94.0  # the whole name, at least three words of it, or two of somebody of the community
CONTRADICTION = 55.0  # below this two names are of different people, whatever the e-mail says


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of one person. id: of the row in the database, or the number of a row in a list. Empty: not known.

    email and phone come parsed (`values`); school is any text that is the same for the same school.
    """

    id: int
    name: str
    code: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    school: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """id of a known person. score: 0..100. reasons: "code", "email", "phone", "same_name", "similar_name",
    "school", "other_name" (the names contradict), "other_school"."""

    id: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """verdict "exact": the first candidate is the person. "likely": somebody should look at the candidates."""

    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None


class PersonIndex:
    """Known people, filed so that a row finds its candidates without asking everybody."""

    def __init__(self, known: Iterable[Identity], *, near: Set[int] = frozenset()) -> None:
        """near: ids of those among whom a first name and one surname are enough to ask whether it is them."""
        self.near = near
        self.people = {person.id: person for person in known}
        self._by_code = _Holders()
        self._by_contact = _Holders()
        for person in self.people.values():
            if person.code:
                self._by_code.add(code_key(person.code), person.id)
            for contact in (*person.emails, *person.phones):
                self._by_contact.add(contact, person.id)
        self._order = np.fromiter(self.people, dtype=np.int64, count=len(self.people))
        self._words = np.zeros(len(self.people), dtype=np.int8)
        self._pairs = _Blocks()
        self._at_school = _Blocks()
        for place, person in enumerate(self.people.values()):
            sounds = _sounds(person)
            self._words[place] = len(sounds)
            self._pairs.file(place, _pair_keys(sounds))
            self._at_school.file(place, _school_keys(person, sounds))
        self._pairs.close()
        self._at_school.close()

    def match(self, row: Identity, *, not_the_same: Set[int] = frozenset()) -> Match:
        """Who `row` is. not_the_same: ids of people of whom somebody decided that they are not this one."""
        found: dict[int, Candidate] = {}
        for person_id, reason in self._by_keys(row):
            if person_id not in not_the_same:
                found[person_id] = _with_key(row, self.people[person_id], reason, found.get(person_id))
        exact = [candidate for candidate in found.values() if "other_name" not in candidate.reasons]
        if len(exact) == 1:
            return Match("exact", (exact[0],))
        if not exact:
            for candidate in self._by_name(row, found.keys() | not_the_same):
                found[candidate.id] = candidate
        ranked = sorted(found.values(), key=lambda candidate: (-candidate.score, candidate.id))[:CANDIDATES]
        return Match("likely", tuple(ranked)) if ranked else Match("none")

    def _by_keys(self, row: Identity) -> Iterator[tuple[int, str]]:
        if row.code:
            yield from ((person_id, "code") for person_id in self._by_code.of(code_key(row.code)))
        for email in row.emails:
            yield from ((person_id, "email") for person_id in self._by_contact.of(email))
        for phone in row.phones:
            yield from ((person_id, "phone") for person_id in self._by_contact.of(phone))

    def _by_name(self, row: Identity, left_out: Set[int]) -> Iterator[Candidate]:
        for person_id in self._blocks(row) - left_out:
            person = self.people[person_id]
            if row.code and person.code and code_key(row.code) != code_key(person.code):
                continue  # two official codes are two people
            score = compare_names(row.name, person.name)
            candidate = _by_name_alone(row, person, score, words=2 if person_id in self.near else 3)
            if candidate is not None:
                yield candidate

    def _blocks(self, row: Identity) -> set[int]:
        """Ids of the people who share enough sounds with the row: all but one of the shorter name."""
        sounds = _sounds(row)
        shorter = np.minimum(self._words, len(sounds)).astype(np.int16)
        places, times, passed_over = self._pairs.hits(_pair_keys(sounds))
        enough = np.maximum(1, (shorter[places] - 1) * (shorter[places] - 2) // 2 - passed_over)
        found = [self._order[places[times >= enough]]]
        places, times, _none = self._at_school.hits(_school_keys(row, sounds))
        found.append(self._order[places[times >= np.maximum(1, shorter[places] - 1)]])
        return set(np.concatenate(found).tolist())


class _Holders:
    """Who has a code or a contact. Nearly all have one holder, so a list is kept only where there are several."""

    def __init__(self) -> None:
        self._held: dict[str, int | tuple[int, ...]] = {}

    def add(self, key: str, person_id: int) -> None:
        held = self._held.get(key)
        self._held[key] = person_id if held is None else (*self.of(key), person_id)

    def of(self, key: str) -> tuple[int, ...]:
        held = self._held.get(key, ())
        return (held,) if isinstance(held, int) else held


class _Blocks:
    """Numbers under which places are filed, for looking up many numbers at once."""

    def __init__(self) -> None:
        self._filed: tuple[array[int], array[int]] = (array("q"), array("q"))

    def file(self, place: int, keys: Sequence[int]) -> None:
        self._filed[0].extend(keys)
        self._filed[1].extend([place] * len(keys))

    def close(self) -> None:
        keys, places = (np.array(column, dtype=np.int64) for column in self._filed)
        order = np.argsort(keys, kind="stable")
        self._keys, self._places = keys[order], places[order].astype(np.int32)
        self._filed = (array("q"), array("q"))

    def hits(self, keys: Sequence[int]) -> tuple[np.ndarray, np.ndarray, int]:
        """(places, how many of `keys` each is filed under, how many keys were passed over as too common)."""
        wanted = np.array(keys, dtype=np.int64)
        starts = np.searchsorted(self._keys, wanted, side="left")
        ends = np.searchsorted(self._keys, wanted, side="right")
        lengths = ends - starts
        parts = [
            self._places[start:end]
            for start, end, length in zip(starts.tolist(), ends.tolist(), lengths.tolist(), strict=True)
            if 0 < length <= LARGEST_BLOCK
        ]
        if not parts:
            return np.empty(0, np.int32), np.empty(0, np.int64), int((lengths > LARGEST_BLOCK).sum())
        places, times = np.unique(np.concatenate(parts), return_counts=True)
        return places, times, int((lengths > LARGEST_BLOCK).sum())


def _sounds(person: Identity) -> list[str]:
    return sorted({name_sound(word) for word in name_words(person.name)})[:8]


def _pair_keys(sounds: Sequence[str]) -> list[int]:
    """Numbers of the pairs of sounds in a name; of a name of one word, of that word."""
    if len(sounds) == 1:
        return [hash(sounds[0])]
    return [hash(pair) for pair in combinations(sounds, 2)]


def _school_keys(person: Identity, sounds: Sequence[str]) -> list[int]:
    school = plain(person.school)
    return [hash((school, sound)) for sound in sounds] if school else []


def _with_key(row: Identity, person: Identity, reason: str, before: Candidate | None) -> Candidate:
    reasons = (*(before.reasons if before else ()), reason)
    if before:
        return Candidate(person.id, before.score, tuple(dict.fromkeys(reasons)))
    score = compare_names(row.name, person.name)
    if row.name and person.name and score.value < CONTRADICTION:
        return Candidate(person.id, 50.0, (reason, "other_name"))
    return Candidate(person.id, 100.0, (reason,))


def _by_name_alone(row: Identity, person: Identity, score: NameScore, *, words: int) -> Candidate | None:
    """The person as a candidate where the names are alike. words: how many must be shared where no school tells."""
    same_school = bool(row.school and person.school) and plain(row.school) == plain(person.school)
    other_school = bool(row.school and person.school) and not same_school
    said = "same_name" if score.same else "similar_name"
    if same_school and score.value >= LIKELY_WITH_SCHOOL:
        return Candidate(person.id, min(99.0, score.value), (said, "school"))
    if score.value >= LIKELY_BY_NAME and (
        score.shared >= (3 if other_school else words) or (score.same and not other_school)
    ):
        value = score.value - (12.0 if other_school else 5.0)
        return Candidate(person.id, value, (said, *(("other_school",) if other_school else ())))
    return None


class Repeats:
    """Notices rows of one list that are an earlier row again.

    The same code, e-mail or telephone with a name that does not contradict; or the same whole name at the same
    school where nothing else tells them apart. The same name alone is not enough.
    """

    def __init__(self) -> None:
        self._seen: dict[
            int, Identity
        ] = {}  # by the hash of reason and key: a tenth of the memory of the texts
        self._first: dict[int, int] = {}

    def earlier(self, row: Identity) -> tuple[int, str] | None:
        """(id of the first row that is the same person, reason), or None. Remembers `row`."""
        keys = list(_own_keys(row))
        found: tuple[int, str] | None = None
        for reason, key in keys:
            known = self._seen.get(hash((reason, key)))
            if known is not None and _may_be_one(row, known):
                found = self._first.get(known.id, known.id), reason
                self._first[row.id] = found[0]
                break
        for pair in keys:
            self._seen.setdefault(hash(pair), row)
        return found


def repeated_in(rows: Iterable[Identity]) -> dict[int, tuple[int, str]]:
    """Rows of one list that are an earlier row again: id -> (id of the earlier row, reason). See `Repeats`."""
    repeats = Repeats()
    return {row.id: found for row in rows if (found := repeats.earlier(row)) is not None}


def _own_keys(row: Identity) -> Iterator[tuple[str, str]]:
    if row.code:
        yield "code", code_key(row.code)
    yield from (("email", email) for email in row.emails)
    yield from (("phone", phone) for phone in row.phones)
    if row.school and row.name:
        yield "same_name", f"{plain(row.school)}|{' '.join(sorted(name_words(row.name)))}"


def _may_be_one(row: Identity, first: Identity) -> bool:
    if row.code and first.code and code_key(row.code) != code_key(first.code):
        return False
    if row.name and first.name and compare_names(row.name, first.name).value < CONTRADICTION:
        return False
    by_contact = set(row.emails) & set(first.emails) or set(row.phones) & set(first.phones)
    by_code = row.code and first.code
    told_apart = bool(row.emails and first.emails and row.phones and first.phones)
    return bool(by_contact or by_code or not told_apart)
