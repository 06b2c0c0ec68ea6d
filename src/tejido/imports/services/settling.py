"""The last, short transaction of an import of people: everything is seen at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community, Role
from tejido.communities.services import Belonging, add_members
from tejido.directory.services.arrivals import (
    PostLine,
    add_contacts,
    change_people,
    settle_arrivals,
    take_up_posts,
    tell_many_apart,
)
from tejido.directory.services.people import PersonFields
from tejido.foundation.bulk import insert_many
from tejido.foundation.journal import announce
from tejido.foundation.models import JournalEntry
from tejido.imports.events import ImportApplied
from tejido.imports.models import ImportedChange, ImportRun, StagedRow
from tejido.imports.rows import Values
from tejido.imports.services.additions import (
    lacks_membership,
    membership_in,
    missing_contacts,
    missing_fields,
    post_in,
)
from tejido.imports.services.bringing import brought_schools
from tejido.imports.services.knowing import KnownPerson, communities_by_name, known_people, school_book
from tejido.imports.services.particulars import Change, Particulars, particulars_of
from tejido.imports.services.personal import PersonalBook, replaced_fields
from tejido.imports.services.places import SchoolPlaces

CHUNK = 5_000
Decision = StagedRow.Decision


@dataclass(slots=True)
class Plan:
    """All that the last transaction writes, worked out before it begins."""

    posts: list[PostLine] = field(default_factory=list)
    contacts: list[tuple[int, tuple[str, str]]] = field(
        default_factory=list
    )  # of people who were here before
    fields: dict[int, PersonFields] = field(default_factory=dict)  # of people who were here before
    before: dict[int, dict[str, Any]] = field(default_factory=dict)
    members: dict[int, list[Belonging]] = field(default_factory=lambda: defaultdict(list))
    apart: list[tuple[int, int]] = field(default_factory=list)
    new: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    particulars: Particulars = field(default_factory=lambda: Particulars(PersonalBook(), SchoolPlaces()))


def settle_people(run: ImportRun, *, actor: User) -> None:
    """Show what was brought, with posts and memberships, and add to those who were here. Announces ImportApplied."""
    plan = plan_people(run)
    _write(run, plan, actor=actor)


def person_ids(run: ImportRun) -> dict[int, int]:
    """Number of a row -> the person that it became or is, joined rows included. One query."""
    rows = run.rows.exclude(decision__in=[Decision.SKIP, Decision.UNDECIDED])
    columns = ("number", "written_id", "target_id", "joined_to", "decision")
    ids: dict[int, int] = {}
    for number, written, target, joined_to, decision in rows.order_by("number").values_list(*columns):
        found = (
            written
            if decision == Decision.NEW
            else target
            if decision == Decision.SAME
            else ids.get(joined_to)
        )
        if found:
            ids[number] = found
    return ids


def plan_people(run: ImportRun) -> Plan:
    """Work out the last transaction. Reads only."""
    plan = Plan(particulars=particulars_of(run))
    ids = person_ids(run)
    has_known = run.rows.filter(decision=Decision.SAME).exists()
    known = known_people(run.actor, run.community) if has_known else {}
    book, communities = school_book(run.pk), communities_by_name(run.community)
    seen_posts: set[tuple[int, int]] = set()
    for number, decision, values, candidates in _rows(run):
        person_id = ids.get(number)
        if person_id is None:
            continue
        person = known.get(person_id)
        if person is None:
            plan.new.add(person_id)
            if decision == Decision.NEW:
                plan.apart += [(person_id, candidate["id"]) for candidate in candidates]
        else:
            _plan_known(plan, person, values)
        school_id = book.find(values).id
        plan.particulars.hear(values, person, school_id)
        has_it = (person_id, school_id) in seen_posts or (person is not None and school_id in person.schools)
        if school_id and not has_it:
            seen_posts.add((person_id, school_id))
            plan.posts.append(post_in(values, person_id, school_id))
        line = membership_in(values, run, communities)
        if line is not None and (person is None or lacks_membership(line, values, person)):
            plan.members[line[0]].append(Belonging(person_id, *line[1:]))
    plan.particulars.settle()
    plan.touched = {*plan.fields, *(pk for pk, _c in plan.contacts), *plan.particulars.known}
    plan.touched |= {post.person_id for post in plan.posts if post.person_id in known}
    plan.touched |= {
        line.person_id for lines in plan.members.values() for line in lines if line.person_id in known
    }
    return plan


def _rows(run: ImportRun) -> Iterator[tuple[int, str, Values, list[dict[str, Any]]]]:
    rows = run.rows.exclude(decision__in=[Decision.SKIP, Decision.UNDECIDED]).order_by("number")
    return iter(rows.values_list("number", "decision", "values", "candidates").iterator(chunk_size=CHUNK))


def _plan_known(plan: Plan, person: KnownPerson, values: Values) -> None:
    book = plan.particulars.book
    fields = missing_fields(values, person)
    fields.update(replaced_fields(values, person, book.replaced))  # type: ignore[typeddict-item]
    if fields:
        plan.before.setdefault(person.id, {})
        for name in fields:
            plan.before[person.id].setdefault(name, getattr(person, name))
        plan.fields.setdefault(person.id, {}).update(fields)
        for name, value in fields.items():
            setattr(person, name, value)
    for kind, value in missing_contacts(values, person, book):
        plan.contacts.append((person.id, (kind, value)))
        person.emails += (value,)


@transaction.atomic
def _write(run: ImportRun, plan: Plan, *, actor: User) -> None:
    schools = brought_schools(run)
    settle_arrivals(run.pk, actor=actor)
    posts = take_up_posts(plan.posts, actor=actor)
    contacts = add_contacts(plan.contacts, actor=actor)
    change_people(plan.fields, actor=actor)
    tell_many_apart(plan.apart, actor=actor)
    made = [*_changes(plan, posts, contacts, schools), *plan.particulars.write(actor=actor)]
    for community in Community.objects.filter(pk__in=plan.members):
        lines = sorted(plan.members[community.pk], key=_open_first)
        made += [
            ("communities.membership", line.person_id, None, _belonging(community.pk, line))
            for line in add_members(community, lines, actor=actor)
            if line.person_id not in plan.new
        ]
    finish(run, made, new=len(plan.new), changed=len(plan.touched), actor=actor)


def _open_first(line: Belonging) -> tuple[int, bool, date]:
    return line.person_id, line.ends_on is not None, line.starts_on


def _belonging(community_id: int, line: Belonging) -> dict[str, Any]:
    ends_on = line.ends_on.isoformat() if line.ends_on else None
    return {
        "community": community_id,
        "role": str(Role(line.role)),
        "starts_on": line.starts_on.isoformat(),
        "ends_on": ends_on,
    }


def _changes(plan: Plan, posts: list[int], contacts: list[int], schools: list[int]) -> Iterator[Change]:
    """What has to be remembered for undoing; rows of new people go with them."""
    for pk, post in zip(posts, plan.posts, strict=True):
        if post.person_id not in plan.new:
            yield "directory.post", pk, None, {"person": post.person_id, "school": post.school_id}
    for pk, (person_id, (kind, value)) in zip(contacts, plan.contacts, strict=True):
        yield "directory.contactpoint", pk, None, {"person": person_id, "kind": kind, "value": value}
    for pk, fields in plan.fields.items():
        yield "directory.person", pk, plan.before[pk], dict(fields)
    for pk in schools:
        yield "directory.school", pk, None, {}


def finish(run: ImportRun, made: list[Change], *, new: int, changed: int, actor: User) -> None:
    """Remember what was changed and say that it is done. Inside the last transaction; the caller is atomic."""
    insert_many(
        ImportedChange,
        ["run", "model", "row_id", "before", "after"],
        ((run.pk, model, row_id, before, after) for model, row_id, before, after in made),
    )
    _say_applied(run, new, changed, actor=actor)
    ImportRun.objects.filter(pk=run.pk).update(
        state=ImportRun.State.APPLIED,
        applied_at=timezone.now(),
        journal_mark=JournalEntry.objects.order_by("-pk").values_list("pk", flat=True).first(),
        done=0,
        total=0,
    )


@transaction.atomic
def _say_applied(run: ImportRun, new: int, changed: int, *, actor: User) -> None:
    announce(ImportApplied(run.pk, run.community_id, run.kind, new, changed), actor=actor)
