"""Beginning a cycle, its plan, and what is said of a prediction once it can no longer be changed."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.improvement.events import CycleStarted, PieceWritten, PredictionCorrected
from tejido.improvement.models import Correction, Cycle, Participant, Stage, StageMove
from tejido.improvement.services.holding import check_seen, held_open, touched
from tejido.improvement.values import Plan

PLANNED = ("title", "idea", "what", "where", "who", "due_on", "measure", "prediction", "school", "depth")


@transaction.atomic
def start_cycle(
    community: Community,
    plan: Plan,
    *,
    actor: User,
    after: Cycle | None = None,
    diagnostic: bool = False,
) -> Cycle:
    """Begin a cycle; whoever begins it leads it. Its number is the next of the community, the diagnostic stage is 0.

    after: the cycle of the same community that it goes on from; its idea is taken over where the plan names none.
    Raises: NotAllowed; Refusal("no_title", "has_cycle_0", "elsewhere"). Announces CycleStarted.
    """
    community = Community.objects.select_for_update().get(pk=community.pk)  # one number each, two at once
    require(actor, "improvement.begin", community)
    if after is not None and after.community_id != community.pk:
        raise Refusal("elsewhere", _("A cycle goes on from one of the same community."))
    cycle = Cycle(community=community, number=_next_number(community, diagnostic), after=after)
    _fill(cycle, plan)
    if after is not None:
        cycle.idea = cycle.idea or after.idea
        cycle.school_id = cycle.school_id or after.school_id
    cycle.save()
    StageMove.objects.create(cycle=cycle, stage=Stage.PLAN, by=actor)
    own = Person.objects.filter(user_id=actor.pk).first()
    if own is not None:
        Participant.objects.create(cycle=cycle, person=own, leads=True)
    announce(CycleStarted(community.pk, cycle.pk, after.pk if after else None), actor=actor)
    return cycle


def _next_number(community: Community, diagnostic: bool) -> int:
    numbers = Cycle.objects.filter(community=community)
    if diagnostic:
        if numbers.filter(number=0).exists():
            raise Refusal(
                "has_cycle_0", _("This community has its diagnostic stage already. Open it and go on there.")
            )
        return 0
    return (numbers.aggregate(last=Max("number"))["last"] or 0) + 1


def _fill(cycle: Cycle, plan: Plan) -> None:
    for name in PLANNED:
        value = getattr(plan, name)
        setattr(cycle, name, value.strip() if isinstance(value, str) else value)
    if not cycle.title:
        raise Refusal("no_title", _("Give the cycle a name by which you find it again."))


@transaction.atomic
def write_plan(cycle: Cycle, plan: Plan, *, seen: int, actor: User) -> Cycle:
    """Write the plan anew. Once doing has begun the prediction, and what it is measured by, stay as they are.

    seen: the edition that the writer had read.
    Raises: NotAllowed; Refusal("closed", "changed_meanwhile", "prediction_locked", "no_title"). Announces PieceWritten.
    """
    row = held_open(cycle, actor)
    check_seen(row, seen)
    locked = row.stage != Stage.PLAN
    if locked and (plan.prediction.strip(), plan.measure.strip()) != (row.prediction, row.measure):
        raise Refusal(
            "prediction_locked",
            _(
                "The prediction, and how it is seen, were fixed when doing began, so that you can learn from the difference. "
                "If it was written wrongly, add a correction: both stay visible."
            ),
        )
    _fill(row, plan)
    row.edition += 1
    touched(row, *PLANNED, "edition")
    announce(PieceWritten(row.community_id, row.pk, "plan"), actor=actor)
    return row


@transaction.atomic
def correct_prediction(cycle: Cycle, text: str, *, actor: User) -> Correction:
    """Say something of the prediction after doing began; it stands beside the prediction, which stays.

    Raises: NotAllowed; Refusal("closed", "nothing_said", "still_planning"). Announces PredictionCorrected.
    """
    row = held_open(cycle, actor)
    said = " ".join(text.split())[:1000]
    if row.stage == Stage.PLAN:
        raise Refusal("still_planning", _("Doing has not begun: change the prediction itself, in the plan."))
    if not said:
        raise Refusal("nothing_said", _("Write what was wrong about the prediction."))
    correction = Correction.objects.create(cycle=row, text=said, by=actor)
    touched(row)
    announce(PredictionCorrected(row.community_id, row.pk, correction.pk), actor=actor)
    return correction
