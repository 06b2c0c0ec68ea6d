"""Lists of gatherings: which are here already, bringing those that are not, taking them back."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import formats
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.foundation.bulk import update_many
from tejido.foundation.tables.plain import plain
from tejido.gatherings.models import Gathering
from tejido.gatherings.services import GatheringFields, plan_gatherings
from tejido.imports.gatherings import day_of, gathering_print, gathering_said
from tejido.imports.models import ImportRun, StagedRow
from tejido.imports.rows import Said, Values
from tejido.imports.services.knowing import communities_by_name
from tejido.imports.services.matching import COLUMNS, Judged, columns_in_use
from tejido.imports.services.particulars import Change
from tejido.imports.services.settling import finish
from tejido.imports.services.working import batch, progress

BATCH = 2_000
Finding, Decision = StagedRow.Finding, StagedRow.Decision


def numbers_of_lists(community: Community) -> dict[str, int]:
    """Fingerprint of a row -> the gathering that an earlier list of the community brought or knew by it. One query."""
    rows = StagedRow.objects.filter(
        run__kind=ImportRun.Kind.GATHERINGS, run__community=community, run__state=ImportRun.State.APPLIED
    )
    known = rows.annotate(gathering=Coalesce(F("written_id"), F("target_id"))).exclude(gathering=None)
    return dict(known.order_by("pk").values_list("fingerprint", "gathering"))


class _Book:
    """The gatherings of the community and below it, and what the list has said so far."""

    def __init__(self, run: ImportRun) -> None:
        assert run.community is not None
        self.communities = communities_by_name(run.community)
        self.remembered = numbers_of_lists(run.community)
        self.ids: set[int] = set()
        self.by_day: dict[date, list[tuple[int, str]]] = defaultdict(list)
        self.first: dict[str, int] = {}
        held = Gathering.objects.filter(community_id__in=below(run.community))
        for pk, day, title in held.values_list("pk", "day", "title"):
            self.ids.add(pk)
            self.by_day[day].append((pk, plain(title)))

    def judge(self, number: int, said: Said) -> Judged:
        row, values = Judged(said), said.values
        asked = values.get("community")
        if asked and plain(asked) not in self.communities:
            said.note("unknown_community", text=asked)
        day = day_of(values)
        if day is None:
            said.note("no_day")
            row.finding, row.decision = Finding.UNUSABLE, Decision.SKIP
            return row
        row.fingerprint = gathering_print(values)
        first = self.first.setdefault(row.fingerprint, number)
        if first != number:
            said.note("repeated_gathering", row=first)
            row.finding, row.decision = Finding.REPEATED, Decision.SKIP
            return row
        self._find(row, day, plain(values.get("name", "")))
        values.setdefault(
            "name", _("Gathering of %(day)s") % {"day": formats.date_format(day, "DATE_FORMAT")}
        )
        return row

    def _find(self, row: Judged, day: date, title: str) -> None:
        known = self.remembered.get(row.fingerprint)
        number = row.said.values.get("gathering_id", "")
        if known is None and number.isdigit() and int(number) in self.ids:
            known = int(number)
        if known is not None and known in self.ids:
            self._same(row, known, "remembered")
            return
        here = [pk for pk, name in self.by_day.get(day, []) if not title or name == title]
        if len(here) == 1 and title:
            self._same(row, here[0], "same_day")
        elif here:
            row.finding, row.decision = Finding.LIKELY, Decision.UNDECIDED
            row.candidates = [{"id": pk, "score": 80.0, "reasons": ["same_day"]} for pk in here[:5]]

    def _same(self, row: Judged, pk: int, reason: str) -> None:
        row.target, row.decision, row.finding = pk, Decision.SAME, Finding.KNOWN
        row.candidates = [{"id": pk, "score": 100.0, "reasons": [reason]}]


def match_gatherings(run: ImportRun) -> None:
    """Judge every staged row, in short transactions."""
    columns, book = columns_in_use(run), _Book(run)
    done, last = 0, -1
    while True:
        rows = (
            run.rows.filter(number__gt=last).order_by("number").values_list("pk", "number", "cells")[:BATCH]
        )
        some = list(rows)
        if not some:
            return
        last = some[-1][1]
        judged = [
            book.judge(number, gathering_said(cells, columns)).columns(pk) for pk, number, cells in some
        ]
        with batch():
            update_many(StagedRow, COLUMNS, judged)
            done += len(some)
            progress(run, done, run.row_count)


def settle_gatherings(run: ImportRun, *, actor: User) -> None:
    """The one transaction of a list of gatherings: all that are new are planned at once."""
    assert run.community is not None
    rows = list(run.rows.filter(decision=Decision.NEW).order_by("number").values_list("pk", "values"))
    names = communities_by_name(run.community)
    inside = Community.objects.in_bulk({*names.values(), run.community.pk})
    plans = []
    for _pk, values in rows:
        where = inside[names.get(plain(values.get("community", "")), run.community.pk)]
        plans.append((where, _fields(values, ZoneInfo(where.time_zone))))
    with transaction.atomic():
        made = plan_gatherings(plans, actor=actor)
        update_many(
            StagedRow, ["written_id"], ((one.pk, row[0]) for one, row in zip(made, rows, strict=True))
        )
        changes: list[Change] = [("gatherings.gathering", one.pk, None, {}) for one in made]
        finish(run, changes, new=len(made), changed=0, actor=actor)


def _fields(values: Values, zone: ZoneInfo) -> GatheringFields:
    fields: GatheringFields = {
        "title": values["name"],
        "starts_at": datetime.fromisoformat(values["starts"]).replace(tzinfo=zone),
        "ends_at": datetime.fromisoformat(values["ends"]).replace(tzinfo=zone),
        "kind": values.get("gathering_kind") or Gathering.Kind.WORKSHOP,
        "modality": values.get("modality") or Gathering.Modality.ON_SITE,
        "address": values.get("address", ""),
    }
    if values.get("latitude"):
        fields["latitude"], fields["longitude"] = float(values["latitude"]), float(values["longitude"])
    return fields


def gatherings_were_touched(run: ImportRun) -> list[str]:
    """Titles of gatherings that the list brought and with which somebody has worked since. For refusing."""
    if run.kind != ImportRun.Kind.GATHERINGS:
        return []
    made = run.changes.filter(model="gatherings.gathering").values("row_id")
    used = ~Q(attendances=None) | ~Q(invitations=None) | ~Q(rounds=None) | ~Q(closed_at=None)
    if run.applied_at is not None:
        used |= Q(changed_at__gt=run.applied_at)
    return list(Gathering.objects.filter(used, pk__in=made).distinct().values_list("title", flat=True))
