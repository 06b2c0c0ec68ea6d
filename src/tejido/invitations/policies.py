"""Who may ask for answers, see them, and answer. Roles are those of communities."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, communities_with, has_right
from tejido.directory.models import Person
from tejido.foundation.policies import Decision, policy
from tejido.foundation.reach import NOBODY, within_reach
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import invited_to
from tejido.invitations.models import Reply
from tejido.invitations.values import Place


@policy("invitations.look_after")
def may_look_after(actor: User, gathering: Gathering) -> Decision:
    """Ask for answers, see them, type them in, choose whom and where."""
    if has_right(actor, gathering.community_id, "record"):
        return Decision(True, "in the team of the community")
    return Decision(
        False,
        _("Who comes, and what people need, is open to the team of this community. Ask the coordinator."),
    )


def looked_after_by(actor: User) -> Q:
    """`invitations.look_after`, for lists of Gathering. A test asserts that the two agree."""
    if actor.is_system:
        return Q(pk__gt=0)
    return Q(community_id__in=Community.objects.filter(communities_for(actor, "record")).values("pk"))


@policy("invitations.answer")
def may_answer(actor: User, place: Place) -> Decision:
    """Whoever is invited, for themselves, and the team for everybody who is. Who comes by a link is let in by the link."""
    if not is_expected(place):
        return Decision(False, _("This person is not invited to the gathering."))
    if place.person.user_id is not None and place.person.user_id == actor.pk:
        return Decision(True, "their own answer")
    return may_look_after(actor, place.gathering)


def is_expected(place: Place) -> bool:
    """Whether the person is invited, or comes instead of somebody who is. Two queries."""
    if invited_to(place.gathering).filter(pk=place.person.pk).exists():
        return True
    instead = within_reach("gatherings.sheet", place.gathering, "come")
    return Person.objects.filter(instead, pk=place.person.pk).exists()


def who_stands_in(gathering: Gathering, verb: str) -> Q:
    """Who comes instead of somebody stands on the sheet of that gathering. A `Q` on Person."""
    if verb != "come":
        return NOBODY
    named: Any = Reply.objects.filter(substitute_id=OuterRef("pk"), gathering=gathering)
    return Q(Exists(named))


def people_in_reach(actor: User, verb: str) -> Q:
    """Who comes instead of somebody is seen and reached by the team that expects them. A `Q` on Person."""
    if verb not in {"see", "contact"}:
        return NOBODY
    named: Any = Reply.objects.filter(
        substitute_id=OuterRef("pk"), gathering__community_id__in=communities_with(actor, "record")
    )
    return Q(Exists(named))
