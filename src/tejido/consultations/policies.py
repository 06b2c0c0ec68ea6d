"""Who may do what when a community decides. Roles are those of communities; who votes was fixed when the vote opened."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community, Membership
from tejido.communities.policies import communities_for, has_right, standing
from tejido.consultations.models import Consultation, Voter
from tejido.foundation.policies import Decision, policy


def consultations_visible_to(actor: User) -> Q:
    """`consultations.see`, for lists of Consultation: whoever sees the community, and whoever may vote in it."""
    if actor.is_system:
        return Q(pk__gt=0)
    seen = Q(community_id__in=Community.objects.filter(communities_for(actor, "see")).values("pk"))
    return seen | Q(pk__in=Voter.objects.filter(person__user_id=actor.pk).values("consultation_id"))


@policy("consultations.see")
def may_see(actor: User, consultation: Consultation) -> Decision:
    """The question, its proposals, and, after the closing, the count."""
    if Consultation.objects.filter(consultations_visible_to(actor), pk=consultation.pk).exists():
        return Decision(True, "belongs to the community, or may vote")
    return Decision(False, _("This consultation is open to the members of its community."))


@policy("consultations.ask")
def may_ask(actor: User, community: Community) -> Decision:
    """Put a question to the community."""
    if has_right(actor, community, "run"):
        return Decision(True, "runs the community")
    return Decision(
        False, _("Only the coordination of this community opens a consultation. Ask the coordinator.")
    )


def managed_by(actor: User) -> Q:
    """`consultations.manage`, for lists of Consultation."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, "run")).values("pk"))


@policy("consultations.manage")
def may_manage(actor: User, consultation: Consultation) -> Decision:
    """Merge proposals, open and close the vote, type in papers, carry out the outcome."""
    return may_ask(actor, consultation.community)


def proposable_by(actor: User) -> Q:
    """`consultations.propose`, for lists of Consultation: members while proposals are collected, and who runs it."""
    if actor.is_system:
        return Q(pk__gt=0)
    member = Membership.objects.filter(standing(actor)).values("community__lineage__ancestor_id")
    return managed_by(actor) | Q(members_propose=True, community_id__in=member)


@policy("consultations.propose")
def may_propose(actor: User, consultation: Consultation) -> Decision:
    """Add a proposal. Whether proposals are collected now is a matter of the deed."""
    if Consultation.objects.filter(proposable_by(actor), pk=consultation.pk).exists():
        return Decision(True, "a member, or runs the community")
    return Decision(False, _("Here the coordination writes down the proposals. Tell them yours."))


def votable_by(actor: User) -> Q:
    """`consultations.vote`, for lists of Consultation: those who stood on the list when the vote opened."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(pk__in=Voter.objects.filter(person__user_id=actor.pk).values("consultation_id"))


@policy("consultations.vote")
def may_vote(actor: User, consultation: Consultation) -> Decision:
    """As somebody signed in. Who comes with a link of her own is let in by the link."""
    if Consultation.objects.filter(votable_by(actor), pk=consultation.pk).exists():
        return Decision(True, "was on the list when the vote opened")
    return Decision(
        False,
        _(
            "Who may vote was fixed when the vote opened, and you were not on the list. Ask whoever opened it."
        ),
    )
