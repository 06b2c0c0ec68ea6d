"""Questions from the room, by how many ask them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from tejido.during.models import Question, Support
from tejido.gatherings.models import Gathering

State = Question.State
SEEN = (State.OPEN, State.LATER, State.ANSWERED)  # what the room sees


@dataclass(frozen=True, slots=True)
class Told:
    """One question as the room sees it. supports: how many ask it; mine, backed: asked, supported by the reader."""

    question: Question
    supports: int
    mine: bool = False
    backed: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A question that stays with the gathering. name: "" without one. state_words: what became of it."""

    pk: int
    text: str
    name: str
    supports: int
    answer: str
    state: str
    state_words: str


def questions_of(gathering: Gathering, states: Collection[str] = ()) -> QuerySet[Question]:
    """With `.n` (how many ask it), the most asked first. states: all without. One query."""
    rows = Question.objects.filter(gathering=gathering).annotate(n=Count("supports"))
    return (rows.filter(state__in=states) if states else rows).order_by("-n", "pk")


def room_questions(gathering: Gathering, whose: str = "") -> list[Told]:
    """What somebody in the room sees: what was let through, and what they asked themselves. One query.

    Their own wait visibly; of their own that are not shown they read that it is so, never why.
    """
    backed = Exists(Support.objects.filter(question=OuterRef("pk"), whose=whose))
    rows: Any = questions_of(gathering).filter(into=None).annotate(backed=backed)
    return [
        Told(one, one.n, one.whose == whose, one.backed)
        for one in rows
        if one.state in SEEN or (whose and one.whose == whose)
    ]


def waiting_in(gathering: Gathering) -> int:
    """How many wait for the team. One query."""
    return Question.objects.filter(gathering=gathering, state=State.WAITING).count()


def has_kept_questions() -> Exists:
    """Whether questions stay with a gathering: a condition on Gathering. No query by itself."""
    return Exists(Question.objects.filter(gathering_id=OuterRef("pk"), state__in=SEEN))


def kept_questions(gathering: Gathering) -> list[Kept]:
    """Questions that stay with the gathering, with what was answered in writing, the most asked first. One query.

    For whoever sees the gathering. What waits, is not shown or was put together with another is not among them.
    """
    rows: Any = questions_of(gathering, SEEN)
    return [
        Kept(one.pk, one.text, one.name, one.n, one.answer, one.state, one.get_state_display())
        for one in rows
    ]
