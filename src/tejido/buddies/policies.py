"""Who may do what with skills and buddies. Roles are those of communities; what somebody says themselves is let in by their link."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.buddies.models import BuddyRound, Partner, Profile
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, has_right
from tejido.directory.models import Person
from tejido.directory.policies import people_for
from tejido.foundation.policies import Decision, policy


@policy("buddies.see_skills")
def may_see_skills(actor: User, community: Community) -> Decision:
    """How many offer and want what. Who may not see the people reads no number below five."""
    if has_right(actor, community, "see"):
        return Decision(True, "sees the community")
    return Decision(False, _("What people can share is open to the members of this community."))


@policy("buddies.seek_help")
def may_seek_help(actor: User, community: Community) -> Decision:
    """Look for somebody who can help: those who see the people of the community."""
    if has_right(actor, community, "see_people"):
        return Decision(True, "sees its people")
    return Decision(False, _("The list of people is open to members of this community."))


@policy("buddies.run")
def may_run(actor: User, community: Community) -> Decision:
    """Ask for skills, decide on topics, bring buddies together."""
    if has_right(actor, community, "run"):
        return Decision(True, "runs the community")
    return Decision(
        False, _("Only the coordination of this community brings buddies together. Ask the coordinator.")
    )


def rounds_run_by(actor: User) -> Q:
    """`buddies.manage`, for lists of BuddyRound."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, "run")).values("pk"))


@policy("buddies.manage")
def may_manage(actor: User, wave: BuddyRound) -> Decision:
    """Look at the proposals of a round, change and send them."""
    if BuddyRound.objects.filter(rounds_run_by(actor), pk=wave.pk).exists():
        return Decision(True, "runs the community")
    return Decision(False, _("Only the coordination of this community sees who is proposed to whom."))


def mine(actor: User) -> Q:
    """`buddies.answer`, for lists of Partner: one's own."""
    return Q(pk__gt=0) if actor.is_system else Q(person__user_id=actor.pk)


@policy("buddies.answer")
def may_answer(actor: User, partner: Partner) -> Decision:
    """As somebody signed in. Who comes with a link of her own is let in by the link."""
    if Partner.objects.filter(mine(actor), pk=partner.pk).exists():
        return Decision(True, "one of the pair")
    return Decision(False, _("Only the two answer for themselves."))


def findable_by(actor: User) -> Q:
    """Whose skills the actor reads by name: who agreed to it, and whose details the actor keeps. A `Q` on Person."""
    if actor.is_system:
        return Q(pk__gt=0)
    agreed = Profile.objects.filter(findable=True).values("person_id")
    kept = Person.objects.filter(people_for(actor, "edit")).values("pk")
    return Q(pk__in=agreed) | Q(pk__in=kept)
