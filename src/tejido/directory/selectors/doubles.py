"""Who may be in the directory twice, and how two of them compare. Never all pairs: only those who share something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz

from tejido.accounts.models import User
from tejido.directory.models import ContactPoint, Merge, NotTheSame, Person, Post, School
from tejido.directory.policies import people_for, schools_visible_to
from tejido.directory.selectors.people import CURRENT_POSTS, people_to_merge
from tejido.foundation.tables.matching import Identity, PersonIndex

Pair = tuple[int, int]  # two ids, the lower first
MOST_COMPARED = 5_000  # people whose names are compared; above that, only the same key makes a pair
MOST_SCHOOLS = 20_000
SIMILAR_SCHOOLS = 92.0  # of rapidfuzz' token_sort_ratio, 0..100
LARGEST_PLACE = 400  # schools of one territory whose names are compared


@dataclass(frozen=True, slots=True)
class Doubles:
    """Two rows that may be one. reasons: as in foundation.tables.matching, and "same_code" for schools."""

    one: Any
    other: Any
    score: float
    reasons: tuple[str, ...]


def likely_doubles(of: str, actor: User, *, most: int = 40) -> list[Doubles]:
    """Pairs of people or schools (`Merge.Of`) that may be one, the likeliest first. Six queries at most.

    Only those whom `actor` may merge; pairs of which somebody decided that they are two are left out, as
    are pairs of an invented and a real entry.
    """
    found = _pairs_of_people(actor) if of == Merge.Of.PEOPLE else _pairs_of_schools(actor)
    apart = set(NotTheSame.objects.filter(of=of).values_list("lower_id", "higher_id"))
    ranked = sorted(
        (item for item in found.items() if item[0] not in apart), key=lambda item: (-item[1][0], item[0])
    )[:most]
    rows = _rows(of, {pk for pair, _why in ranked for pk in pair})
    doubles = [Doubles(rows[low], rows[high], score, why) for (low, high), (score, why) in ranked]
    return [pair for pair in doubles if pair.one.is_invented == pair.other.is_invented]


def _rows(of: str, ids: set[int]) -> Mapping[int, Any]:
    if of == Merge.Of.PEOPLE:
        return Person.objects.prefetch_related(CURRENT_POSTS).in_bulk(ids)
    return School.objects.select_related("territory").in_bulk(ids)


# People --------------------------------------------------------------------------------------

Found = dict[Pair, tuple[float, tuple[str, ...]]]


def _pairs_of_people(actor: User) -> Found:
    people = people_to_merge(actor)
    known = list(people.values_list("pk", "given_names", "family_names", "list_code")[: MOST_COMPARED + 1])
    if len(known) > MOST_COMPARED:
        return _pairs_by_contact(people)
    contacts: dict[tuple[int, str], list[str]] = defaultdict(list)
    mine = Q(person__in=people.order_by().values("pk"))
    for person_id, kind, value in ContactPoint.objects.filter(mine).values_list("person_id", "kind", "value"):
        contacts[person_id, kind].append(value)
    posts = Post.objects.filter(mine, ends_on=None).exclude(school=None).order_by("pk")
    schools = dict(posts.values_list("person_id", "school_id"))
    index = PersonIndex(
        Identity(
            id=pk,
            name=f"{given} {family}",
            code=code,
            emails=tuple(contacts[pk, ContactPoint.Kind.EMAIL]),
            phones=tuple(contacts[pk, ContactPoint.Kind.PHONE]),
            school=str(schools.get(pk, "")),
        )
        for pk, given, family, code in known
    )
    return _pairs_in(index)


def _pairs_in(index: PersonIndex) -> Found:
    found: Found = {}
    for person in index.people.values():
        for candidate in index.match(person, not_the_same={person.id}).candidates:
            pair = (min(person.id, candidate.id), max(person.id, candidate.id))
            found.setdefault(pair, (candidate.score, candidate.reasons))
    return found


def _pairs_by_contact(people: QuerySet[Person]) -> Found:
    """Whoever shares an e-mail address or a phone. Of a key that more than five share, the first five."""
    sharing: dict[tuple[str, str], list[int]] = defaultdict(list)
    points = ContactPoint.objects.filter(person__in=people.order_by().values("pk")).order_by("person_id")
    for kind, value, person_id in points.values_list("kind", "value", "person_id").iterator():
        sharing[kind, value].append(person_id)
    return {
        pair: (100.0, (kind,)) for (kind, _value), ids in sharing.items() for pair in combinations(ids[:5], 2)
    }


# Schools -------------------------------------------------------------------------------------


def _pairs_of_schools(actor: User) -> Found:
    schools = School.objects.filter(schools_visible_to(actor)).order_by("pk")
    known = list(schools.values_list("pk", "search_name", "register", "code", "territory_id")[:MOST_SCHOOLS])
    found: Found = {}
    for pair in _blocks(known, key=lambda row: (row[3].lstrip("0"),) if row[3] else None, most=10):
        if not _two_codes(*pair):
            found[_ids(pair)] = (100.0, ("same_code",))
    for pair in _blocks(known, key=lambda row: (row[4],) if row[4] else None, most=LARGEST_PLACE):
        score = 0.0 if _two_codes(*pair) else _alike(pair[0][1], pair[1][1])
        if score:
            found.setdefault(_ids(pair), (score, ("same_name" if score == 100 else "similar_name", "place")))
    for pair in _blocks(known, key=lambda row: (row[1],), most=10):
        if not _two_codes(*pair) and None in {pair[0][4], pair[1][4]}:
            found.setdefault(_ids(pair), (90.0, ("same_name",)))
    return found


def _ids(pair: tuple[Sequence[Any], Sequence[Any]]) -> Pair:
    return min(pair[0][0], pair[1][0]), max(pair[0][0], pair[1][0])


def _blocks(rows: Iterable[Any], *, key: Any, most: int) -> Iterator[tuple[Any, Any]]:
    """Pairs of rows with the same key; a key that more than `most` share tells nobody apart."""
    filed: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        if key(row) is not None:
            filed[key(row)].append(row)
    for block in filed.values():
        if 1 < len(block) <= most:
            yield from combinations(block, 2)


def _two_codes(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Two codes of one register are two schools."""
    return bool(one[3] and other[3] and one[2] == other[2] and one[3] != other[3])


def _alike(one: str, other: str) -> float:
    """0, or how alike two names are (92..100); a number in them has to be the same: School 12 is not School 13."""
    if one == other:
        return 100.0
    numbers = [
        sorted(word for word in name.split() if any(c.isdigit() for c in word)) for name in (one, other)
    ]
    return (
        fuzz.token_sort_ratio(one, other, score_cutoff=SIMILAR_SCHOOLS) if numbers[0] == numbers[1] else 0.0
    )


# Comparing and undoing -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MergeLine:
    """One part side by side: what each says. suggested: "kept" or "gone", whichever says more."""

    part: str
    kept: tuple[Any, ...]
    gone: tuple[Any, ...]

    @property
    def differs(self) -> bool:
        """Whether there is something to choose. An account that is the only one comes along by itself."""
        return self.kept != self.gone and (self.part != "account" or None not in (*self.kept, *self.gone))

    @property
    def suggested(self) -> str:
        empty = (None, "")
        return (
            "gone"
            if all(v in empty for v in self.kept) and any(v not in empty for v in self.gone)
            else "kept"
        )


def compare(kept: Any, gone: Any, parts: Mapping[str, tuple[str, ...]]) -> list[MergeLine]:
    """The two rows part by part, in the order of `parts` (services.PERSON_PARTS or SCHOOL_PARTS). No query."""

    def values(row: Any, columns: tuple[str, ...]) -> tuple[Any, ...]:
        return tuple(getattr(row, column) for column in columns)

    return [MergeLine(part, values(kept, columns), values(gone, columns)) for part, columns in parts.items()]


def merges_undoable_by(of: str, actor: User, *, most: int = 10) -> list[tuple[Merge, Any, Any]]:
    """The latest merges that `actor` may undo, each with the kept row and the one that went. Two queries."""
    rows: Any = Person if of == Merge.Of.PEOPLE else School
    mine = people_for(actor, "merge") if of == Merge.Of.PEOPLE else schools_visible_to(actor)
    merges = Merge.objects.filter(
        of=of, undone_at=None, kept_id__in=rows.objects.filter(mine).values("pk")
    ).order_by("-pk")[:most]
    named = rows.every.in_bulk({pk for merge in merges for pk in (merge.kept_id, merge.gone_id)})
    return [(merge, named[merge.kept_id], named[merge.gone_id]) for merge in merges]
