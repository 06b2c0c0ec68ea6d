"""Who may do what with a charter. Roles are those of communities."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.charters.models import CharterVersion
from tejido.communities.models import Community, Membership
from tejido.communities.policies import communities_for, has_right, standing
from tejido.foundation.policies import Decision, policy


def _where(actor: User, right: str) -> Q:
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, right)).values("pk"))


def versions_visible_to(actor: User) -> Q:
    """`charters.see`, for lists of CharterVersion: drafts are no secret in the community."""
    return _where(actor, "see")


@policy("charters.see")
def may_see(actor: User, version: CharterVersion) -> Decision:
    if has_right(actor, version.community_id, "see"):
        return Decision(True, "belongs to the community")
    return Decision(False, _("This charter is open to the members of its community."))


@policy("charters.write")
def may_write(actor: User, community: Community) -> Decision:
    """Write drafts, decide on suggestions, adopt, ask to accept, the public page; `communities_for(actor, "run")` for lists."""
    if has_right(actor, community, "run"):
        return Decision(True, "runs the community")
    return Decision(
        False, _("Only the coordination of this community writes its charter. Suggest what is missing.")
    )


def members_may(actor: User) -> Q:
    """`charters.suggest` and `charters.accept`, for lists of CharterVersion: members of the community, or of one in it."""
    if actor.is_system:
        return Q(pk__gt=0)
    held = Membership.objects.filter(standing(actor)).values("community__lineage__ancestor_id")
    return Q(community_id__in=held)


@policy("charters.suggest")
def may_suggest(actor: User, version: CharterVersion) -> Decision:
    """Suggest another wording. Whether it is a draft now is a matter of the deed."""
    if CharterVersion.objects.filter(members_may(actor), pk=version.pk).exists():
        return Decision(True, "belongs to the community")
    return Decision(False, _("Members of this community suggest changes to its charter."))


@policy("charters.accept")
def may_accept(actor: User, version: CharterVersion) -> Decision:
    """As somebody signed in. Who comes with a link of her own is let in by the link."""
    if CharterVersion.objects.filter(members_may(actor), pk=version.pk).exists():
        return Decision(True, "belongs to the community")
    return Decision(False, _("Members of this community accept its charter."))
