"""What will be done with a row: decided one by one, or for all rows of which the same was found."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.selectors import below
from tejido.directory.models import Person, School
from tejido.directory.policies import people_for
from tejido.foundation.bulk import update_many
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering
from tejido.imports.models import ImportRun, StagedGathering, StagedRow
from tejido.imports.services.matching import right_on_people
from tejido.imports.services.staging import refuse_unless

Finding, Decision = StagedRow.Finding, StagedRow.Decision
BY_HAND = {Decision.NEW, Decision.SAME, Decision.SKIP}
SURE = ({"same_name", "school"}, {"code"}, {"email"}, {"phone"})
BATCH = 2_000


@transaction.atomic
def decide_row(row: StagedRow, decision: str, *, actor: User, target_id: int | None = None) -> StagedRow:
    """Say what happens with one row: new, skip, or same (with the id of the person or school that it is).

    Raises: NotAllowed; Refusal("not_now", "no_such_decision", "no_such_target", "no_name").
    """
    require(actor, "imports.work_on", row.run)
    refuse_unless(row.run, {ImportRun.State.REVIEW})
    if decision not in BY_HAND:
        raise Refusal("no_such_decision", _("A row is added, left out, or said to be somebody who is here."))
    if decision == Decision.SAME:
        _check_target(row, target_id, actor)
    if decision == Decision.NEW and not _can_be_new(row):
        raise Refusal("no_name", _("Without a name nobody can be added. Leave the row out."))
    row.decision, row.by_hand = decision, True
    row.target_id = target_id if decision == Decision.SAME else None
    row.joined_to = None
    row.save(update_fields=["decision", "by_hand", "target_id", "joined_to"])
    return row


def _can_be_new(row: StagedRow) -> bool:
    return bool(row.values.get("name") or row.values.get("given_names"))


def _check_target(row: StagedRow, target_id: int | None, actor: User) -> None:
    if row.run.kind == ImportRun.Kind.SCHOOLS:
        found = School.objects.filter(pk=target_id).exists()
    elif row.run.kind == ImportRun.Kind.GATHERINGS:
        found = Gathering.objects.filter(
            community_id__in=below(row.run.community_id or 0), pk=target_id
        ).exists()
    else:
        found = Person.objects.filter(people_for(actor, right_on_people(row.run)), pk=target_id).exists()
    if not found:
        raise Refusal("no_such_target", _("That entry is not there any more. Load the page again."))


@transaction.atomic
def decide_all(run: ImportRun, finding: str, decision: str, *, actor: User, only_sure: bool = False) -> int:
    """Decide all rows of one finding that nobody decided by hand. Returns how many.

    decision: new, skip, or same (each is its first proposal). only_sure: of proposals, just those with the same name
    at the same school, or the same code, e-mail or phone; the others stay as they are.
    Raises: NotAllowed; Refusal("not_now", "no_such_decision").
    """
    require(actor, "imports.work_on", run)
    refuse_unless(run, {ImportRun.State.REVIEW})
    if decision not in BY_HAND or finding not in Finding.values:
        raise Refusal("no_such_decision", _("A row is added, left out, or said to be somebody who is here."))
    rows = [row for row in _open_rows(run, finding) if _fits(row, decision, only_sure)]
    return update_many(
        StagedRow,
        ["decision", "target_id", "joined_to"],
        (
            (decision, _target(row, decision), row.joined_to if decision == Decision.JOINED else None, row.pk)
            for row in rows
        ),
    )


def _open_rows(run: ImportRun, finding: str) -> QuerySet[StagedRow]:
    return run.rows.filter(finding=finding, by_hand=False).only(
        "pk", "run", "values", "candidates", "decision", "target_id", "joined_to"
    )


def _fits(row: StagedRow, decision: str, only_sure: bool) -> bool:
    if decision == Decision.SAME:
        if not row.candidates:
            return False
        reasons = set(row.candidates[0]["reasons"])
        return not only_sure or ("other_name" not in reasons and any(sure <= reasons for sure in SURE))
    return decision == Decision.SKIP or bool(row.values.get("given_names") or row.values.get("name"))


def _target(row: StagedRow, decision: str) -> int | None:
    return row.candidates[0]["id"] if decision == Decision.SAME else None


@transaction.atomic
def decide_gathering(
    staged: StagedGathering, *, actor: User, left_out: bool, gathering_id: int | None = None
) -> None:
    """Leave a gathering of the list out, take it in again, or say which known one it is.

    Raises: NotAllowed; Refusal("not_now", "no_date", "no_such_target").
    """
    require(actor, "imports.work_on", staged.run)
    refuse_unless(staged.run, {ImportRun.State.REVIEW})
    if gathering_id is not None and not _known_gatherings(staged).filter(pk=gathering_id).exists():
        raise Refusal("no_such_target", _("That entry is not there any more. Load the page again."))
    if not left_out and gathering_id is None and staged.gathering_id is None and staged.starts_at is None:
        raise Refusal(
            "no_date", _("The list does not say when it was. Choose one of the gatherings that are here.")
        )
    staged.left_out = left_out
    staged.gathering_id = gathering_id or staged.gathering_id
    staged.save(update_fields=["left_out", "gathering"])


def _known_gatherings(staged: StagedGathering) -> QuerySet[Gathering]:
    assert staged.run.community_id is not None
    return Gathering.objects.filter(community_id__in=below(staged.run.community_id))
