"""The ties that the staged rows of a list come to, as the rows are decided now. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.utils.translation import ngettext

from tejido.communities.models import RecordedTie
from tejido.communities.services import TieLine
from tejido.imports.models import ImportRun, StagedRow
from tejido.imports.rows import Values
from tejido.imports.ties import NO_WEIGHT, SOURCE, TARGET, side_of, staged_number

BATCH = 2_000
Decision = StagedRow.Decision


class Left(Enum):
    """Why a line is no tie."""

    WITHOUT_END = "without_end"  # one of its two people is left out, or cannot be known
    WITH_ONESELF = "with_oneself"
    WITHOUT_WEIGHT = "without_weight"


@dataclass(frozen=True, slots=True)
class TiesShown:
    """What a list of ties comes to, in words. count: lines that count."""

    count: int
    kinds: list[str]
    left_out: list[str]


def whom_rows_mean(run: ImportRun) -> dict[int, int]:
    """Staged number -> a number that is the same for the same person, before anybody is written. One query."""
    columns = ("number", "joined_to", "target_id", "decision")
    found: dict[int, int] = {}
    for number, joined_to, target, decision in run.rows.order_by("number").values_list(*columns):
        if decision == Decision.JOINED and joined_to in found:
            found[number] = found[joined_to]
        elif decision == Decision.SAME and target:
            found[number] = -target  # somebody who is here: never the number of a row
        elif decision in {Decision.NEW, Decision.UNDECIDED}:
            found[number] = number
    return found


def judged_lines(
    run: ImportRun, people: Mapping[int, int]
) -> Iterator[tuple[int, TieLine | None, Left | None]]:
    """(staged number of the source, the tie or None, why there is none). people: by staged number. One query."""
    rows = run.rows.order_by("number").values_list("number", "values")
    for number, values in rows.iterator(chunk_size=BATCH):
        if side_of(number) != SOURCE:
            continue
        source, target = people.get(number), people.get(staged_number(number // 2, TARGET))
        if source is None or target is None:
            yield number, None, Left.WITHOUT_END
        elif source == target:
            yield number, None, Left.WITH_ONESELF
        elif values.get("weight") == NO_WEIGHT:
            yield number, None, Left.WITHOUT_WEIGHT
        else:
            yield number, _line(source, target, values, run), None


def tie_lines(run: ImportRun, people: Mapping[int, int]) -> list[TieLine]:
    """The ties of the list between the people that its rows became. One query."""
    return [line for _number, line, _left in judged_lines(run, people) if line is not None]


def _line(source: int, target: int, values: Values, run: ImportRun) -> TieLine:
    return TieLine(
        source,
        target,
        values.get("tie_kind") or run.tie_kind,
        float(values.get("weight") or 1),
        date.fromisoformat(values["date"]) if values.get("date") else None,
    )


def ties_of(run: ImportRun) -> TiesShown | None:
    """What a list of ties comes to; None for other lists. Two queries."""
    if run.kind != ImportRun.Kind.TIES:
        return None
    kinds: Counter[str] = Counter()
    left: Counter[Left] = Counter()
    for _number, line, why in judged_lines(run, whom_rows_mean(run)):
        if line is not None:
            kinds[line.kind] += 1
        elif why is not None:
            left[why] += 1
    labels = dict(RecordedTie.Kind.choices)
    return TiesShown(
        kinds.total(),
        [f"{labels[kind]}: {count}" for kind, count in kinds.most_common()],
        [_why(why, left[why]) for why in Left if left[why]],
    )


def _why(left: Left, count: int) -> str:
    words = {
        Left.WITHOUT_END: ngettext(
            "%(count)d with somebody who is left out", "%(count)d with somebody who is left out", count
        ),
        Left.WITH_ONESELF: ngettext("%(count)d with oneself", "%(count)d with oneself", count),
        Left.WITHOUT_WEIGHT: ngettext("%(count)d without weight", "%(count)d without weight", count),
    }
    return words[left] % {"count": count}
