"""Who may see how much of what a community's records say.

Whoever sees a community sees its indicators, with small groups taken out. Names are for its team; a researcher
sees the ties, and of the names those who let theirs be published: consent to research promises a pseudonym. Small groups are for those who run it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, has_right
from tejido.foundation.policies import Decision, policy
from tejido.insights.models import AttentionItem


@dataclass(frozen=True, slots=True)
class Eyes:
    """How much of a community's insight one account sees, beyond the indicators that every member sees.

    ties: who is tied to whom (names as the directory allows each). team: everybody of the community by name, and
    what needs attention. small_groups: cells of fewer than five people.
    """

    ties: bool = False
    team: bool = False
    small_groups: bool = False


@policy("insights.see")
def may_see(actor: User, community: Community) -> Decision:
    if has_right(actor, community, "see"):
        return Decision(True, "belongs to the community, one above or one below")
    return Decision(False, _("The insight of this community is open to its members."))


@policy("insights.see_ties")
def may_see_ties(actor: User, community: Community) -> Decision:
    if has_right(actor, community, "understand"):
        return Decision(True, "in the team, or a researcher")
    return Decision(False, _("Who is tied to whom is open to the team of this community."))


@policy("insights.see_small_groups")
def may_see_small_groups(actor: User, community: Community) -> Decision:
    if has_right(actor, community, "run"):
        return Decision(True, "runs the community")
    return Decision(False, _("Groups of fewer than five people are open to the coordination only."))


@policy("insights.attend")
def may_attend(actor: User, community: Community) -> Decision:
    """See and settle attention items."""
    if has_right(actor, community, "record"):
        return Decision(True, "in the team of the community")
    return Decision(False, _("What needs attention is open to the team of this community."))


def attention_visible_to(actor: User) -> Q:
    """`insights.attend`, for lists of AttentionItem."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, "record")).values("pk"))


@policy("insights.attend_item")
def may_attend_item(actor: User, item: AttentionItem) -> Decision:
    return may_attend(actor, item.community)
