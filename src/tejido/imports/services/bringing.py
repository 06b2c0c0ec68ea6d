"""Writing the new people and schools of a list, hidden, in short transactions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from tejido.directory.models import School, Territory
from tejido.directory.selectors import purposes_with_words
from tejido.directory.services.arrivals import ArrivingPerson, bring_people, bring_schools
from tejido.directory.services.people import PersonFields
from tejido.directory.services.schools import SchoolFields
from tejido.foundation.bulk import update_many
from tejido.imports.models import ImportRun, StagedRow
from tejido.imports.rows import Values
from tejido.imports.services.additions import contacts_in
from tejido.imports.services.knowing import school_book
from tejido.imports.services.particulars import write_arrivals
from tejido.imports.services.places import school_places
from tejido.imports.services.working import batch, progress

BATCH = 2_000
Decision = StagedRow.Decision


def bring_people_of(run: ImportRun) -> None:
    """Write everybody who is new and not written yet."""
    joined, purposes = joined_values(run), purposes_with_words()
    new = run.rows.filter(decision=Decision.NEW)
    total = new.count()
    done = new.exclude(written_id=None).count()
    while rows := list(
        new.filter(written_id=None).order_by("number").values_list("pk", "number", "values")[:BATCH]
    ):
        people = [_arriving(values, joined.get(number, [])) for _pk, number, values in rows]
        with batch():
            ids = bring_people(people, brought_by=run.pk, actor=run.actor)
            if run.kind != ImportRun.Kind.ATTENDANCE:
                said = (
                    (pk, (values, *joined.get(number, [])))
                    for pk, (_row, number, values) in zip(ids, rows, strict=True)
                )
                write_arrivals(said, purposes, actor=run.actor)
            update_many(StagedRow, ["written_id"], ((pk, row[0]) for pk, row in zip(ids, rows, strict=True)))
            done += len(rows)
            progress(run, done, total)


def joined_values(run: ImportRun) -> dict[int, list[Values]]:
    """What the rows say that were joined to an earlier one: number of that -> values."""
    joined: dict[int, list[Values]] = defaultdict(list)
    rows = run.rows.filter(decision=Decision.JOINED).exclude(joined_to=None)
    for number, values in rows.values_list("joined_to", "values").iterator(chunk_size=BATCH):
        joined[number or 0].append(values)
    return joined


def _arriving(values: Values, joined: list[Values]) -> ArrivingPerson:
    fields: PersonFields = {
        "given_names": values["given_names"],
        "family_names": values.get("family_names", ""),
    }
    for one in (values, *joined):
        if one.get("list_code"):
            fields.setdefault("list_code", one["list_code"])
        if one.get("teaching_since"):
            fields.setdefault("teaching_since", int(one["teaching_since"]))
    return ArrivingPerson(fields, [contact for one in (values, *joined) for contact in contacts_in(one)])


def bring_schools_of(run: ImportRun) -> None:
    """Write the schools that the list names and that are not here, once each."""
    book, places = school_book(run.pk), school_places(run)
    wanted: dict[str, SchoolFields] = {}
    said: dict[str, dict[str, str | int]] = {}
    for values in _values(run):
        found = book.find(values)
        if found.key and found.key not in wanted:
            name = values.get("school_name") or values["school_code"]
            wanted[found.key] = {"name": name[:200], "code": values.get("school_code", "")[:20]}
        if found.key:
            said[found.key] = places.gaps(values, 0) | said.get(
                found.key, {}
            )  # the first row that says it counts
    schools = _placed(wanted, said)
    for start in range(0, len(schools), BATCH):
        with batch():
            bring_schools(schools[start : start + BATCH], brought_by=run.pk, actor=run.actor)
            progress(run, 0, run.row_count)


def _placed(
    wanted: Mapping[str, SchoolFields], said: Mapping[str, Mapping[str, str | int]]
) -> list[SchoolFields]:
    """The new schools with the sector and the district that the list gives them. One query."""
    ids = {int(gaps["territory"]) for gaps in said.values() if "territory" in gaps}
    territories = Territory.objects.in_bulk(ids)
    for key, gaps in said.items():
        if "sector" in gaps:
            wanted[key]["sector"] = str(gaps["sector"])
        if "territory" in gaps:
            wanted[key]["territory"] = territories[int(gaps["territory"])]
    return list(wanted.values())


def _values(run: ImportRun) -> Iterator[Values]:
    rows = run.rows.exclude(decision__in=[Decision.SKIP, Decision.UNDECIDED])
    return iter(rows.values_list("values", flat=True).iterator(chunk_size=BATCH))


def brought_schools(run: ImportRun) -> list[int]:
    """Ids of the schools that this import is bringing."""
    return list(School.every.filter(arriving_in=run.pk).values_list("pk", flat=True))
