"""What the page of two periods shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.insights import periods, selectors, services
from tejido.insights.forms import CompareForm, period_name
from tejido.insights.policies import Eyes
from tejido.insights.selectors.compare import Change, Row


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that insights/compare.html reads. `ready`: both were computed."""

    form: CompareForm
    eyes: Eyes
    earlier: str
    later: str
    ready: bool
    rows: list[Row]
    change: Change | None


def known_periods(community: Community) -> list[periods.Choice]:
    """The periods to choose from, the twelve months before the last ones second. One query."""
    first, *own = selectors.choices(community)
    before = first.period.previous()
    return [first, periods.Choice(periods.key_of(before), _("The 12 months before"), before), *own]


def comparison_for(actor: User, community: Community, eyes: Eyes, asked: QueryDict) -> Comparison:
    """Two insights side by side. Nine queries for any size, where both are computed."""
    form = CompareForm(asked, known_periods(community))
    earlier, _known = services.ready_insight(community, form.earlier, actor=actor)
    later, _known = services.ready_insight(community, form.later, actor=actor)
    words = (period_name(form.earlier), period_name(form.later))
    if earlier is None or later is None:
        return Comparison(form, eyes, *words, ready=False, rows=[], change=None)
    rows = selectors.rows(selectors.values_of(earlier, eyes), selectors.values_of(later, eyes))
    before, now = selectors.weaves_of([earlier, later], actor, eyes)
    change = selectors.change(before, now, named=eyes.ties)
    return Comparison(form, eyes, *words, ready=True, rows=rows, change=change)
