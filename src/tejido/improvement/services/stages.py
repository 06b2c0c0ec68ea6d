"""From stage to stage, what was studied, and the decision."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.gatherings.selectors import day_in
from tejido.improvement.events import CycleDecided, PieceWritten, StageMoved
from tejido.improvement.models import Cycle, Held, Outcome, Stage, StageMove
from tejido.improvement.services.holding import check_seen, held_open, seal_of, touched
from tejido.improvement.values import Study

# From where to where a cycle goes by one tap. Nothing leads back to planning once doing has begun.
MOVES = {
    Stage.PLAN: {Stage.DO},
    Stage.DO: {Stage.STUDY},
    Stage.STUDY: {Stage.DO, Stage.ACT},
    Stage.ACT: {Stage.STUDY},
}
STUDIED = ("held", "result", "learnt", "worked_for", "not_for")


@transaction.atomic
def move_to(cycle: Cycle, stage: str, *, actor: User) -> Cycle:
    """Go to another stage. Going to *do* locks the prediction; to *act* something has to be learnt.

    A second tap of the same changes nothing.
    Raises: NotAllowed; Refusal("closed", "no_such_move", "plan_incomplete", "nothing_learnt"). Announces StageMoved.
    """
    row = held_open(cycle, actor)
    if stage == row.stage:
        return row
    if stage not in MOVES[Stage(row.stage)]:
        raise Refusal(
            "no_such_move",
            _("A cycle goes from planning to doing, studying and acting, one after the other."),
        )
    if row.stage == Stage.PLAN:
        _check_plan(row)
        row.seal = seal_of(row.prediction)
    if stage == Stage.ACT and not row.learnt:
        raise Refusal(
            "nothing_learnt", _("First write what you learnt; even one sentence helps the next school.")
        )
    row.stage = stage
    touched(row, "stage", "seal")
    StageMove.objects.create(cycle=row, stage=stage, by=actor)
    announce(StageMoved(row.community_id, row.pk, stage, row.seal), actor=actor)
    return row


def _check_plan(row: Cycle) -> None:
    if not row.what:
        raise Refusal("plan_incomplete", _("Before you begin: write what exactly you will do."))
    if not row.is_diagnostic and not row.prediction:
        raise Refusal(
            "plan_incomplete",
            _(
                "Before you begin: write what you expect to happen. Without it there is nothing to learn from the difference."
            ),
        )
    if not row.is_diagnostic and not row.measure:
        raise Refusal("plan_incomplete", _("Before you begin: write how you will see whether it works."))


@transaction.atomic
def write_study(cycle: Cycle, study: Study, *, seen: int, actor: User) -> Cycle:
    """Write what happened beside what was expected, and what was learnt; in any stage after planning.

    Raises: NotAllowed; Refusal("closed", "still_planning", "changed_meanwhile", "no_such_answer"). Announces PieceWritten.
    """
    row = held_open(cycle, actor)
    if row.stage == Stage.PLAN:
        raise Refusal("still_planning", _("Nothing was done yet. Begin doing first."))
    check_seen(row, seen)
    if study.held and study.held not in Held.values:
        raise Refusal("no_such_answer", _("Say whether it came as expected, in part, or otherwise."))
    for name in STUDIED:
        setattr(row, name, getattr(study, name).strip())
    row.edition += 1
    touched(row, *STUDIED, "edition")
    announce(PieceWritten(row.community_id, row.pk, "study"), actor=actor)
    return row


@transaction.atomic
def decide(cycle: Cycle, decision: str, reason: str, *, actor: User) -> Cycle:
    """Close the cycle: the idea is kept, changed and tried again, or left. An idea may be left while it is being done.

    Raises: NotAllowed; Refusal("closed", "no_such_decision", "no_reason", "too_early"). Announces CycleDecided.
    """
    row = held_open(cycle, actor)
    if decision not in Outcome.values:
        raise Refusal("no_such_decision", _("Choose what you decided: keep it, change it, or leave it."))
    early = {Stage.DO, Stage.STUDY} if decision == Outcome.ABANDON else set()
    if row.stage not in {Stage.ACT} | early:
        raise Refusal(
            "too_early", _("First study what happened. Only leaving an idea can be decided before.")
        )
    said = " ".join(reason.split())[:1000]
    if not said:
        raise Refusal("no_reason", _("Write why: other schools learn most from the reason."))
    row.decision, row.reason, row.stage = decision, said, Stage.CLOSED
    row.decided_on = day_in(row.community.time_zone, timezone.now())
    touched(row, "decision", "reason", "stage", "decided_on")
    StageMove.objects.create(cycle=row, stage=Stage.CLOSED, by=actor)
    days = (row.decided_on - day_in(row.community.time_zone, row.started_at)).days
    announce(CycleDecided(row.community_id, row.pk, decision, days), actor=actor)
    return row
