"""The exit ticket of a gathering on its wall: as much of it as forms let everybody see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q

from tejido.during.models import ShownAnswer
from tejido.during.values import Bar
from tejido.gatherings.models import FormGiven, Gathering
from tejido.instruments.models import Answer, Collection, Response
from tejido.instruments.selectors import counted, definition_of, language_for, questions_of
from tejido_analytics.privacy import SMALLEST_CELL

MOST_TEXTS = 6


@dataclass(frozen=True, slots=True)
class Closed:
    """A question with answers to choose. bars: those that may be shown; mean: of a scale, with its largest value."""

    label: str
    n: int
    bars: tuple[Bar, ...]
    mean: float | None
    most: int


@dataclass(frozen=True, slots=True)
class Ticket:
    """came: how many answered. hidden: too few to show more. texts: open answers that were let through, in no order."""

    collection: Collection
    came: int
    hidden: bool = False
    questions: tuple[Closed, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketText:
    """An open answer, for the coordination. pk: of the answer; never with a name."""

    pk: int
    label: str
    text: str
    shown: bool


def _given(gathering: Gathering) -> tuple[Collection, int] | None:
    """The newest form that was given there, and how many answered. One query."""
    came = Count("collection__responses", filter=Q(collection__responses__state__in=Response.COUNTED))
    rows = FormGiven.objects.filter(gathering=gathering).annotate(came=came)
    given = rows.select_related("collection__version__instrument").order_by(F("pk").desc()).first()
    return (given.collection, given.came) if given else None


def ticket_of(gathering: Gathering) -> Ticket | None:
    """What stands on the wall; None where no ticket was given. Five queries at most.

    Fewer than five answers: only how many. Choices of fewer than five are not shown (as forms have it), nor their mean.
    """
    given = _given(gathering)
    if given is None:
        return None
    collection, came = given
    if came < SMALLEST_CELL:
        return Ticket(collection, came, hidden=came > 0)
    asked = questions_of(
        collection, definition_of(collection.version), language_for(collection.version.spoken), suppress=True
    )
    questions = []
    for one in asked:
        if one.kind != "choice" or not one.n:
            continue
        bars = [
            Bar(cell.label, cell.count, round(100 * cell.count / one.n))
            for cell in one.cells
            if cell.count is not None
        ]
        ends = [int(cell.value) for cell in one.cells if cell.value.isdecimal()]
        questions.append(Closed(one.label, one.n, tuple(bars), one.mean, max(ends, default=0)))
    shown = ShownAnswer.objects.filter(answer__response__in=counted(collection)).order_by(
        "answer__response_id"
    )
    texts = tuple(shown.values_list("answer__text", flat=True)[:MOST_TEXTS])
    return Ticket(collection, came, questions=tuple(questions), texts=texts)


def ticket_texts(gathering: Gathering) -> list[TicketText]:
    """Every open answer of the exit ticket with whether it stands on the wall, for whoever may read them. Three queries."""
    given = _given(gathering)
    if given is None:
        return []
    collection, came = given
    if collection.anonymous and came < SMALLEST_CELL:
        return []
    form, language = definition_of(collection.version), language_for(collection.version.spoken)
    labels = {
        node.path: node.label.bare(language) or node.name
        for node in form.questions
        if node.type == "string" and not node.choices
    }
    rows = Answer.objects.filter(response__in=counted(collection), path__in=labels).exclude(text="")
    rows = rows.annotate(shown=Exists(ShownAnswer.objects.filter(answer=OuterRef("pk"))))
    return [
        TicketText(one.pk, labels[one.path], one.text, one.shown)
        for one in rows.order_by("path", "response_id", "repeat")
    ]
