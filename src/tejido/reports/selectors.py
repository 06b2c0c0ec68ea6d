"""Questions about reports, and what a community's report may say. Read only."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.directory.models import Person, Purpose, School, Territory
from tejido.directory.selectors import who_consented
from tejido.gatherings.models import Attendance, Gathering
from tejido.reports.building import Met, Subject
from tejido.reports.models import Report
from tejido.reports.policies import visible_to
from tejido_analytics.tables import Period, Tables


def reports_of(community: Community, actor: User) -> QuerySet[Report]:
    """Reports of the community that the actor may read, the newest first, without their content. One query."""
    return (
        Report.objects.filter(visible_to(actor), community=community)
        .select_related("made_by__person")
        .defer("document", "data")
        .order_by("-made_at")
    )


def subject_of(community: Community, period: Period, tables: Tables, *, team: bool) -> Subject:
    """What the report of a community says besides its numbers, in the active language. Five queries.

    Names are those of people whose consent to publication stands; everybody else has none. team: whether only
    the coordination reads it; others are not told who drifts away or which school hangs on one person.
    """
    ids = {int(person.id) for person in tables.people}
    named = who_consented(Purpose.PUBLICATION, ids)
    names = {str(p.pk): p.name for p in Person.objects.filter(pk__in=named)}
    schools = {str(s.pk): s.name for s in School.objects.filter(pk__in={int(x.id) for x in tables.schools})}
    districts = _districts(tables)
    invented = Person.objects.filter(pk__in=list(ids)[:1], is_invented=True).exists()
    return Subject(
        title=community.name,
        subtitle=_("Report of the community"),
        gatherings=_gatherings(community, period),
        names=names,
        groups={p.id: districts[p.district] for p in tables.people if p.district in districts},
        districts=districts,
        grouped_by=_("district"),
        schools=schools,
        note=_("Demonstration: the people and schools in this report are invented.") if invented else "",
        watched_by_name=team,
    )


def _districts(tables: Tables) -> Mapping[str, str]:
    """The names of the people's districts by id, as the tables have them. One query."""
    ids = {int(person.district) for person in tables.people if person.district}
    return {str(pk): name for pk, name in Territory.objects.filter(pk__in=ids).values_list("pk", "name")}


def _gatherings(community: Community, period: Period) -> list[Met]:
    """Gatherings of the community and below that were not cancelled, by day in the community's own time zone."""
    zone = zoneinfo.ZoneInfo(community.time_zone)
    present = Q(attendances__status__in=Attendance.ATTENDED)
    rows = (
        Gathering.objects.filter(community_id__in=below(community))
        .exclude(state=Gathering.State.CANCELLED)
        .annotate(attended=Count("attendances", filter=present), recorded=Count("attendances"))
        .order_by("starts_at", "pk")
    )
    met = []
    for row in rows:
        day = row.starts_at.astimezone(zone).date()
        if day in period:
            attended = row.attended if row.recorded else None
            met.append(Met(day, row.title, row.get_kind_display(), row.get_modality_display(), attended))
    return met
