"""Who may bring lists, and who sees what was brought: whoever runs the community."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, has_right
from tejido.directory.policies import keeps_the_registers
from tejido.foundation.policies import Decision, policy
from tejido.imports.models import ImportRun

NEEDED = {ImportRun.Kind.ATTENDANCE: "record", ImportRun.Kind.GATHERINGS: "record"}  # everything else: "run"


def runs_visible_to(actor: User) -> Q:
    """`imports.see`, for lists of ImportRun: those of the communities that the actor runs, and the actor's own.

    Lists without a community (registers of schools) are seen by whoever brought them.
    """
    if actor.is_system:
        return Q(pk__gt=0)
    run = Community.objects.filter(communities_for(actor, "run")).values("pk")
    record = Community.objects.filter(communities_for(actor, "record")).values("pk")
    attendance = Q(kind__in=NEEDED, community_id__in=record)
    return Q(community_id__in=run) | attendance | Q(community=None, actor_id=actor.pk)


@policy("imports.bring")
def may_bring(actor: User, subject: tuple[str, Community | None]) -> Decision:
    """subject: the kind of list and the community it is for (None: schools, for the shared register)."""
    kind, community = subject
    if community is None:
        if kind == ImportRun.Kind.SCHOOLS and keeps_the_registers(actor):
            return Decision(True, "keeps the registers")
        return Decision(False, _("Lists of people and attendance are brought into a community. Choose one."))
    if has_right(actor, community, NEEDED.get(ImportRun.Kind(kind), "run")):
        return Decision(True, "runs the community")
    return Decision(False, _("Only the coordination of this community brings lists into it."))


@policy("imports.see")
def may_see(actor: User, run: ImportRun) -> Decision:
    if ImportRun.objects.filter(runs_visible_to(actor), pk=run.pk).exists():
        return Decision(True, "runs the community")
    return Decision(False, _("This import belongs to a community that you do not run."))


@policy("imports.work_on")
def may_work_on(actor: User, run: ImportRun) -> Decision:
    """Correct, decide, apply, stop, undo."""
    return may_see(actor, run)
