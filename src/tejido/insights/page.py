"""What the insight page shows, put together from the selectors. At most eleven queries, whatever the size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.gatherings.models import Gathering
from tejido.insights import figures, periods, selectors, services, trends
from tejido.insights.definitions import DEFINITIONS
from tejido.insights.forms import ViewForm, in_days
from tejido.insights.models import IndicatorValue, Insight
from tejido.insights.policies import Eyes
from tejido.insights.selectors import Called, Card, Details, Thread, Weave
from tejido.web.charts import Chart
from tejido_analytics.tables import Period

TITLES = 3  # gatherings named beside a tie
PULSE = ("active_members", "retention", "isolates_share", "attendance_rate")


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator on the page: its card, what stands behind it."""

    card: Card
    details: Details
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class ShownFamily:
    family: Any
    indicators: list[Shown]


@dataclass(frozen=True, slots=True)
class TieInWords:
    """One tie of the person picked."""

    name: str
    link: str
    thread: Thread
    gatherings: list[str]


@dataclass(slots=True)
class Page:
    """Everything that insights/insight.html reads."""

    community: Community
    eyes: Eyes
    form: ViewForm
    insight: Insight | None
    is_current: bool
    families: list[ShownFamily] = field(default_factory=list)
    pulse: list[Card] = field(default_factory=list)
    drawing: Any = None
    cohorts: Chart | None = None
    picked: str = ""
    ties: list[TieInWords] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing was ever held and no tie written down: a page that guides, not one full of dashes."""
        return self.insight is not None and self.insight.gatherings == self.insight.ties == 0

    @property
    def days(self) -> str:
        insight = self.insight
        return in_days(Period(insight.starts_on, insight.ends_on)) if insight else ""

    @property
    def earlier_days(self) -> str:
        insight = self.insight
        return in_days(Period(insight.previous_starts_on, insight.previous_ends_on)) if insight else ""

    @property
    def compare(self) -> str:
        """Where this period and the one before are laid side by side."""
        if self.insight is None:
            return ""
        before = Period(self.insight.previous_starts_on, self.insight.previous_ends_on)
        asked = urlencode({"a": periods.key_of(before), "b": self.form.choice.key})
        return f"{reverse('insights:compare', args=[self.community.pk])}?{asked}"

    @property
    def address(self) -> str:
        """The period in an address, for the files."""
        return urlencode({"period": self.form.choice.key})


def seen(actor: User, pk: int) -> tuple[Community, Eyes]:
    """The community and how much of it `actor` sees. Raises Http404: missing and forbidden look alike."""
    found = selectors.seen_by(actor, pk)
    if found is None:
        raise Http404
    return found


def page_for(actor: User, pk: int, asked: QueryDict) -> Page:
    """The page as `actor` sees it."""
    community, eyes = seen(actor, pk)
    form = ViewForm(asked, selectors.choices(community))
    insight, current = services.ready_insight(community, form.choice, actor=actor)
    page = Page(community, eyes, form, insight, current)
    if insight is None or page.is_empty:
        return page
    values = selectors.values_of(insight, eyes)
    weave = selectors.weave_of(insight, actor, eyes)
    drawn = weave
    if form.offer_ties(bool(insight.network.told_ties)):
        drawn = selectors.told_weave_of(insight, actor, eyes)
    called = selectors.called_in(values, weave, actor)
    page.families = _families(values, called, eyes)
    page.pulse = [selectors.card(DEFINITIONS[name], values.get(name)) for name in PULSE]
    page.cohorts = figures.cohorts(values["cohort_retention"].detail)
    _draw(page, drawn, called)
    return page


def _families(values: Mapping[str, IndicatorValue], called: Called, eyes: Eyes) -> list[ShownFamily]:
    def shown(card: Card) -> Shown:
        value = card.source
        if value is None:
            return Shown(card, Details())
        return Shown(card, selectors.details_of(value, called, eyes), trends.chart_of(value))

    return [
        ShownFamily(family.family, [shown(card) for card in family.cards])
        for family in selectors.families(values)
    ]


def _draw(page: Page, weave: Weave, called: Called) -> None:
    """The drawing, and the ties of the person picked in words. At most one query."""
    picked = page.form.offer_people(weave.knots.values() if page.eyes.ties else ())
    if not weave.knots:
        return
    form = page.form
    names = called.territories if form.by == "district" else called.schools
    groups = selectors.grouped(weave, form.by, names, small_groups=page.eyes.team)
    strong = weave.met_at_least(form.least)
    link = f"?{urlencode(form.address())}&person=" if page.eyes.ties else ""
    caption = _("Who names whom") if form.told else ""
    page.drawing = figures.drawing(strong, groups, picked=picked, link=link, caption=caption)
    if picked is not None:
        page.picked = weave.knots[picked].name
        page.ties = _in_words(strong, picked, link)


def _in_words(weave: Weave, picked: int, link: str) -> list[TieInWords]:
    threads = weave.of(picked)
    wanted = {pk for thread in threads for pk in thread.gatherings}
    titles = dict(Gathering.objects.filter(pk__in=wanted).order_by("starts_at").values_list("pk", "title"))
    return [
        TieInWords(
            knot.name,
            f"{link}{knot.id}#picked" if knot.named else "",
            thread,
            _latest([titles[pk] for pk in thread.gatherings if pk in titles]),
        )
        for thread in threads
        for knot in [weave.knots[thread.other(picked)]]
    ]


def _latest(titles: list[str]) -> list[str]:
    """The last few, the latest first, and how many came before them."""
    shown, rest = titles[-TITLES:][::-1], len(titles) - TITLES
    return [*shown, f"+{rest}"] if rest > 0 else shown
