"""Reliability and change as lines for pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from tejido.instruments.charts import said_of
from tejido.instruments.selectors import Changed, ScaleResult, reliability_with_interval
from tejido.web.estimates import decimal, estimate
from tejido_analytics import reasons
from tejido_forms.definition import FormDefinition

# Every caution of the library on a change; a test keeps the two alike.
CAUTIONS: Final[Mapping[str, Callable[[], str]]] = {
    reasons.FEW_GROUPS: lambda: _("Fewer than eight groups: take the interval as a hint, not as a test."),
    reasons.MANY_LEFT_OUT: lambda: _(
        "More than a fifth of the answers could not be used; who is missing may matter."
    ),
    reasons.GROUPS_NOT_KNOWN: lambda: _(
        "People of one school resemble each other. The school of some is not known, so the interval is narrower than it should be."
    ),
}


def reliability_lines(
    scales: Sequence[ScaleResult], form: FormDefinition, language: str
) -> list[dict[str, Any]]:
    """One block for each dimension: {"name", "said": [words], "questions": [{"label", "reverse", "rest", "without"}]}."""
    found = []
    for one in scales:
        known = reliability_with_interval(one)
        items = [
            {
                "label": form.by_path[item.path].label.bare(language) or form.by_path[item.path].name,
                "reverse": item.reverse,
                "rest": "–" if rest.value is None else decimal(rest.value),
                "without": "–" if dropped is None else decimal(dropped),
            }
            for item, rest, dropped in zip(one.keyed, known.item_rest, known.if_dropped, strict=True)
        ]
        found.append({"name": one.name, "said": said_of(known), "questions": items})
    return found


def change_lines(changed: Sequence[Changed]) -> list[dict[str, Any]]:
    """One line for each measure: {"label", "before", "after", "n_before", "n_after", "linked", "said": [words], "cautions"}."""
    return [
        {
            "label": one.label,
            "before": _mean(one.change.before.mean),
            "after": _mean(one.change.after.mean),
            "n_before": one.change.before.n,
            "n_after": one.change.after.n,
            "linked": one.change.linked_by == "people",
            "said": _said(one),
            "cautions": [CAUTIONS[code]() for code in one.change.cautions],
        }
        for one in changed
    ]


def _mean(value: float | None) -> str:
    return "–" if value is None else decimal(value)


def _said(one: Changed) -> list[str]:
    difference = estimate(_("Difference"), one.change.difference)
    return (
        [difference] if one.change.g.value is None else [difference, estimate(_("Hedges' g"), one.change.g)]
    )
