"""Deeds on doubles: two rows become one, become two again, or are told apart for good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.directory.events import MergeUndone, PeopleMerged, ProposedAgain, SchoolsMerged, ToldApart
from tejido.directory.models import Consent, Merge, MovedPointer, NotTheSame, Person, Post, School
from tejido.directory.names import search_form
from tejido.directory.services.pointers import CannotDrop, Moving, put_back
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require

# What is chosen as one, side by side: a name is not put together from two people.
PERSON_PARTS: dict[str, tuple[str, ...]] = {
    "name": ("given_names", "family_names"),
    "list_code": ("list_code",),
    "language": ("language",),
    "teaching_since": ("teaching_since",),
    "account": ("user_id",),
}
SCHOOL_PARTS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "code": ("register", "code"),
    "territory": ("territory_id",),
    "group": ("group_id",),
    "address": ("address",),
    "point": ("latitude", "longitude"),
    "rural": ("rural",),
    "sector": ("sector",),
    "closed_on": ("closed_on",),
}
Choices = Mapping[str, str]  # part -> "kept" or "gone": whose value stands


@transaction.atomic
def merge_people(kept: Person, gone: Person, choices: Choices, *, actor: User) -> Merge:
    """The two are one person, and `kept` is the row that stays. Whatever pointed at either points at it.

    choices: for each part of PERSON_PARTS, "kept" or "gone"; a part not named keeps what `kept` says.
    Of two answers to one purpose of consent the later counts, and the other stays as history. Of two
    accounts the chosen one opens the person and the other one nobody; an only account comes along.

    Raises: NotAllowed; Refusal("same_row", "already_merged", "invented_and_real", "cannot_merge").
    Announces PeopleMerged.
    """
    kept, gone = _lock(Person, kept, gone)
    for person in (kept, gone):
        require(actor, "directory.merge_people", person)
    moving = Moving()
    _settle_consents(kept, gone, moving)
    _settle_posts(kept, gone, "person_id", moving)
    merge = _merge(Merge.Of.PEOPLE, kept, gone, moving, actor)
    _choose(merge, kept, gone, PERSON_PARTS, choices)
    announce(PeopleMerged(kept.pk, gone.pk, merge.pk), actor=actor)
    return merge


@transaction.atomic
def merge_schools(kept: School, gone: School, choices: Choices, *, actor: User) -> Merge:
    """The two are one school, and `kept` is the row that stays. As `merge_people`, with SCHOOL_PARTS.

    Raises as `merge_people`. Announces SchoolsMerged.
    """
    kept, gone = _lock(School, kept, gone)
    require(actor, "directory.keep_schools", kept)
    require(actor, "directory.keep_schools", gone)
    moving = Moving()
    _settle_posts(kept, gone, "school_id", moving)
    merge = _merge(Merge.Of.SCHOOLS, kept, gone, moving, actor)
    _choose(merge, kept, gone, SCHOOL_PARTS, choices)
    announce(SchoolsMerged(kept.pk, gone.pk, merge.pk), actor=actor)
    return merge


@transaction.atomic
def undo_merge(merge: Merge, *, actor: User) -> Merge:
    """The two are two again, with what each had. What was entered since stays with the kept one.

    A field that somebody has changed since keeps its new value; a row that has gone since stays gone.

    Raises: NotAllowed; Refusal("merge_undone_before"); Refusal("merged_again"): another merge has to be
    undone first; Refusal("merge_stands"): something took the place of what would come back.
    Announces MergeUndone.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    model: type[Person] | type[School] = Person if merge.of == Merge.Of.PEOPLE else School
    kept, gone = model.every.get(pk=merge.kept_id), model.every.get(pk=merge.gone_id)
    people = merge.of == Merge.Of.PEOPLE
    require(actor, "directory.merge_people" if people else "directory.keep_schools", kept)
    _check_undoable(merge, kept)
    try:
        with transaction.atomic():
            _unchoose(merge, kept, gone)
            put_back(list(merge.moved.order_by("-pk")))
    except IntegrityError as clash:
        raise Refusal(
            "merge_stands",
            _(
                "This cannot be undone any more: something entered since has taken the place of what would "
                "come back. Enter the second one anew instead."
            ),
        ) from clash
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    announce(
        MergeUndone(merge.pk, kept.pk if people else None, None if people else kept.pk, gone.pk), actor=actor
    )
    return merge


@transaction.atomic
def tell_apart(one: Person | School, other: Person | School, *, actor: User) -> NotTheSame:
    """Somebody looked: these two are not the same. They are not proposed again. Idempotent.

    Raises: NotAllowed; Refusal("same_row"). Announces ToldApart.
    """
    people = isinstance(one, Person)
    for row in (one, other):
        require(actor, "directory.merge_people" if people else "directory.keep_schools", row)
    if one.pk == other.pk:
        raise _same_row()
    lower, higher = sorted([one.pk, other.pk])
    of = Merge.Of.PEOPLE if people else Merge.Of.SCHOOLS
    decision, new = NotTheSame.objects.get_or_create(
        of=of, lower_id=lower, higher_id=higher, defaults={"decided_by": actor}
    )
    if new:
        announce(ToldApart(of, lower, higher), actor=actor)
    return decision


@transaction.atomic
def propose_again(decision: NotTheSame, *, actor: User) -> None:
    """Telling two apart was a mistake: they may be proposed again. Raises NotAllowed. Announces ProposedAgain."""
    people = decision.of == Merge.Of.PEOPLE
    rows: Any = Person if people else School
    for row in rows.every.filter(pk__in=[decision.lower_id, decision.higher_id]):
        require(actor, "directory.merge_people" if people else "directory.keep_schools", row)
    announce(ProposedAgain(decision.of, decision.lower_id, decision.higher_id), actor=actor)
    decision.delete()


# The steps -----------------------------------------------------------------------------------


def _same_row() -> Refusal:
    return Refusal("same_row", _("That is one and the same entry. Choose two different ones."))


def _lock(model: Any, kept: Any, gone: Any) -> tuple[Any, Any]:
    """Both rows, locked in the order of their ids, so that two merges never wait for each other."""
    if kept.pk == gone.pk:
        raise _same_row()
    rows = {
        row.pk: row
        for row in model.every.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    }
    kept, gone = rows[kept.pk], rows[gone.pk]
    if kept.merged_into_id or gone.merged_into_id:
        raise Refusal(
            "already_merged", _("One of the two was merged meanwhile. Open the list of doubles again.")
        )
    if kept.is_invented != gone.is_invented:
        raise Refusal(
            "invented_and_real",
            _(
                "One of the two was invented for the demonstration. Invented and real entries are never merged."
            ),
        )
    return kept, gone


def _merge(of: str, kept: Any, gone: Any, moving: Moving, actor: User) -> Merge:
    """Move the pointers, mark `gone` as merged, remember all of it."""
    try:
        moving.absorb(gone, kept)
        moving.change([gone], "merged_into_id", kept.pk)
    except (IntegrityError, CannotDrop) as clash:
        raise Refusal(
            "cannot_merge",
            _("What is known of the two cannot stand on one entry. Correct one of them first, then merge."),
        ) from clash
    merge = Merge.objects.create(of=of, kept_id=kept.pk, gone_id=gone.pk, actor=actor)
    for change in moving.made:
        change.merge = merge
    MovedPointer.objects.bulk_create(moving.made, batch_size=500)
    return merge


def _settle_consents(kept: Person, gone: Person, moving: Moving) -> None:
    """Of two current answers to one purpose the later one counts: nobody's withdrawal is lost in a merge."""
    current = Consent.objects.filter(is_current=True).order_by("answered_at", "pk")
    mine = {consent.purpose: consent for consent in current.filter(person=kept)}
    for theirs in current.filter(person=gone):
        if theirs.purpose in mine:
            earlier, _later = sorted([mine[theirs.purpose], theirs], key=lambda c: (c.answered_at, c.pk))
            moving.change([earlier], "is_current", False)


def _settle_posts(kept: Any, gone: Any, column: str, moving: Moving) -> None:
    """A post that both rows tell of stands once; the one that knows its first day stands."""
    others = [name for name in ("person_id", "school_id", "organisation_id") if name != column]

    def same(post: Post) -> tuple[Any, ...]:
        return (*(getattr(post, name) for name in others), post.function, post.subject, post.ends_on)

    mine = {same(post): post for post in kept.posts.order_by("-pk")}
    for theirs in gone.posts.order_by("pk"):
        like = mine.get(same(theirs))
        if like is None or (like.starts_on != theirs.starts_on and like.starts_on and theirs.starts_on):
            continue
        moving.replace(theirs, like)
        if like.starts_on is None and theirs.starts_on is not None:
            moving.change([like], "starts_on", theirs.starts_on)


def _choose(
    merge: Merge, kept: Any, gone: Any, parts: Mapping[str, tuple[str, ...]], choices: Choices
) -> None:
    """Give `kept` the values chosen from `gone`, and remember what stood there before."""
    chosen = [column for part, columns in parts.items() if choices.get(part) == "gone" for column in columns]
    before: dict[str, Any] = {"kept": {}, "gone": {}}
    if "account" in parts and kept.user_id is None:  # an account that is the only one is never lost
        chosen.append("user_id")
    if "user_id" in chosen and gone.user_id is not None:  # an account opens one person only
        before["gone"]["user_id"] = gone.user_id
        account, gone.user_id = gone.user_id, None
        gone.save(update_fields=["user"])
        before["kept"]["user_id"] = kept.user_id
        kept.user_id = account
    elif getattr(gone, "user_id", None) is not None:  # the account that was not chosen opens nobody
        before["gone"]["user_id"] = gone.user_id
        gone.user_id = None
        gone.save(update_fields=["user"])
    for column in chosen:
        if column != "user_id" and getattr(kept, column) != getattr(gone, column):
            before["kept"][column] = _plain(kept, column)
            setattr(kept, column, getattr(gone, column))
    kept.search_name = search_form(kept.name)[:200]
    kept.save()
    merge.before = before
    merge.save(update_fields=["before"])


def _unchoose(merge: Merge, kept: Any, gone: Any) -> None:
    """Give back the values from before, but for those that somebody has changed since."""
    before = merge.before
    account = before["gone"].get("user_id")
    for column, value in before["kept"].items():
        taken = account if column == "user_id" else getattr(gone, column)
        if getattr(kept, column) == taken:
            setattr(kept, column, _python(kept, column, value))
    if account is not None and kept.user_id == account:
        kept.user_id = None
    kept.search_name = search_form(kept.name)[:200]
    kept.save()
    if account is not None and not Person.every.filter(user_id=account).exists():
        gone.user_id = account
        gone.save(update_fields=["user"])


def _plain(row: Any, column: str) -> Any:
    value = getattr(row, column)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _python(row: Any, column: str, value: Any) -> Any:
    """The value from before as its field holds it; None where it was a row that is not there any more."""
    field = next(field for field in row._meta.concrete_fields if field.attname == column)
    if value is None:
        return None
    if field.is_relation and not field.related_model._base_manager.filter(pk=value).exists():
        return None
    return field.to_python(value)


def _check_undoable(merge: Merge, kept: Any) -> None:
    if merge.undone_at is not None:
        raise Refusal("merge_undone_before", _("This merge was undone already."))
    later = Merge.objects.filter(of=merge.of, undone_at=None, pk__gt=merge.pk)
    if kept.merged_into_id is not None or later.filter(kept_id=merge.kept_id).exists():
        raise Refusal(
            "merged_again",
            _("%(name)s was merged again since. Undo the later merge first, then this one.")
            % {"name": str(kept)},
        )
