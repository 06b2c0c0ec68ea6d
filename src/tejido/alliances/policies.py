"""Who may do what with agreements and with what networks share. Roles are those of communities.

A joining gives nobody a right in the other community: what is shared is read here and nowhere else.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.alliances.models import Agreement, Joining
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, has_right
from tejido.foundation.policies import Decision, policy


def _where(actor: User, right: str) -> Q:
    return Q(community_id__in=Community.objects.filter(communities_for(actor, right)).values("pk"))


@policy("alliances.join")
def may_join(actor: User, community: Community) -> Decision:
    """Ask that the community join a network of networks, choose what it shares, end it. `communities_for` for lists."""
    if has_right(actor, community, "give_roles"):
        return Decision(True, "coordinates the community")
    return Decision(
        False, _("Only coordinators and stewards decide where a community joins and what it shares.")
    )


@policy("alliances.take_in")
def may_take_in(actor: User, community: Community) -> Decision:
    """Invite communities into a network of networks, accept and end."""
    if has_right(actor, community, "give_roles"):
        return Decision(True, "coordinates the network of networks")
    return Decision(
        False, _("Only coordinators and stewards of the network of networks take communities in.")
    )


def joinings_visible_to(actor: User) -> Q:
    """`alliances.see_joining`, for lists of Joining: whoever sees one of the two."""
    if actor.is_system:
        return Q(pk__gt=0)
    seen = Community.objects.filter(communities_for(actor, "see")).values("pk")
    return Q(member_id__in=seen) | Q(upper_id__in=seen)


@policy("alliances.see_joining")
def may_see_joining(actor: User, joining: Joining) -> Decision:
    if Joining.objects.filter(joinings_visible_to(actor), pk=joining.pk).exists():
        return Decision(True, "sees one of the two")
    return Decision(False, _("What two networks have agreed is open to their members."))


def agreements_visible_to(actor: User) -> Q:
    """`alliances.see_agreement`, for lists of Agreement: the team and researchers."""
    return Q(pk__gt=0) if actor.is_system else _where(actor, "understand")


@policy("alliances.see_agreement")
def may_see_agreement(actor: User, agreement: Agreement) -> Decision:
    if Agreement.objects.filter(agreements_visible_to(actor), pk=agreement.pk).exists():
        return Decision(True, "in the team, or a researcher")
    return Decision(False, _("Agreements are open to the team of this community."))


def documents_visible_to(actor: User) -> Q:
    """`alliances.see_documents`, for lists of Agreement: the team."""
    return Q(pk__gt=0) if actor.is_system else _where(actor, "record")


@policy("alliances.see_documents")
def may_see_documents(actor: User, agreement: Agreement) -> Decision:
    if has_right(actor, agreement.community_id, "record"):
        return Decision(True, "in the team")
    return Decision(False, _("The papers of an agreement are open to the team of this community."))


@policy("alliances.agree")
def may_agree(actor: User, community: Community) -> Decision:
    """Write agreements down, change them, record what comes of them."""
    if has_right(actor, community, "run"):
        return Decision(True, "runs the community")
    return Decision(False, _("Only the coordination of this community writes agreements down."))
