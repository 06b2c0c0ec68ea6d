"""Who may do what about heads of schools. Roles are those of communities; a head sees her own school, and no other."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import communities_with, has_right
from tejido.directory.models import Post
from tejido.foundation.policies import Decision, policy
from tejido.foundation.reach import NOBODY
from tejido.gatherings.models import Gathering
from tejido.school_leaders.models import SchoolCommitment, Substitution

LEADS = (Post.Function.SENIOR_LEADER, Post.Function.MIDDLE_LEADER)


def leading_posts(day: date | None = None) -> QuerySet[Post]:
    """Posts in which somebody leads a school today. No query by itself."""
    today = day or timezone.localdate()
    return Post.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), function__in=LEADS, person__merged_into=None
    )


def still_leads() -> Exists:
    """Whether the head of a commitment or invitation leads that school today: nobody else's link opens anything."""
    return Exists(leading_posts().filter(person_id=OuterRef("head_id"), school_id=OuterRef("school_id")))


def led_by(actor: User) -> Q:
    """`school_leaders.lead`, for lists of SchoolCommitment: the schools for which the actor was asked and which she leads."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(still_leads(), is_current=True, head__user_id=actor.pk)


@policy("school_leaders.lead")
def may_lead(actor: User, commitment: SchoolCommitment) -> Decision:
    """See her school, answer for it, send somebody in her place. Who comes with a link of her own is let in by the link."""
    if SchoolCommitment.objects.filter(led_by(actor), pk=commitment.pk).exists():
        return Decision(True, "leads the school and was asked")
    return Decision(False, _("Only the head of the school sees this. Ask the coordination of the community."))


@policy("school_leaders.see")
def may_see(actor: User, community: Community) -> Decision:
    """Which schools have a head who stands behind them: for the team."""
    if has_right(actor, community, "record"):
        return Decision(True, "in the team of the community")
    return Decision(False, _("How schools stand is open to the team of this community."))


@policy("school_leaders.look_after")
def may_look_after(actor: User, community: Community) -> Decision:
    """Invite heads, write down what they answer, note whether it was kept."""
    if has_right(actor, community, "run"):
        return Decision(True, "runs the community")
    return Decision(False, _("Only the coordination of this community invites heads. Ask the coordinator."))


def looked_after_by(actor: User) -> Q:
    """`school_leaders.look_after`, for lists of SchoolCommitment."""
    return Q(pk__gt=0) if actor.is_system else Q(community_id__in=communities_with(actor, "run"))


@policy("school_leaders.answer")
def may_answer(actor: User, commitment: SchoolCommitment) -> Decision:
    """The head herself, or whoever runs the community and writes down what she said."""
    if has_right(actor, commitment.community_id, "run") or may_lead(actor, commitment):
        return Decision(True, "the head, or runs the community")
    return Decision(False, _("Only the head of the school answers, or the coordination writes it down."))


def people_in_reach(actor: User, verb: str) -> Q:
    """Heads whom the actor's communities asked are seen by those who run these, who also reach them; whom a head sends in her
    place, by the team of that gathering. A `Q` on Person."""
    if verb not in {"see", "contact"}:
        return NOBODY
    asked: Any = SchoolCommitment.objects.filter(community_id__in=communities_with(actor, "run"))
    sent: Any = Substitution.objects.filter(gathering__community_id__in=communities_with(actor, "record"))
    return Q(Exists(asked.filter(head_id=OuterRef("pk")))) | Q(
        Exists(sent.filter(substitute_id=OuterRef("pk")))
    )


def who_stands_in(gathering: Gathering, verb: str) -> Q:
    """Whom a head sends to a gathering in her place stands on its sheet. A `Q` on Person."""
    if verb != "come":
        return NOBODY
    sent: Any = Substitution.objects.filter(substitute_id=OuterRef("pk"), gathering=gathering)
    return Q(Exists(sent))
