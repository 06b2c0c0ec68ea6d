"""Undoing what a list said of people who were here before: attributes, answers, posts and contacts as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tejido.accounts.models import User
from tejido.directory.models import Attribute, Consent, ContactPoint, Post
from tejido.directory.services.details import change_details, forget_attributes, take_back_answers
from tejido.imports.models import ImportedChange, ImportRun

CORRECTED: Mapping[str, type[Attribute] | type[ContactPoint] | type[Post]] = {
    "directory.attribute": Attribute,
    "directory.contactpoint": ContactPoint,
    "directory.post": Post,
}
CHUNK = 500


def particulars_as_before(changes: Mapping[str, Sequence[ImportedChange]], *, actor: User) -> None:
    """Put back what stood before. Rows that the list made are taken away, those of new people go with them."""
    for label, model in CORRECTED.items():
        before = {one.row_id: one.before for one in changes.get(label, ()) if one.before is not None}
        change_details(model, before, actor=actor)
    made = [one.row_id for one in changes.get("directory.attribute", ()) if one.before is None]
    forget_attributes(made, actor=actor)
    answers = [(one.row_id, (one.before or {})["current"]) for one in changes.get("directory.consent", ())]
    take_back_answers(answers, actor=actor)


def particulars_touched_since(run: ImportRun) -> set[int]:
    """People of whom an attribute, answer, post or contact is no longer what the list made of it."""
    touched: set[int] = set()
    for label, model in CORRECTED.items():
        changes = {one.row_id: one for one in run.changes.filter(model=label).exclude(after={})}
        changes = {pk: one for pk, one in changes.items() if one.before is not None or model is Attribute}
        rows = _rows(model, list(changes))
        for pk, one in changes.items():
            row = rows.get(pk)
            if row is None:
                touched |= {one.after["person"]} if "person" in one.after else set()
            elif any(getattr(row, name) != value for name, value in one.after.items() if name != "person"):
                touched.add(row.person_id)
    answers = {one.row_id: one.after["person"] for one in run.changes.filter(model="directory.consent")}
    standing = {pk for pk, row in _rows(Consent, list(answers)).items() if row.is_current}
    return touched | {person_id for pk, person_id in answers.items() if pk not in standing}


def _rows(model: type[Any], ids: list[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for start in range(0, len(ids), CHUNK):
        found.update(model.objects.in_bulk(ids[start : start + CHUNK]))
    return found
