"""The table of a community's gatherings: its columns, its filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import visible_to as communities_seen_by
from tejido.communities.selectors import below
from tejido.gatherings import wording
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import years_of
from tejido.web.tables import Column, Filter, TableSpec
from tejido.web.templatetags.parts import chip

PER_PAGE = 200
Rows = QuerySet[Gathering]


def _title(gathering: Gathering) -> SafeString:
    words, tone = wording.state_words(gathering, timezone.now())
    return format_html(
        '<a href="{}">{}</a> {}<br><small class="muted">{}</small>',
        reverse("gatherings:gathering", args=[gathering.pk]),
        gathering.title,
        "" if gathering.state == Gathering.State.HELD else chip(words, tone),
        wording.kind_words(gathering),
    )


def _when(gathering: Gathering) -> SafeString:
    return wording.time_tag(gathering, wording.short_words(gathering))


def _turnout(gathering: Any) -> str:
    if gathering.state == Gathering.State.HELD:
        return wording.turnout_words(gathering.attended, gathering.invited)
    if gathering.state == Gathering.State.CANCELLED:
        return ""
    return ngettext("%(count)d invited", "%(count)d invited", gathering.invited) % {
        "count": gathering.invited
    }


def _modality(gathering: Gathering) -> str:
    return str(gathering.get_modality_display())


def _place(gathering: Gathering) -> str:
    words = wording.place_words(gathering)
    hybrid = gathering.modality == Gathering.Modality.HYBRID
    return _("%(place)s and online") % {"place": words} if hybrid and words else words


COLUMNS: list[Column] = [
    Column("title", gettext_lazy("Gathering"), _title, order=("title",), only="page"),
    Column("when", gettext_lazy("When"), _when, order=("starts_at",), only="page"),
    Column("node", gettext_lazy("Community"), lambda g: g.community.name, order=("community__name",)),
    Column("place", gettext_lazy("Where"), _place, only="page"),
    Column("turnout", gettext_lazy("Came"), _turnout, numeric=True, only="page"),
    Column("name", gettext_lazy("Gathering"), lambda g: g.title, only="files"),
    Column("kind", gettext_lazy("Kind"), lambda g: str(g.get_kind_display()), only="files"),
    Column("modality", gettext_lazy("How people meet"), _modality, only="files"),
    Column("state", gettext_lazy("State"), lambda g: wording.state_words(g, timezone.now())[0], only="files"),
    Column("day", gettext_lazy("Day"), lambda g: g.day, only="files"),
    Column("from", gettext_lazy("From"), lambda g: wording.local(g, g.starts_at).time(), only="files"),
    Column("until", gettext_lazy("Until"), lambda g: wording.local(g, g.ends_at).time(), only="files"),
    Column("zone", gettext_lazy("Time zone"), lambda g: g.community.time_zone, only="files"),
    Column("host", gettext_lazy("Place"), lambda g: str(g.school or g.organisation or ""), only="files"),
    Column("address", gettext_lazy("Address"), lambda g: wording.where(g).address, only="files"),
    Column("latitude", gettext_lazy("Latitude"), lambda g: wording.where(g).latitude, only="files"),
    Column("longitude", gettext_lazy("Longitude"), lambda g: wording.where(g).longitude, only="files"),
    Column("attended", gettext_lazy("Came"), lambda g: g.attended, only="files"),
    Column("invited", pgettext_lazy("people", "Invited"), lambda g: g.invited, only="files"),
]
STATES = [
    ("coming", pgettext_lazy("gatherings", "Coming")),
    ("held", pgettext_lazy("gatherings", "Held")),
    ("unnoted", gettext_lazy("Attendance not noted")),
    ("cancelled", pgettext_lazy("gatherings", "Cancelled")),
]


def _by_words(rows: Rows, words: str) -> Rows:
    for word in words.split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(address__icontains=word)
            | Q(school__name__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    return rows


def _by_state(rows: Rows, state: str) -> Rows:
    now = timezone.now()
    if state == "coming":
        return rows.filter(ends_at__gte=now).exclude(state=Gathering.State.CANCELLED)
    if state == "unnoted":
        return rows.filter(state=Gathering.State.PLANNED, ends_at__lt=now)
    return rows.filter(state=state)


def _filters(community: Community, actor: User) -> list[Filter]:
    """What the list is filtered by. Choices cost one question each: years, communities, periods."""
    periods = {str(period.pk): period for period in community.periods.all()}

    def by_period(rows: Rows, key: str) -> Rows:
        if period := periods.get(key.removeprefix("p")):
            return rows.filter(day__range=(period.starts_on, period.ends_on))
        return rows.filter(day__year=int(key))

    def period_choices() -> Iterable[tuple[str, str]]:
        named = [(f"p{pk}", period.name) for pk, period in reversed(periods.items())]
        return [*named, *((str(year), str(year)) for year in years_of(actor, community))]

    def nodes() -> Iterable[tuple[int, str]]:
        seen = Community.objects.filter(communities_seen_by(actor), pk__in=below(community))
        return seen.order_by("name").values_list("pk", "name")

    how = gettext_lazy("How people meet")
    return [
        Filter("q", gettext_lazy("Name or place"), _by_words),
        Filter("period", gettext_lazy("Period"), by_period, choices=period_choices),
        Filter("state", gettext_lazy("State"), _by_state, choices=STATES),
        Filter("kind", gettext_lazy("Kind"), _by("kind"), choices=Gathering.Kind.choices),
        Filter("modality", how, _by("modality"), choices=Gathering.Modality.choices),
        Filter("node", gettext_lazy("Community"), _by("community_id"), choices=nodes),
    ]


def _by(field: str) -> Callable[[Rows, str], Rows]:
    return lambda rows, value: rows.filter(**{field: value})


def gatherings_table(community: Community, actor: User) -> TableSpec:
    """The table of `community` and below for `actor`."""
    return TableSpec(
        key="gatherings",
        caption=_("Gatherings of %(community)s and of the communities inside it") % {"community": community},
        columns=COLUMNS,
        filters=_filters(community, actor),
        per_page=PER_PAGE,
    )
