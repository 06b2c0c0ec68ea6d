"""Indicators and ties as tables to take away: what the same reader sees on the page, no more."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.foundation.policies import require
from tejido.insights import selectors, services
from tejido.insights.forms import ViewForm
from tejido.insights.models import IndicatorValue, Insight
from tejido.insights.page import Page
from tejido.insights.policies import Eyes
from tejido.insights.words import because, left_out
from tejido.web.tables.files import as_csv


def indicators(shown: Page) -> HttpResponseBase:
    """One row for each indicator that was computed. Raises Http404 while nothing was."""
    if shown.insight is None:
        raise Http404
    headers = [
        _("Indicator"),
        _("Name"),
        pgettext("first day", "From"),
        pgettext("last day", "To"),
        _("Value"),
        _("Unit"),
        _("Numerator"),
    ]
    headers += [_("Denominator"), _("Rests on"), _("Period before"), _("Why there is no value")]
    headers += [_("Not taken into account")]
    values = selectors.values_of(shown.insight, shown.eyes)
    rows = [_row(shown.insight, values[name]) for name in selectors.DEFINITIONS if name in values]
    return as_csv(f"indicators-{shown.community.pk}", headers, rows)


def _row(insight: Insight, value: IndicatorValue) -> list[Any]:
    return [
        value.indicator,
        selectors.DEFINITIONS[value.indicator].title,
        insight.starts_on,
        insight.ends_on,
        value.value,
        value.unit,
        value.numerator,
        value.denominator,
        value.n,
        value.previous,
        because(value.because) if value.because else "",
        "; ".join(left_out(value.missing)),
    ]


def ties(actor: User, community: Community, eyes: Eyes, asked: QueryDict) -> HttpResponseBase:
    """One row for each standing tie. Raises NotAllowed; Http404 while nothing was computed."""
    require(actor, "insights.see_ties", community)
    form = ViewForm(asked, selectors.choices(community))
    insight, _current = services.ready_insight(community, form.choice, actor=actor)
    if insight is None:
        raise Http404
    woven = selectors.told_weave_of if form.told else selectors.weave_of
    weave = woven(insight, actor, eyes).met_at_least(form.least)
    headers = [_("Person"), _("Person"), _("Strength"), _("Times met"), _("Last time")]
    knots = weave.knots
    rows = [[knots[tie.a].name, knots[tie.b].name, tie.weight, tie.times, tie.last] for tie in weave.threads]
    return as_csv(f"ties-{community.pk}", headers, rows)
