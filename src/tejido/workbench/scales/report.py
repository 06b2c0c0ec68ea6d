"""What a scale says: reliability, items, groups, change; as sentences and as an object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.web.estimates import CAUTIONS, decimal, estimate
from tejido.workbench.scales import objects
from tejido.workbench.scales.answers import Answers, Scale
from tejido_analytics.effects import Change, change_of_groups, change_of_people
from tejido_analytics.estimate import Estimate
from tejido_analytics.scales import (
    Omega,
    OmegaOptions,
    cronbach,
    icc_of_groups,
    item_rest,
    omega,
    r_wg_j,
)


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """Everything that was worked out for one scale. groups, change: None where not asked for."""

    scale: Scale
    alpha: Estimate
    omega: Omega
    items: tuple[Estimate, ...]
    groups: tuple[Estimate, Estimate, Estimate] | None
    change: Change | None


def worked_out(at: int, answers: Answers, before: Answers | None, drawn: OmegaOptions) -> Report:
    """The report on scale number `at`; `before` holds the same scales of the earlier list."""
    scale = answers.scales[at]
    given = scale.scores.answers
    groups = None
    if answers.groups:
        one, two = icc_of_groups(scale.scores.values, answers.groups)
        alternatives = round(answers.high - answers.low) + 1
        within = r_wg_j(given, answers.groups, alternatives, seed=drawn.seed, resamples=drawn.resamples).mean
        groups = (one, two, within)
    change = None if before is None else changed(before, answers, at)
    return Report(scale, cronbach(given), omega(given, drawn), item_rest(given), groups, change)


def changed(before: Answers, after: Answers, at: int) -> Change:
    """By people where both lists name them, else by groups, else two separate samples."""
    first, second = before.scales[at].scores.values, after.scales[at].scores.values
    if not (before.persons and after.persons):
        return change_of_groups((first, before.groups or None), (second, after.groups or None))
    earlier = {
        person: (value, at)
        for at, (person, value) in enumerate(zip(before.persons, first.tolist(), strict=True))
        if person
    }
    later = {
        person: (value, at)
        for at, (person, value) in enumerate(zip(after.persons, second.tolist(), strict=True))
        if person
    }
    people = sorted(earlier.keys() | later.keys())
    nobody = (float("nan"), -1)
    x = np.array([earlier.get(person, nobody)[0] for person in people])
    y = np.array([later.get(person, nobody)[0] for person in people])
    if not after.groups and not before.groups:
        return change_of_people(x, y)
    label = []
    for person in people:
        here, there = later.get(person, nobody)[1], earlier.get(person, nobody)[1]
        label.append(
            after.groups[here]
            if after.groups and here >= 0
            else before.groups[there]
            if before.groups and there >= 0
            else ""
        )
    return change_of_people(x, y, label)


def lines(report: Report) -> list[str]:
    """The report in sentences."""
    scale, scores = report.scale, report.scale.scores
    said = [
        _("%(name)s: %(items)s")
        % {
            "name": scale.name,
            "items": ", ".join(("−" if item in scale.reverse else "") + item for item in scale.items),
        },
        ngettext(
            "%(n)d person answered every item, %(some)d have a score although answers are missing, %(none)d have too few answers.",
            "%(n)d people answered every item, %(some)d have a score although answers are missing, %(none)d have too few answers.",
            scores.complete,
        )
        % {"n": scores.complete, "some": scores.prorated, "none": scores.without},
        "  " + estimate(_("Cronbach's alpha"), report.alpha),
        "  " + estimate(_("McDonald's omega, total"), report.omega.total),
    ]
    if report.omega.factors > 1:
        said.append("  " + estimate(_("omega, hierarchical (one general factor)"), report.omega.hierarchical))
    said += [f"  {line}" for line in _item_lines(report)]
    if report.groups:
        names = (
            _("share of variance between groups, ICC(1)"),
            _("reliability of group means, ICC(2)"),
            _("agreement inside groups, r_wg(j)"),
        )
        said += ["  " + estimate(name, found) for name, found in zip(names, report.groups, strict=True)]
    return said + ([] if report.change is None else [f"  {line}" for line in change_lines(report.change)])


def _item_lines(report: Report) -> list[str]:
    answers, dropped = report.scale.scores.answers, report.alpha.detail.get("if_dropped", [])
    said = []
    for at, (item, found) in enumerate(zip(report.scale.items, report.items, strict=True)):
        known = answers[:, at][~np.isnan(answers[:, at])]
        mean = decimal(float(known.mean())) if len(known) else "–"
        line = _("%(item)s: mean %(mean)s, %(rest)s") % {
            "item": item,
            "mean": mean,
            "rest": estimate(_("with the others"), found),
        }
        if at < len(dropped) and dropped[at] is not None:
            line += _(", alpha without it %(value)s") % {"value": decimal(dropped[at])}
        said.append(line)
        if found.high is not None and found.high < 0:
            said.append(
                _(
                    "%(item)s runs against the others. Is it worded the other way? Then put a minus before it: -%(item)s"
                )
                % {"item": item}
            )
    return said


LINKED = {
    "people": lambda: _("People were linked one by one."),
    "groups": lambda: _("People could not be linked, their groups were."),
    "nothing": lambda: _("Nothing links the two lists: two separate samples."),
}


def change_lines(change: Change) -> list[str]:
    """Before and after in sentences, with every caution."""
    said = [LINKED[change.linked_by]()]
    if change.before.mean is not None and change.after.mean is not None:
        said.append(
            _(
                "Before %(before)s (n = %(n)d), after %(after)s (n = %(m)d), %(groups)d groups, %(left)d answers left out."
            )
            % {
                "before": decimal(change.before.mean),
                "n": change.before.n,
                "after": decimal(change.after.mean),
                "m": change.after.n,
                "groups": change.groups,
                "left": change.left_out,
            }
        )
    said.append(estimate(_("change, after minus before"), change.difference))
    if change.difference.value is not None:
        said.append(estimate(_("in standard deviations, Hedges' g"), change.g))
        if change.groups > 1:
            said.append(
                estimate(_("change by a mixed model with the group as random intercept"), change.mixed)
            )
    return said + [CAUTIONS[code]() for code in change.cautions]


def as_object(report: Report) -> dict[str, Any]:
    """name, items, reverse, alpha, omega_total, omega_hierarchical, item_rest; icc1, icc2, r_wg_j; change."""
    scale = report.scale
    found: dict[str, Any] = {
        "name": scale.name,
        "items": list(scale.items),
        "reverse": list(scale.reverse),
        "people": {
            "complete": scale.scores.complete,
            "prorated": scale.scores.prorated,
            "without_score": scale.scores.without,
        },
        "alpha": objects.of(report.alpha, detail=True),
        "omega_total": objects.of(report.omega.total),
        "omega_hierarchical": objects.of(report.omega.hierarchical),
        "factors": report.omega.factors,
        "item_rest": {item: objects.of(one) for item, one in zip(scale.items, report.items, strict=True)},
    }
    if report.groups:
        names = ("icc1", "icc2", "r_wg_j")
        found |= {name: objects.of(one, detail=True) for name, one in zip(names, report.groups, strict=True)}
    if report.change is not None:
        found["change"] = objects.of_change(report.change)
    return found
