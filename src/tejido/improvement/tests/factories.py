"""Cycles at every stage."""

from __future__ import annotations

from datetime import date

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.improvement import services
from tejido.improvement.models import Cycle
from tejido.improvement.values import Plan, Study

READY = Plan(
    title="Reuniones con familias",
    idea="Families choose the day of the meeting",
    what="Ask by voice message which day suits",
    measure="How many families come",
    prediction="Twelve of fifteen come",
    due_on=date(2026, 3, 1),
)


def planned(community: Community, actor: User, plan: Plan = READY) -> Cycle:
    return services.start_cycle(community, plan, actor=actor)


def doing(community: Community, actor: User, plan: Plan = READY) -> Cycle:
    return services.move_to(planned(community, actor, plan), "do", actor=actor)


def studied(community: Community, actor: User, plan: Plan = READY) -> Cycle:
    cycle = services.move_to(doing(community, actor, plan), "study", actor=actor)
    lesson = Study(held="partly", result="Nine came", learnt="Grandmothers come too")
    cycle = services.write_study(cycle, lesson, seen=cycle.edition, actor=actor)
    return services.move_to(cycle, "act", actor=actor)
