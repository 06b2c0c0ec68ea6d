"""Who may see who gets a certificate, and who gives and revokes them. Roles are those of communities."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.certificates.models import Certificate
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, has_right
from tejido.foundation.policies import Decision, policy


@policy("certificates.see")
def may_see(actor: User, community: Community) -> Decision:
    """Who meets the rule, and all certificates of the community."""
    if has_right(actor, community.pk, "record"):
        return Decision(True, "in the team of the community")
    return Decision(False, _("Who gets a certificate is open to the team of this community."))


def _with(actor: User, right: str) -> Any:
    return Community.objects.filter(communities_for(actor, right)).values("pk")


def gatherings_seen_by(actor: User, right: str = "record") -> Q:
    """`certificates.see` (right record) or `certificates.run` (right run), for lists of Gathering."""
    return Q(pk__gt=0) if actor.is_system else Q(community_id__in=_with(actor, right))


@policy("certificates.run")
def may_run(actor: User, community: Community) -> Decision:
    """Say the rule, give certificates, revoke them."""
    if has_right(actor, community.pk, "run"):
        return Decision(True, "runs the community")
    return Decision(
        False, _("Only the coordination of this community gives certificates. Ask the coordinator.")
    )


@policy("certificates.see_one")
def may_see_one(actor: User, certificate: Certificate) -> Decision:
    """One certificate: whose it is, and the team of its community."""
    if certificate.person.user_id is not None and certificate.person.user_id == actor.pk:
        return Decision(True, "her own")
    return may_see(actor, certificate.rule.community)


def seen_by(actor: User) -> Q:
    """`certificates.see_one`, for lists of Certificate. A test asserts that the two agree."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(person__user_id=actor.pk) | Q(rule__community_id__in=_with(actor, "record"))
