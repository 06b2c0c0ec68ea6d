"""Lists and official registers of schools: what each row says, which school it is, and bringing it in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from tejido.accounts.models import User
from tejido.directory.models import School, SchoolProfile, Territory
from tejido.directory.services import add_territory
from tejido.directory.services.arrivals import (
    NUMBERS,
    ProfileLine,
    bring_schools,
    change_schools,
    record_profiles,
    settle_arrivals,
)
from tejido.directory.services.schools import SchoolFields
from tejido.foundation.bulk import update_many
from tejido.foundation.tables.values import code_key
from tejido.imports.models import ImportRun, StagedRow
from tejido.imports.profiles import PROFILES, Profile
from tejido.imports.rows import Said, Values, school_key
from tejido.imports.schools import school_said
from tejido.imports.services.matching import COLUMNS, Judged, columns_in_use
from tejido.imports.services.particulars import Change
from tejido.imports.services.settling import finish
from tejido.imports.services.working import batch, progress

BATCH = 2_000
Finding, Decision = StagedRow.Finding, StagedRow.Decision
KEPT = (
    "pk",
    "code",
    "register",
    "name",
    "address",
    "sector",
    "latitude",
    "longitude",
    "rural",
    "closed_on",
    "territory_id",
)


@dataclass(slots=True)
class _Known:
    """Schools that stand, by code and by name, and the days on which they have figures."""

    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    by_code: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    figures: set[tuple[int, str]] = field(default_factory=set)


def _known(register: str) -> _Known:
    known = _Known()
    for row in School.objects.values(*KEPT).iterator(chunk_size=BATCH):
        known.rows[row["pk"]] = row
        if row["code"] and row["register"] in {register, ""}:
            known.by_code[code_key(row["code"])].append(row["pk"])
        known.by_name[school_key(row["name"])].append(row["pk"])
    for school_id, on in SchoolProfile.objects.values_list("school_id", "on"):
        known.figures.add((school_id, on.isoformat()))
    return known


def match_schools(run: ImportRun) -> None:
    """Judge every staged row, in short transactions."""
    profile = PROFILES[run.profile or "generic"]
    columns, known = columns_in_use(run), _known(profile.register)
    seen: dict[str, int] = {}
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
            (pk, _judge(school_said(cells, columns, profile), number, known, seen, profile))
            for pk, number, cells in some
        ]
        with batch():
            update_many(StagedRow, COLUMNS, [one.columns(pk) for pk, one in judged])
            done += len(some)
            progress(run, done, run.row_count)


def _judge(said: Said, number: int, known: _Known, seen: dict[str, int], profile: Profile) -> Judged:
    row, values = Judged(said), said.values
    if not values.get("name"):
        said.note("no_school_name")
        row.finding, row.decision = Finding.UNUSABLE, Decision.SKIP
        return row
    code = code_key(values.get("code", ""))
    if not code:
        said.note("no_code")
    first = seen.setdefault(code, number) if code else number
    if first != number:
        said.note("repeated_school", code=values["code"], row=first)
        row.finding, row.decision = Finding.REPEATED, Decision.SKIP
        return row
    ids = known.by_code.get(code, []) if code else []
    if len(ids) == 1:
        _same(row, ids[0], known, profile)
        return row
    named = [
        pk
        for pk in known.by_name.get(school_key(values["name"]), [])
        if not (code and known.rows[pk]["code"])
    ]
    if named or ids:
        row.finding, row.decision = Finding.LIKELY, Decision.UNDECIDED
        row.candidates = [{"id": pk, "score": 90.0, "reasons": ["same_name"]} for pk in (ids or named)[:5]]
    return row


def _same(row: Judged, school_id: int, known: _Known, profile: Profile) -> None:
    row.target, row.decision = school_id, Decision.SAME
    row.candidates = [{"id": school_id, "score": 100.0, "reasons": ["code"]}]
    fields = differing(row.said.values, known.rows[school_id], profile)
    added = {"place" if name in {"latitude", "longitude"} else "other" for name in fields}
    if has_figures(row.said.values) and (school_id, row.said.values["profile_on"]) not in known.figures:
        added.add("profile")
    row.finding = Finding.UPDATE if added else Finding.KNOWN
    if added:
        row.said.note("adds", fields=sorted(added))


def has_figures(values: Mapping[str, str]) -> bool:
    return bool(values.get("profile_on")) and any(values.get(name) for name in NUMBERS)


def differing(values: Values, now: Mapping[str, Any], profile: Profile) -> dict[str, Any]:
    """What a row says otherwise than the school that is here: an official register overwrites, other lists fill gaps."""
    said = _fields(values, profile)
    official = bool(profile.register)
    return {
        name: value
        for name, value in said.items()
        if value not in ("", None) and now[name] != value and (official or now[name] in ("", None))
    }


def _fields(values: Values, profile: Profile) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": values["name"][:200],
        "code": values.get("code", "")[:20],
        "register": profile.register if values.get("code") else "",
        "address": values.get("address", "")[:300],
        "sector": values.get("sector", "")[:40],
        "latitude": float(values["latitude"]) if values.get("latitude") else None,
        "longitude": float(values["longitude"]) if values.get("longitude") else None,
        "rural": {"yes": True, "no": False}.get(values.get("rural", "")),
        "closed_on": date.fromisoformat(values["closed_on"]) if values.get("closed_on") else None,
    }
    return fields


def bring_register(run: ImportRun) -> None:
    """Write the schools that are new and not written yet, hidden, in short transactions."""
    profile = PROFILES[run.profile or "generic"]
    new = run.rows.filter(decision=Decision.NEW)
    total = new.count()
    done = new.exclude(written_id=None).count()
    while rows := list(new.filter(written_id=None).order_by("number").values_list("pk", "values")[:BATCH]):
        schools: list[SchoolFields] = [_fields(values, profile) for _pk, values in rows]  # type: ignore[misc]
        with batch():
            ids = bring_schools(schools, brought_by=run.pk, actor=run.actor)
            update_many(StagedRow, ["written_id"], ((pk, row[0]) for pk, row in zip(ids, rows, strict=True)))
            done += len(rows)
            progress(run, done, total)


def settle_schools(run: ImportRun, *, actor: User) -> None:
    """The last transaction of a list of schools: all of them seen, with territories and figures."""
    profile = PROFILES[run.profile or "generic"]
    known = _known(profile.register)
    rows = list(_settling(run))
    with transaction.atomic():
        settle_arrivals(run.pk, actor=actor)
        made: list[Change] = []
        territories = _Territories(profile.country, actor, made)
        changes: dict[int, dict[str, Any]] = {}
        placed: list[tuple[int, int]] = []
        lines: list[ProfileLine] = []
        for school_id, is_new, values in rows:
            place = territories.of(values)
            if is_new and place:
                placed.append((place.pk, school_id))
            elif not is_new and school_id in known.rows:
                found = differing(values, known.rows[school_id], profile)
                if place and known.rows[school_id]["territory_id"] is None:
                    found["territory"] = place
                if found:
                    changes[school_id] = found
            if has_figures(values) and (school_id, values["profile_on"]) not in known.figures:
                lines.append(_profile_line(school_id, values, run))
        update_many(School, ["territory"], placed)
        change_schools(changes, actor=actor)  # type: ignore[arg-type]
        made += [_school_change(pk, fields, known) for pk, fields in changes.items()]
        made += [("directory.schoolprofile", pk, None, {}) for pk in record_profiles(lines, actor=actor)]
        new = sum(is_new for _id, is_new, _values in rows)
        finish(run, made, new=new, changed=len(changes), actor=actor)


def _settling(run: ImportRun) -> Iterator[tuple[int, bool, Values]]:
    rows = run.rows.filter(decision__in=[Decision.NEW, Decision.SAME]).order_by("number")
    columns = ("decision", "written_id", "target_id", "values")
    for decision, written, target, values in rows.values_list(*columns).iterator(chunk_size=BATCH):
        yield (written, True, values) if decision == Decision.NEW else (target, False, values)


def _profile_line(school_id: int, values: Values, run: ImportRun) -> ProfileLine:
    numbers = tuple(int(values[name]) if values.get(name) else None for name in NUMBERS)
    return ProfileLine(school_id, date.fromisoformat(values["profile_on"]), numbers, run.file_name[:200])


def _school_change(pk: int, fields: dict[str, Any], known: _Known) -> Change:
    now = known.rows[pk]
    before = {name: _plain(now["territory_id" if name == "territory" else name]) for name in fields}
    return "directory.school", pk, before, {name: _plain(value) for name, value in fields.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else getattr(value, "pk", value)


class _Territories:
    """Region, municipality and district of each row, made where they are not there yet."""

    def __init__(self, country: str, actor: User, made: list[Change]) -> None:
        self.country, self.actor, self.made = country, actor, made
        self.found: dict[tuple[str, ...], Territory | None] = {}

    def of(self, values: Values) -> Territory | None:
        """The smallest one that the row names; None where the country is not known."""
        if not self.country:
            return None
        place: Territory | None = None
        for level in (Territory.Level.REGION, Territory.Level.MUNICIPALITY, Territory.Level.DISTRICT):
            name = values.get(level, "")
            if name:
                place = self._one(level, name, values.get(f"{level}_code", ""), place)
        return place

    def _one(self, level: str, name: str, code: str, parent: Territory | None) -> Territory | None:
        key = (level, code or name, str(parent.pk if parent else ""))
        if key not in self.found:
            last = Territory.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            place = add_territory(
                name[:200], level, self.country, actor=self.actor, parent=parent, code=code[:20]
            )
            self.found[key] = place
            if place.pk > last:
                self.made.append(("directory.territory", place.pk, None, {}))
        return self.found[key]
