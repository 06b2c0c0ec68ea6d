"""Tables written down as they stand; what they talk about, and what came out."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.selectors import rounds_of
from tejido.gatherings.services import record_tables, remove_round
from tejido.seating import selectors
from tejido.seating.events import SeatingConfirmed, TableHarvested, TalkNoted
from tejido.seating.models import SeatingPlan, TableTalk


@transaction.atomic
def confirm(plan: SeatingPlan, *, actor: User) -> int:
    """Write the tables down as the rounds of the gathering, in place of what stood there; members see their tables.

    Returns how many rounds. Raises: NotAllowed; Refusal("nothing_proposed"). Announces SeatingConfirmed, and
    gatherings.tables_recorded for each round. Eight queries a round.
    """
    require(actor, "seating.look_after", plan.gathering)
    SeatingPlan.objects.select_for_update().get(pk=plan.pk)
    rounds = selectors.places_of(plan)
    if not rounds:
        raise Refusal("nothing_proposed", _("There are no tables yet. Have them proposed first."))
    talks = selectors.talks_of(plan)
    for number, at in rounds.items():
        tables: list[list[int]] = [[] for _table in range(max(at.values()))]
        for person, table in at.items():
            tables[table - 1].append(person)
        prompt = talks[number, 0].prompt if (number, 0) in talks else ""
        record_tables(plan.gathering, number, tables, prompt=prompt, actor=actor)
    for shown in rounds_of(plan.gathering):
        if shown.number not in rounds:
            remove_round(plan.gathering, shown.number, actor=actor)
    SeatingPlan.objects.filter(pk=plan.pk).update(confirmed_at=timezone.now())
    announce(SeatingConfirmed(plan.gathering.community_id, plan.gathering_id, len(rounds)), actor=actor)
    return len(rounds)


@transaction.atomic
def note_talks(plan: SeatingPlan, number: int, talks: Mapping[int, tuple[str, str]], *, actor: User) -> None:
    """Write down (prompt, harvest) by table of a round; table 0 is the whole round. Tables not named stay as they are.

    Raises NotAllowed. Announces TalkNoted.
    """
    require(actor, "seating.look_after", plan.gathering)
    for table, (prompt, harvest) in talks.items():
        TableTalk.objects.update_or_create(
            plan=plan, round=number, table=table, defaults={"prompt": prompt, "harvest": harvest}
        )
    announce(TalkNoted(plan.gathering.community_id, plan.gathering_id, number), actor=actor)


@transaction.atomic
def harvest(plan: SeatingPlan, table: int, texts: Mapping[int, str], *, actor: User) -> None:
    """Write down by round what came out of one table; rounds not named stay as they are. Two queries a round.

    Whoever comes by the link of the table is let in by the link, and writes as the system.
    Raises: NotAllowed; Refusal("over"): it is too late. Announces TableHarvested for each round.
    """
    gathering = plan.gathering
    require(actor, "seating.look_after", gathering)
    if not selectors.takes_harvest(gathering):
        raise Refusal("over", _("It is too late to write here. Tell the team of the gathering."))
    for number, text in texts.items():
        TableTalk.objects.update_or_create(plan=plan, round=number, table=table, defaults={"harvest": text})
        announce(TableHarvested(gathering.community_id, gathering.pk, number, table), actor=actor)
