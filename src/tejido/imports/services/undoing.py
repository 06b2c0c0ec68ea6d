"""Undoing a whole import: it is out of everybody's sight at once, and then taken away in short transactions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from tejido.accounts.models import User
from tejido.communities.models import Community, Membership, RecordedTie
from tejido.communities.services import Belonging, take_back_members
from tejido.directory.models import Attribute, Consent, ContactPoint, Person, Post, School, SchoolProfile
from tejido.directory.services.arrivals import (
    change_people,
    change_schools,
    discard_territories,
    hide_arrivals,
    send_back,
    take_away,
)
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.models import JournalEntry
from tejido.imports.events import ImportUndone
from tejido.imports.models import ImportedChange, ImportRun
from tejido.imports.services.attendance import attendance_was_touched, forget_attendance
from tejido.imports.services.gatherings import gatherings_were_touched
from tejido.imports.services.restoring import particulars_as_before, particulars_touched_since
from tejido.imports.services.ties import forget_ties
from tejido.imports.services.working import batch, move_to, progress

CHUNK = 500
NAMED = 10  # people in the sentence of a refusal
OWN_PARTS = {
    Attribute,
    Consent,
    ContactPoint,
    Post,
    Membership,
    Person,
}  # what an import makes of a person; Person: merged into


@transaction.atomic
def hide_everything(run: ImportRun, *, actor: User) -> None:
    """The moment of undoing: new rows hidden, changed rows as they were. Raises Refusal("later_changes").

    Announces ImportUndone where anything had been seen.
    """
    people, schools = _written(run)
    if run.state == ImportRun.State.STOPPED:  # nothing of it was ever seen
        move_to(run, ImportRun.State.UNDOING)
        return
    _refuse_later_changes(run, people, schools)
    changes = _changes_by_model(run)
    own_posts = {change.row_id for change in changes["directory.post"] if change.before is None}
    schools = [pk for pk in schools if not _still_needed(pk, set(people), own_posts)]
    _take_back(run, people, changes, actor=actor)
    forget_attendance(run, changes, actor=actor)
    forget_ties(run, actor=actor)
    _as_before(changes, actor=actor)
    particulars_as_before(changes, actor=actor)
    hide_arrivals(people, schools, brought_by=run.pk, actor=actor)
    kind = run.kind
    announce(
        ImportUndone(run.pk, run.community_id, kind, len(people) + len(schools), len(changes)), actor=actor
    )
    move_to(run, ImportRun.State.UNDOING, undone_at=timezone.now())


def finish_undoing(run: ImportRun) -> None:
    """Delete what is hidden, a little at a time."""
    total = Person.every.filter(arriving_in=run.pk).count() + School.every.filter(arriving_in=run.pk).count()
    done = 0
    while True:
        with batch():
            gone = send_back(run.pk, actor=run.actor)
            done += gone
            progress(run, done, total)
            if not gone:
                made = run.changes.filter(model="directory.territory").values_list("row_id", flat=True)
                discard_territories(list(made), actor=run.actor)
                run.rows.exclude(written_id=None).update(written_id=None)
                run.changes.all().delete()
                move_to(run, ImportRun.State.UNDONE, done=0, total=0)
                return


def _written(run: ImportRun) -> tuple[list[int], list[int]]:
    """(people, schools) that the import made."""
    rows = list(run.rows.exclude(written_id=None).values_list("written_id", flat=True))
    made = run.changes.filter(model="directory.school", before__isnull=True).values_list("row_id", flat=True)
    if run.kind == ImportRun.Kind.SCHOOLS:
        return [], [*rows, *made]  # type: ignore[list-item]
    if run.kind == ImportRun.Kind.GATHERINGS:
        return [], []
    return rows, list(made)  # type: ignore[return-value]


def _changes_by_model(run: ImportRun) -> dict[str, list[ImportedChange]]:
    found: dict[str, list[ImportedChange]] = defaultdict(list)
    for change in run.changes.all():
        found[change.model].append(change)
    return found


def _refuse_later_changes(run: ImportRun, people: list[int], schools: list[int]) -> None:
    touched = _people_touched_since(run, people) | _people_changed_since(run) | particulars_touched_since(run)
    names = [str(person) for person in Person.every.filter(pk__in=sorted(touched)[:NAMED])]
    touched_schools = _schools_changed_since(run)
    if run.kind == ImportRun.Kind.SCHOOLS:
        touched_schools |= {pk for pk in schools if _still_needed(pk, set(), set())}
    names += [str(school) for school in School.every.filter(pk__in=sorted(touched_schools)[:NAMED])]
    touched |= touched_schools
    names += attendance_was_touched(run) + gatherings_were_touched(run)
    if not touched and not names:
        return
    count = max(len(touched), len(names))
    raise Refusal(
        "later_changes",
        ngettext(
            "This import cannot be undone as a whole: since then somebody has worked with %(names)s, and that would "
            "be lost. Correct that entry by hand, or keep the import.",
            "This import cannot be undone as a whole: since then somebody has worked with %(count)d of its entries "
            "(%(names)s), and that would be lost. Correct them by hand, or keep the import.",
            count,
        )
        % {"count": count, "names": ", ".join(names[:NAMED]) + (" …" if count > NAMED else "")},
        count=count,
        people=sorted(touched)[:NAMED],
    )


def _people_touched_since(run: ImportRun, people: list[int]) -> set[int]:
    """New people of whom the journal tells something since, or to whom rows point that the import did not make."""
    if run.kind in {ImportRun.Kind.SCHOOLS, ImportRun.Kind.GATHERINGS}:
        return set()  # what its rows became are no people
    mine = set(people)
    told = JournalEntry.objects.filter(pk__gt=run.journal_mark or 0).exclude(person_id=None)
    touched = mine & set(told.values_list("person_id", flat=True))
    own = run.rows.exclude(written_id=None).values("written_id")
    attended = "gatherings.attendance" if run.kind == ImportRun.Kind.ATTENDANCE else ""
    pointing = [one for one in Person._meta.related_objects if not one.many_to_many]  # their rows point too
    for relation in pointing:
        model: Any = relation.related_model
        if model in OWN_PARTS or model._meta.label_lower == attended:
            continue
        column = relation.field.name
        manager: Any = getattr(model, "every", model._default_manager)
        rows = manager.filter(**{f"{column}__in": own})
        if model is RecordedTie:
            rows = rows.exclude(brought_in=run.pk)
        touched |= set(rows.values_list(f"{column}_id", flat=True))
    merged = Person.every.filter(merged_into__in=own).values_list("merged_into_id", flat=True)
    return touched | set(merged)


def _people_changed_since(run: ImportRun) -> set[int]:
    """People who were here before and whose changed fields are no longer what the import made them."""
    changed = {c.row_id: c.after for c in run.changes.filter(model="directory.person")}
    return set(_different(Person.every.filter(pk__in=changed), changed))


def _schools_changed_since(run: ImportRun) -> set[int]:
    changed = {
        c.row_id: c.after for c in run.changes.filter(model="directory.school").filter(before__isnull=False)
    }
    return set(_different(School.every.filter(pk__in=changed), changed))


def _different(rows: QuerySet[Any], after: dict[int, dict[str, Any]]) -> Iterator[int]:
    for row in rows:
        if any(_plain(getattr(row, name)) != value for name, value in after[row.pk].items()):
            yield row.pk


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else getattr(value, "pk", value)


def _still_needed(school_id: int, people: set[int], own_posts: set[int]) -> bool:
    """Somebody else has a post there, meets there, or it was merged: it stays when the import goes."""
    school = School.every.get(pk=school_id)
    posts = Post.objects.filter(school_id=school_id).values_list("pk", "person_id")
    if any(pk not in own_posts and person_id not in people for pk, person_id in posts):
        return True
    rest = [r for r in School._meta.related_objects if r.related_model not in {Post, SchoolProfile}]
    return school.merged_into_id is not None or any(
        getattr(r.related_model, "every", r.related_model._default_manager)  # type: ignore[union-attr]
        .filter(**{r.field.name: school_id})
        .exists()
        for r in rest
    )


def _take_back(
    run: ImportRun, people: list[int], changes: dict[str, list[ImportedChange]], *, actor: User
) -> None:
    """Posts and memberships: they are seen through schools and communities, so they go at once."""
    posts = [change.row_id for change in changes["directory.post"] if change.before is None]
    members: dict[int, list[Belonging]] = defaultdict(list)
    for change in changes["communities.membership"]:
        ends_on = change.after["ends_on"]
        members[change.after["community"]].append(
            Belonging(
                change.row_id,
                change.after["role"],
                date.fromisoformat(change.after["starts_on"]),
                date.fromisoformat(ends_on) if ends_on else None,
            )
        )
    for some in _some(people):
        posts += Post.objects.filter(person_id__in=some).values_list("pk", flat=True)
        columns = ("community_id", "person_id", "role", "starts_on", "ends_on")
        for community_id, *line in Membership.objects.filter(person_id__in=some).values_list(*columns):
            members[community_id].append(Belonging(*line))
    for community in Community.objects.filter(pk__in=members):
        take_back_members(community, members[community.pk], actor=actor)
    take_away(Post, posts, actor=actor)
    contacts = [change.row_id for change in changes["directory.contactpoint"] if change.before is None]
    take_away(ContactPoint, contacts, actor=actor)
    take_away(SchoolProfile, [change.row_id for change in changes["directory.schoolprofile"]], actor=actor)


def _as_before(changes: dict[str, list[ImportedChange]], *, actor: User) -> None:
    people = {
        change.row_id: change.before for change in changes["directory.person"] if change.before is not None
    }
    change_people(people, actor=actor)
    schools = {
        change.row_id: change.before for change in changes["directory.school"] if change.before is not None
    }
    change_schools({pk: _school_fields(fields) for pk, fields in schools.items()}, actor=actor)  # type: ignore[misc]


def _school_fields(fields: dict[str, Any]) -> dict[str, Any]:
    fields = dict(fields)
    if fields.get("closed_on"):
        fields["closed_on"] = date.fromisoformat(fields["closed_on"])
    if "territory" in fields:
        fields["territory_id"] = fields.pop("territory")
    return fields


def _some(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
