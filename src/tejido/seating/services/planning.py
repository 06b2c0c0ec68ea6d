"""What is wished for, and what must be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering
from tejido.seating.events import SeatingSet
from tejido.seating.models import MOST_TABLES, HostRule, PairRule, SeatingPlan, TableTalk

SETTABLE = frozenset(
    {
        *("who", "rounds", "size", "topic", "reachable", "new_faces"),
        *("district", "school", "sector", "subject", "experience"),
    }
)


@transaction.atomic
def set_up(gathering: Gathering, *, actor: User, **wanted: Any) -> SeatingPlan:
    """Say who is seated, in how many rounds, at what tables, and what counts. A proposal that stands is kept.

    wanted: fields of SeatingPlan (see SETTABLE). Raises NotAllowed. Announces SeatingSet.
    """
    require(actor, "seating.look_after", gathering)
    unknown = set(wanted) - SETTABLE
    if unknown:
        raise TypeError(f"no such settings of a seating: {sorted(unknown)}")
    plan, _made = SeatingPlan.objects.update_or_create(gathering=gathering, defaults=wanted)
    announce(SeatingSet(gathering.community_id, gathering.pk), actor=actor)
    return plan


@transaction.atomic
def add_pair(plan: SeatingPlan, one: Person, other: Person, *, together: bool, actor: User) -> PairRule:
    """These two share a table in every round, or never do. Replaces what was said of the two.

    Raises: NotAllowed; Refusal("same_person"). Announces SeatingSet.
    """
    require(actor, "seating.look_after", plan.gathering)
    if one.pk == other.pk:
        raise Refusal("same_person", _("That is one and the same person. Choose two."))
    first, second = sorted((one, other), key=lambda person: person.pk)
    rule, _made = PairRule.objects.update_or_create(
        plan=plan, one=first, other=second, defaults={"together": together}
    )
    announce(SeatingSet(plan.gathering.community_id, plan.gathering_id), actor=actor)
    return rule


@transaction.atomic
def keep_table(plan: SeatingPlan, person: Person, table: int, *, actor: User) -> HostRule:
    """This person keeps that table in every round: a host, or somebody who needs that place.

    Raises: NotAllowed; Refusal("no_such_table"). Announces SeatingSet.
    """
    require(actor, "seating.look_after", plan.gathering)
    if not 1 <= table <= MOST_TABLES:
        raise Refusal("no_such_table", _("Tables are counted from 1."))
    rule, _made = HostRule.objects.update_or_create(plan=plan, person=person, defaults={"table": table})
    announce(SeatingSet(plan.gathering.community_id, plan.gathering_id), actor=actor)
    return rule


@transaction.atomic
def drop_rules(plan: SeatingPlan, *, pair: int = 0, host: int = 0, actor: User) -> None:
    """Forget a rule for two people, or a kept table. What is not there changes nothing.

    Raises NotAllowed. Announces SeatingSet.
    """
    require(actor, "seating.look_after", plan.gathering)
    plan.pairs.filter(pk=pair).delete()
    plan.hosts.filter(pk=host).delete()
    announce(SeatingSet(plan.gathering.community_id, plan.gathering_id), actor=actor)


@transaction.atomic
def carry_over(source_id: int, gathering_ids: Iterable[int]) -> None:
    """Gatherings planned like another begin with its wishes and the questions of its rounds. No fact of its own.

    Who sits where, the rules for single people and what came out are left behind: others may come. One that has a plan
    already keeps it, so doing it again changes nothing.
    """
    source = SeatingPlan.objects.filter(gathering_id=source_id).first()
    if source is None:
        return
    wanted = {name: getattr(source, name) for name in SETTABLE}
    asked = source.talks.exclude(prompt="").values_list("round", "table", "prompt")
    taken = set(
        SeatingPlan.objects.filter(gathering_id__in=gathering_ids).values_list("gathering_id", flat=True)
    )
    for pk in sorted(set(gathering_ids) - taken):
        plan = SeatingPlan.objects.create(gathering_id=pk, **wanted)
        TableTalk.objects.bulk_create(
            TableTalk(plan=plan, round=number, table=table, prompt=prompt) for number, table, prompt in asked
        )
