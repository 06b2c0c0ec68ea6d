"""The drawings of the insight page: the network, and who stays over the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tejido.insights.selectors import Grouping, Knot, Thread, Weave, say
from tejido.insights.words import Count
from tejido.web.charts import Chart, Node, Tie, heat, network
from tejido.web.charts.network import NetworkDrawing

DRAWN = 1500  # ties: more make a ball of wool and a heavy page; these and everybody's strongest are drawn
ALL_DRAWN = 200  # beyond so many people, those without ties are counted but not drawn
NAMED_BELOW = 12  # with no more people than that everybody's name is written beside them


def drawing(
    weave: Weave, groups: Grouping, *, picked: int | None, link: str, caption: str = ""
) -> NetworkDrawing:
    """The network: colour and shape by group, size by strength, width of ties by times met.

    link: an address that ends where the id of a person follows, for those who have a name; "" for no links.
    picked: only this person's ties, and those they are tied to by name. O(people + ties).
    """
    threads = weave.of(picked) if picked is not None else _strongest(weave)
    near = {picked, *(thread.other(picked) for thread in threads)} if picked is not None else set()
    drawn = _drawn(weave)
    strongest = max((knot.strength for knot in drawn), default=0) or 1
    few = len(drawn) <= NAMED_BELOW
    met = all(thread.is_met for thread in threads)
    nodes = [
        Node(
            knot.shown_as,
            pgettext("whose mark it is in the drawing", "you") if knot.is_reader else knot.name,
            *place,
            groups.place[knot.id],
            knot.strength / strongest,
            named=knot.is_reader or (knot.named and (few or knot.id in near)),
            url=f"{link}{knot.id}#picked" if link and knot.named else "",
        )
        for knot, place in zip(drawn, _places(drawn), strict=True)
    ]
    shown = {knot.id: knot.shown_as for knot in weave.knots.values()}
    ties = [Tie(shown[thread.a], shown[thread.b], float(thread.times)) for thread in threads]
    return network(
        nodes,
        ties,
        groups.names,
        caption=caption or (_("Who has met whom") if met else _("Who is tied to whom")),
        says=in_words(
            weave,
            drawn=len(threads) if picked is None else len(weave.threads),
            left_out=len(weave.knots) - len(drawn),
            groups=groups,
        ),
        unit=_("times met") if met else _("times written down"),
    )


def _strongest(weave: Weave) -> list[Thread]:
    """The strongest ties, and of everybody who would be without one the strongest of theirs. O(ties)."""
    kept: list[Thread] = []
    seen: set[int] = set()
    for number, thread in enumerate(weave.threads):
        if number < DRAWN or not {thread.a, thread.b} <= seen:
            kept.append(thread)
            seen |= {thread.a, thread.b}
    return kept


def _drawn(weave: Weave) -> list[Knot]:
    """The people to draw: all of them, in a large network those who have ties."""
    if len(weave.knots) <= ALL_DRAWN:
        return list(weave.knots.values())
    tied = {person for thread in weave.threads for person in (thread.a, thread.b)}
    return [knot for knot in weave.knots.values() if knot.id in tied or knot.is_reader]


def _places(drawn: Sequence[Knot]) -> list[tuple[float, float]]:
    """Where they stand, spread over the whole drawing where others were left out; proportions are kept."""
    if len(drawn) <= 1:
        return [(0.5, 0.5) for _knot in drawn]
    left, top = min(knot.x for knot in drawn), min(knot.y for knot in drawn)
    wide, high = max(knot.x for knot in drawn) - left, max(knot.y for knot in drawn) - top
    side = max(wide, high) or 1.0
    return [
        ((knot.x - left - wide / 2) / side + 0.5, (knot.y - top - high / 2) / side + 0.5) for knot in drawn
    ]


def in_words(weave: Weave, *, drawn: int, left_out: int, groups: Grouping) -> str:
    """What the drawing shows, as sentences."""
    people, ties = len(weave.knots), len(weave.threads)
    said = [
        ngettext("%(people)s person,", "%(people)s people,", people) % {"people": Count(people)}
        + " "
        + ngettext("%(ties)s tie between them.", "%(ties)s ties between them.", ties) % {"ties": Count(ties)}
    ]
    if drawn < ties:
        said.append(
            ngettext(
                "%(drawn)s tie, the strongest, is drawn.", "%(drawn)s ties, the strongest, are drawn.", drawn
            )
            % {"drawn": Count(drawn)}
        )
    if left_out:
        said.append(
            ngettext(
                "%(n)s person without ties is not drawn.",
                "%(n)s people without ties are not drawn.",
                left_out,
            )
            % {"n": Count(left_out)}
        )
    if groups.has_rest:
        said.append(_("Grey: smaller groups, or not known."))
    if weave.hidden:
        said.append(
            ngettext(
                "%(n)d person has left the drawing since, at their own wish.",
                "%(n)d people have left the drawing since, at their own wish.",
                weave.hidden,
            )
            % {"n": weave.hidden}
        )
    return " ".join(said)


def cohorts(detail: Mapping[str, Any]) -> Chart | None:
    """The heat map of first attendance: rows by period of the first time, columns by periods since.

    None where there are fewer than two periods. Hidden cohorts (too few people) are empty cells.
    """
    rows: Sequence[Mapping[str, Any]] = [row for row in detail.get("rows", []) if row["size"] != 0]
    if len(rows) < 2:
        return None
    columns = max(len(row["cells"]) for row in rows)
    return heat(
        [(_cohort(row), [cell["value"] for cell in row["cells"]]) for row in rows],
        [pgettext("first column of the cohorts", "start"), *(f"+{number}" for number in range(1, columns))],
        caption=_("Of those who came for the first time together: who came again later"),
        says=_(
            "Each row is a period in which people came for the first time; each column one period later. "
            "Rows of fewer than five people are left empty where small groups are not shown."
        ),
        say=lambda value: say("share", value),
    )


def _cohort(row: Mapping[str, Any]) -> str:
    start = date_format(date.fromisoformat(row["start"]), "YEAR_MONTH_FORMAT")
    return start if row["size"] is None else f"{start} ({row['size']})"
