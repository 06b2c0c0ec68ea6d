"""Who may do what with a call and with what came in. Roles are those of communities; reviewers are named for each call.

Applicants come by a link of their own and are let in by it, to their own application only.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.calls.models import Application, Assignment, Conflict, OpenCall, Reviewer
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, has_right
from tejido.foundation.policies import Decision, policy


def managed_by(actor: User) -> Q:
    """`calls.manage`, for lists of OpenCall."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, "run")).values("pk"))


def calls_visible_to(actor: User) -> Q:
    """`calls.see`, for lists of OpenCall: published ones for the community, drafts for who runs it, and reviewers theirs."""
    if actor.is_system:
        return Q(pk__gt=0)
    seen = Q(community_id__in=Community.objects.filter(communities_for(actor, "see")).values("pk"))
    mine = Q(pk__in=Reviewer.objects.filter(user_id=actor.pk).values("call_id"))
    return (seen & ~Q(state=OpenCall.State.DRAFT)) | managed_by(actor) | mine


@policy("calls.see")
def may_see(actor: User, call: OpenCall) -> Decision:
    """What the call says and where it stands; nothing of who applied."""
    if OpenCall.objects.filter(calls_visible_to(actor), pk=call.pk).exists():
        return Decision(True, "belongs to the community, or reads its applications")
    return Decision(False, _("This page is open to the members of the community."))


@policy("calls.make")
def may_make(actor: User, community: Community) -> Decision:
    """Make a call of this community."""
    if has_right(actor, community, "run"):
        return Decision(True, "runs the community")
    return Decision(False, _("Only the coordination of this community makes a call. Ask the coordinator."))


@policy("calls.manage")
def may_manage(actor: User, call: OpenCall) -> Decision:
    """Publish and close it, name reviewers, read everything that came in, choose."""
    return may_make(actor, call.community)


def own(actor: User) -> Q:
    """Applications of the actor's own. A `Q` on Application."""
    mine = Q(user_id=actor.pk) | Q(person__user_id=actor.pk)
    return mine | Q(email=actor.email.lower()) if actor.email else mine


def reviewable_by(actor: User) -> Q:
    """`calls.review`, for lists of Application: those a reviewer may read and score.

    Not her own, not one with a conflict, and where they were shared out only those that were given to her.
    """
    if actor.is_system:
        return Q(pk__gt=0)
    reads = Reviewer.objects.filter(user_id=actor.pk, call_id=OuterRef("call_id"))
    given = Assignment.objects.filter(reviewer__user_id=actor.pk, application_id=OuterRef("pk"))
    conflict = Conflict.objects.filter(reviewer__user_id=actor.pk, application_id=OuterRef("pk"))
    alive = ~Q(state=Application.State.WITHDRAWN) & Q(forgotten_at=None)
    shared = Q(call__shared_out=False) | Q(Exists(given))
    return alive & Q(Exists(reads)) & shared & ~Q(Exists(conflict)) & ~_own_keys(actor)


def _own_keys(actor: User) -> Q:
    """As `own`, by keys: a negated join would pass over empty columns."""
    return Q(pk__in=Application.objects.filter(own(actor)).values("pk"))


@policy("calls.review")
def may_review(actor: User, application: Application) -> Decision:
    if Application.objects.filter(reviewable_by(actor), pk=application.pk).exists():
        return Decision(True, "was named to read it, and nothing stands against it")
    return Decision(
        False,
        _("This application is not yours to score: you were not named for it, or there is a conflict."),
    )


def choosable_by(actor: User) -> Q:
    """`calls.choose`, for lists of Application: those of calls that the actor manages, not her own, not against a conflict."""
    if actor.is_system:
        return Q(pk__gt=0)
    managed = OpenCall.objects.filter(managed_by(actor)).values("pk")
    conflict = Conflict.objects.filter(reviewer__user_id=actor.pk, application_id=OuterRef("pk"))
    return Q(call_id__in=managed) & ~Q(Exists(conflict)) & ~_own_keys(actor)


@policy("calls.choose")
def may_choose(actor: User, application: Application) -> Decision:
    """Read who it is, decide about it, take her in."""
    if Application.objects.filter(choosable_by(actor), pk=application.pk).exists():
        return Decision(True, "runs the community, and nothing stands against it")
    return Decision(
        False, _("Somebody else of the coordination decides here: it is your own, or there is a conflict.")
    )


def readable_by(actor: User) -> Q:
    """`calls.read`, for lists of Application."""
    return choosable_by(actor) | reviewable_by(actor)


@policy("calls.read")
def may_read(actor: User, application: Application) -> Decision:
    """The application itself; whether with its name is a matter of `names_shown`."""
    if Application.objects.filter(readable_by(actor), pk=application.pk).exists():
        return Decision(True, "chooses or reviews")
    return Decision(False, _("Who applied, and with what, is read by those who choose."))


def is_reviewer(actor: User, call: OpenCall) -> bool:
    """Whether the actor was named to read this call's applications. One query."""
    return Reviewer.objects.filter(call=call, user_id=actor.pk).exists()
