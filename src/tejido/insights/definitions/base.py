from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Definition:
    """What an indicator is, for the people whom it is about.

    kind: how its value reads: count, share (0..1, shown as per cent), mixing (-1..1), spread (0..1), strength, km,
        ratio, rating (1..5). basis: the sentence of numerator and denominator (a lazy plural by `denominator`), or of `n`
        where there is no denominator. question: what it answers. exactly: how it is counted, every threshold said.
    """

    id: str
    title: Words
    kind: str
    question: Words
    exactly: Words
    basis: Words | None = None


@dataclass(frozen=True, slots=True)
class Awaited:
    """An indicator whose records nobody can make yet, and what it waits for."""

    title: Words
    waits_for: Words


@dataclass(frozen=True, slots=True)
class Family:
    """One of the families in which indicators are read, with the question that it answers."""

    key: str
    title: Words
    question: Words
    indicators: tuple[Definition, ...] = ()
    awaited: tuple[Awaited, ...] = ()


TIE = _(
    "Two people have met when they sat at the same table or, where no tables were recorded, were at the same gathering "
    "of at most 30 people. Each time adds 1 ÷ (people there − 1) to their tie, so that small groups weigh more, and "
    "after a year it counts half. A tie stands from 0.1 upwards. Larger gatherings without tables make no ties."
)
