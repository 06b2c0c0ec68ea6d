"""Ballots as they were cast: what counts, what was put right, and what could not be counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

# Why a ballot does not count, or what was passed over in one that does. Stable codes; callers put them into words.
BLANK: Final = "blank"
UNKNOWN_ONLY: Final = "only names that do not stand"
TIED_FIRST: Final = "several first choices"
INVALID: Final = (BLANK, UNKNOWN_ONLY, TIED_FIRST)
REPEATED: Final = "a name twice"
UNKNOWN: Final = "a name that does not stand"
TIED_LATER: Final = "several names in one place: what follows is not used"
SKIPPED: Final = "a place left empty"
MENDED: Final = (REPEATED, UNKNOWN, TIED_LATER, SKIPPED)

# A ballot: its places from the first choice on; a place holds one name, several (equally liked), or none.
Ballot = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Cast:
    """The ballots that count, alike ones together.

    candidates: in the order given, else by name. ballots: (places, how many alike). invalid, mended: code -> ballots.
    total: all ballots, valid or not.
    """

    candidates: tuple[str, ...]
    ballots: tuple[tuple[tuple[tuple[str, ...], ...], int], ...]
    total: int
    invalid: Mapping[str, int] = field(default_factory=dict, hash=False)
    mended: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def valid(self) -> int:
        """How many ballots count."""
        return self.total - sum(self.invalid.values())


def cast(
    ballots: Iterable[tuple[Ballot, int]], candidates: Sequence[str] = (), *, equal: bool = False
) -> Cast:
    """Look through the ballots once, before any counting.

    ballots: (places from the first choice on, how many such ballots). candidates: who stands; everybody who is named,
    if empty. equal: whether several names may share a place (Schulze, approval); where not, a shared first place makes
    the ballot invalid, and a later one ends it.
    Empty places are passed over, a name counts where it stands first, names that do not stand are passed over; each is
    counted in `mended`. Raises ValueError for a count below 1, and candidates named twice.

    >>> seen = cast([([["ana"], ["eva"]], 2), ([["ana", "eva"]], 1), ([], 1)])
    >>> seen.valid, seen.total, dict(seen.invalid)
    (2, 4, {'blank': 1, 'several first choices': 1})
    """
    listed = list(ballots)
    if any(times < 1 for _places, times in listed):
        raise ValueError("every ballot counts at least once")
    if len(set(candidates)) < len(candidates):
        raise ValueError("a candidate stands only once")
    named = {name for places, _times in listed for place in places for name in place if name}
    standing = tuple(candidates) or tuple(sorted(named))
    invalid, mended = dict.fromkeys(INVALID, 0), dict.fromkeys(MENDED, 0)
    counted: dict[tuple[tuple[str, ...], ...], int] = {}
    for places, times in listed:
        clean, codes = _cleaned(places, set(standing), equal)
        if not clean:
            invalid[codes[-1]] += times
            continue
        for code in set(codes):
            mended[code] += times
        counted[clean] = counted.get(clean, 0) + times
    return Cast(
        standing,
        tuple(sorted(counted.items())),
        sum(times for _places, times in listed),
        {code: number for code, number in invalid.items() if number},
        {code: number for code, number in mended.items() if number},
    )


def _cleaned(
    places: Ballot, standing: set[str], equal: bool
) -> tuple[tuple[tuple[str, ...], ...], list[str]]:
    """(places that count, what was passed over); no places and the reason last where the ballot is invalid."""
    clean: list[tuple[str, ...]] = []
    codes: list[str] = []
    seen: set[str] = set()
    last = max((at for at, place in enumerate(places) if any(place)), default=-1)
    for place in places[: last + 1]:
        names = [name for name in dict.fromkeys(place) if name]
        if not names:
            codes.append(SKIPPED)
        codes += [REPEATED] * any(name in seen for name in names)
        codes += [UNKNOWN] * any(name not in standing for name in names)
        names = [name for name in names if name in standing and name not in seen]
        if len(names) > 1 and not equal:
            codes.append(TIED_LATER if clean else TIED_FIRST)
            break
        if names:
            clean.append(tuple(sorted(names)))
            seen.update(names)
    if not clean and codes[-1:] != [TIED_FIRST]:
        codes.append(BLANK if last < 0 else UNKNOWN_ONLY)
    return tuple(clean), codes
