"""How alike two names are, as people who keep lists would say it.

Order, accents, case and particles say nothing. A second surname or a second given name may be left out, by one of the
two. A word in both that has no partner in the other tells two people apart: Juan Pérez Gómez, Juan Pérez González.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from tejido.foundation.tables.names import name_words

SAME_WORD = 0.9  # Jaro-Winkler similarity from which two words are spellings of one
LEFT_OUT = 2.5  # points for each word that only one of the two has
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"qu(?=[ei])|k|q"), "c"),
    (re.compile(r"c(?=[ei])|z|ss|x"), "s"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"ch"), "8"),
    (re.compile(r"ll|y(?=[aeiou])"), "i"),
    (re.compile(r"y"), "i"),
    (re.compile(r"v|w"), "b"),
    (re.compile(r"h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_SHORT = {
    "ma": "maria", "mª": "maria", "fco": "francisco", "gpe": "guadalupe", "jse": "jose", "ant": "antonio",
    "rdo": "ricardo", "fdo": "fernando", "hno": "hernando", "alfr": "alfredo", "ml": "manuel",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameScore:
    """value: 0..100. shared: words that both have. same: all words of both are the same, in any order."""

    value: float
    shared: int
    same: bool


@lru_cache(maxsize=32_768)
def name_sound(word: str) -> str:
    """What stays of a word when it is heard and its end is not: González and Gonsales share it.

    >>> name_sound("gonzalez") == name_sound("gonsales"), name_sound("yessica") == name_sound("jessica")
    (True, False)
    """
    word = _SHORT.get(word, word)
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word[:5]


@lru_cache(maxsize=16_384)
def _words(name: str) -> tuple[str, ...]:
    return tuple(_SHORT.get(word, word) for word in name_words(name))


def compare_names(left: str, right: str) -> NameScore:
    """How alike two whole names are.

    >>> compare_names("María José Pérez", "PEREZ GONZALEZ, MARIA JOSE").value
    97.5
    >>> compare_names("Juan Pérez Gómez", "Juan Pérez González").value < 82
    True
    """
    one, other = _words(left), _words(right)
    if not one or not other:
        return NameScore(0.0, 0, same=False)
    if len(one) == len(other) and sorted(one) == sorted(other):
        return NameScore(100.0, len(one), same=True)
    shorter, longer = sorted((one, other), key=len)
    pairs = _pair_up(shorter, longer)
    alike = [similarity for similarity in pairs if similarity >= SAME_WORD]
    lonely = len(shorter) - len(alike)
    left_out = len(longer) - len(shorter)
    if lonely:
        return NameScore(_apart(pairs, lonely, len(shorter), left_out), len(alike), same=False)
    value = 100.0 * sum(alike) / len(alike) - LEFT_OUT * left_out
    if len(alike) == 1 and left_out:
        value -= 20.0  # one word of several: "Ana" may be any Ana
    return NameScore(round(value, 1), len(alike), same=False)


def _apart(pairs: list[float], lonely: int, words: int, left_out: int) -> float:
    """Each has a word that the other lacks. One odd word of four may be a slip; of two or three it is another name."""
    share = (words - lonely) / words
    nearly = sum(pairs) / words
    return round(max(0.0, 100.0 * share * nearly - LEFT_OUT * left_out), 1)


def _pair_up(shorter: tuple[str, ...], longer: tuple[str, ...]) -> list[float]:
    """The best partner of each word of `shorter`, each word of `longer` taken once. Initials fit what they begin."""
    options = sorted(
        ((_alike(word, partner), i, j) for i, word in enumerate(shorter) for j, partner in enumerate(longer)),
        reverse=True,
    )
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    best = [0.0] * len(shorter)
    for similarity, i, j in options:
        if i in taken_left or j in taken_right:
            continue
        taken_left.add(i)
        taken_right.add(j)
        best[i] = similarity
    return best


@lru_cache(maxsize=65_536)
def _alike(word: str, partner: str) -> float:
    if word == partner:
        return 1.0
    if len(word) == 1 or len(partner) == 1:
        return 0.92 if word[0] == partner[0] else 0.0
    if min(len(word), len(partner)) <= 3:
        return 0.95 if name_sound(word) == name_sound(partner) else 0.0
    similarity = float(JaroWinkler.similarity(word, partner))
    if name_sound(word) == name_sound(partner) and abs(len(word) - len(partner)) <= 1:
        similarity = max(similarity, 0.95)
    return _unlike_endings(word, partner, similarity)


def _unlike_endings(word: str, partner: str, similarity: float) -> float:
    """Fernando and Fernanda, Daniel and Daniela, Martin and Martinez sound alike and are not the same."""
    shorter, longer = sorted((word, partner), key=len)
    his_and_hers = longer == f"{shorter}a" or (word[:-1] == partner[:-1] and "a" in (word[-1], partner[-1]))
    if his_and_hers or longer in (f"{shorter}ez", f"{shorter}es"):
        return min(similarity, 0.8)
    return similarity
