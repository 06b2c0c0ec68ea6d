"""Who may make and read reports."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, has_right
from tejido.foundation.policies import Decision, policy
from tejido.reports.models import Report


@policy("reports.make")
def may_make(actor: User, community: Community) -> Decision:
    if has_right(actor, community, "understand"):
        return Decision(True, "in the team, or a researcher")
    return Decision(
        False, _("Only the team of this community makes its reports. Ask the coordinator for one.")
    )


@policy("reports.make_for_team")
def may_make_for_team(actor: User, community: Community) -> Decision:
    """Small groups are shown to those who run the community, and to nobody else."""
    if has_right(actor, community, "run"):
        return Decision(True, "runs the community")
    return Decision(False, _("Only the coordination makes reports in which small groups are shown."))


@policy("reports.see")
def may_see(actor: User, report: Report) -> Decision:
    right = "run" if report.audience == Report.Audience.TEAM else "understand"
    if has_right(actor, report.community_id, right):
        return Decision(True, right)
    return Decision(False, _("This report is for the team of its community."))


@policy("reports.discard")
def may_discard(actor: User, report: Report) -> Decision:
    if has_right(actor, report.community_id, "run"):
        return Decision(True, "runs the community")
    if report.made_by_id == actor.pk and may_see(actor, report):
        return Decision(True, "made it")
    return Decision(False, _("Only who made a report, and who runs the community, throws it away."))


def visible_to(actor: User) -> Q:
    """`reports.see`, for lists of Report. A test asserts that the two agree."""
    if actor.is_system:
        return Q(pk__gt=0)

    def where(right: str) -> Q:
        return Q(community_id__in=Community.objects.filter(communities_for(actor, right)).values("pk"))

    return where("run") | (where("understand") & ~Q(audience=Report.Audience.TEAM))
