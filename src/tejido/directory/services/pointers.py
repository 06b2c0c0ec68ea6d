"""Make everything that points at one row point at another, and back.

The relations are asked of Django (`_meta`), so that the tables of higher floors, of today and of later,
are walked like our own. Every change is written down as a MovedPointer, and undone the last first.

Where two rows would be the same to a unique constraint (both were marked present at one gathering), one
of them stays and the other is dropped, whole, into the memory. The kept one's stays, unless the model
says otherwise in a method `outweighs(other) -> bool` that compares two such rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from tejido.directory.models import MovedPointer

Row = models.Model
Key = tuple[Any, ...]
AT_ONCE = 500  # rows changed in one statement


class CannotDrop(Exception):
    """Something hangs on a row that would have to go, and may stand neither without it nor elsewhere."""


class Moving:
    """The changes of one merge, in the order in which they are made."""

    def __init__(self) -> None:
        self.made: list[MovedPointer] = []

    # Writing down and doing

    def change(self, rows: Sequence[Row], column: str, value: Any) -> None:
        """Set one column of rows of one model. Raises IntegrityError where the database says no: nothing is changed."""
        with transaction.atomic():
            _every(type(rows[0])).filter(pk__in=[row.pk for row in rows]).update(**{column: value})
        self.made += [
            MovedPointer(model=row._meta.label_lower, row_id=row.pk, field=column, was=getattr(row, column))
            for row in rows
        ]

    def drop(self, row: Row) -> None:
        """Take the row out, and whatever hangs on it and on nothing else, all of it written down."""
        for relation in _relations(row):
            for child in _pointing(relation, row):
                if relation.on_delete is models.CASCADE:
                    self.drop(child)
                elif relation.field.null:
                    self.change([child], relation.field.attname, None)
                else:
                    raise CannotDrop(child)
        self.made.append(
            MovedPointer(model=row._meta.label_lower, row_id=row.pk, field="", dropped=_as_text(row))
        )
        _every(type(row)).filter(pk=row.pk).delete()

    # Merging

    def absorb(self, gone: Row, kept: Row) -> None:
        """Whatever points at `gone` points at `kept`. Neither row itself is touched."""
        for relation in _relations(gone):
            likes = _likes(relation, gone, kept)
            rows = _pointing(relation, gone)
            for row in rows:
                if row.pk in likes:
                    self._settle(row, likes, relation, kept)
            free = [row for row in rows if row.pk not in likes]
            for start in range(0, len(free), AT_ONCE):
                self._point(relation, free[start : start + AT_ONCE], kept)

    def replace(self, row: Row, like: Row) -> None:
        """`like` stands for both: what pointed at `row` points at it, and `row` goes."""
        self.absorb(row, like)
        self.drop(row)

    def _settle(self, row: Row, likes: dict[Any, Row], relation: Any, kept: Row) -> None:
        like = likes[row.pk]
        if not _outweighs(row, like):
            self.replace(row, like)
            return
        self.replace(like, row)
        self._point(relation, [row], kept)
        likes.update({pk: row for pk, other in likes.items() if other.pk == like.pk and pk != row.pk})

    def _point(self, relation: Any, rows: Sequence[Row], kept: Row) -> None:
        try:
            self.change(rows, relation.field.attname, kept.pk)
        except IntegrityError:
            if len(rows) > 1:  # one of them is in the way: find it
                for row in rows:
                    self._point(relation, [row], kept)
            elif _points_also_at(rows[0], relation.field, kept):
                self.drop(rows[0])  # it told of the two as of different people: of one it says nothing
            else:
                raise


def put_back(changes: list[MovedPointer]) -> None:
    """Undo changes, given the last first. Rows that have gone since are passed over."""
    for change in changes:
        model = apps.get_model(change.model)
        if change.dropped is None:
            _every(model).filter(pk=change.row_id).update(**{change.field: change.was})
        else:
            _bring_back(model, change.dropped)


# What the model tells ------------------------------------------------------------------------


def _every(model: type[Row]) -> Any:
    return model._base_manager


def _relations(row: Row) -> Iterator[Any]:
    """Foreign keys and one-to-ones, of any model, that point at rows of this one; those of many-to-many too."""
    for relation in row._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.is_relation and (relation.one_to_many or relation.one_to_one):
            yield relation


def _pointing(relation: Any, at: Row) -> list[Row]:
    rows: list[Row] = list(
        _every(relation.related_model).filter(**{relation.field.attname: at.pk}).order_by("pk")
    )
    return rows


def _points_also_at(row: Row, through: Any, other: Row) -> bool:
    return any(
        field is not through and field.is_relation and field.related_model is type(other)
        and getattr(row, field.attname) == other.pk
        for field in row._meta.concrete_fields
    )  # fmt: skip


def _outweighs(row: Row, like: Row) -> bool:
    weigh = getattr(row, "outweighs", None)
    return weigh is not None and bool(weigh(like))


def _unique_together(model: type[Row], field: Any) -> Iterator[tuple[list[str], Q]]:
    """The columns besides `field` that are unique together with it, and under which condition."""
    if field.unique:
        yield [], Q()
    for names in model._meta.unique_together:
        if field.name in names:
            yield [name for name in names if name != field.name], Q()
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields:
            yield [name for name in constraint.fields if name != field.name], constraint.condition or Q()


def _likes(relation: Any, gone: Row, kept: Row) -> dict[Any, Row]:
    """Rows that point at `gone` (by id) whose like points at `kept`: the two cannot stand side by side."""
    model, field = relation.related_model, relation.field
    found: dict[Any, Row] = {}
    for names, condition in _unique_together(model, field):
        columns = [model._meta.get_field(name).attname for name in names]

        def key(row: Row, columns: list[str] = columns) -> Key:
            return tuple(getattr(row, column) for column in columns)

        bound = _every(model).filter(condition)
        standing = {key(row): row for row in bound.filter(**{field.attname: kept.pk})}
        for row in bound.filter(**{field.attname: gone.pk}).order_by("pk"):
            if None not in key(row) and key(row) in standing:
                found.setdefault(row.pk, standing[key(row)])
    return found


# A whole row as text, and back ---------------------------------------------------------------


def _as_text(row: Row) -> dict[str, Any]:
    """Every column by name, as its field writes it for a file; None stays None."""
    return {
        field.attname: None if field.value_from_object(row) is None else field.value_to_string(row)
        for field in row._meta.concrete_fields
        if not field.generated
    }


def _bring_back(model: type[Row], written: dict[str, Any]) -> None:
    """The row as it was, unless something that it stood on is not there any more."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.attname not in written:
            continue
        text = written[field.attname]
        values[field.attname] = None if text is None else field.to_python(text)
        if isinstance(field, models.ForeignKey) and text is not None:
            target: Any = field.target_field.model._base_manager
            if not target.filter(**{field.target_field.attname: values[field.attname]}).exists():
                if not field.null:
                    return
                values[field.attname] = None
    row = model(**values)
    row.save_base(raw=True, force_insert=True)
