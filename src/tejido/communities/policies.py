"""Who may do what in a community. Roles hold in the community where they are given and in all below.

The table RIGHTS is the whole of it; `communities_for` answers for lists from the same table.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community, Lineage, Membership, RecordedTie, Role, SteeringSeat
from tejido.directory.models import Consent, Purpose
from tejido.foundation.policies import Decision, policy

ALL = frozenset(Role.values)
TEAM = frozenset({Role.NODE_LEADER, Role.COORDINATOR, Role.FACILITATOR, Role.STEWARD})
RUNNERS = frozenset({Role.NODE_LEADER, Role.COORDINATOR, Role.STEWARD})

RIGHTS: dict[str, frozenset[str]] = {
    "see": ALL,
    "see_people": ALL - {Role.RESEARCHER},  # a researcher sees those who let their name be published
    "contact": TEAM,
    "edit": RUNNERS,
    "record": TEAM,  # attendance, tables, notes
    "understand": TEAM | {Role.RESEARCHER},  # insight with its breakdowns, not suppressed for RUNNERS
    "run": RUNNERS,
    "merge": frozenset({Role.COORDINATOR, Role.STEWARD}),
    "found_below": frozenset({Role.COORDINATOR, Role.STEWARD}),
    "give_roles": frozenset({Role.COORDINATOR, Role.STEWARD}),
}


def standing(actor: User) -> Q:
    """Memberships of the actor that hold today. A `Q` on Membership."""
    return Q(person__user_id=actor.pk) & holding()


def holding() -> Q:
    """Memberships that hold today, whosoever. A `Q` on Membership."""
    today = timezone.localdate()
    return Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))


def communities_with(actor: User, right: str) -> QuerySet[Lineage, Any]:
    """Ids of the communities in which the actor has `right`, as a subquery. No query by itself."""
    held = Membership.objects.filter(standing(actor), role__in=RIGHTS[right]).values("community_id")
    return Lineage.objects.filter(ancestor_id__in=held).values_list("community_id", flat=True)


def communities_for(actor: User, right: str = "see") -> Q:
    """The list twin of every verb here. A `Q` on Community.

    Seeing reaches upward too: whoever belongs to a node sees the network it belongs to.
    """
    if actor.is_system:
        return Q(pk__gt=0)
    down = Q(pk__in=communities_with(actor, right))
    if right != "see":
        return down
    held = Membership.objects.filter(standing(actor)).values("community_id")
    return down | Q(pk__in=Lineage.objects.filter(community_id__in=held).values("ancestor_id"))


def visible_to(actor: User) -> Q:
    """`communities.see`, for lists of Community."""
    return communities_for(actor, "see")


def rights_in(actor: User, community: Community) -> frozenset[str]:
    """All rights that the actor has in the community, for pages that show only what works. One query.

    "see" stands here only for those who belong to it or above; `visible_to` reaches upward too.
    """
    if actor.is_system:
        return frozenset(RIGHTS)
    above = Lineage.objects.filter(community=community).values("ancestor_id")
    held = Membership.objects.filter(standing(actor), community_id__in=above)
    return rights_of(held.values_list("role", flat=True))


def rights_of(roles: Iterable[str]) -> frozenset[str]:
    """What these roles together give. No query."""
    held = set(roles)
    return frozenset(right for right, given in RIGHTS.items() if held & given)


def has_right(actor: User, community: Community | int, right: str) -> bool:
    """Whether the actor has `right` in the community. One query."""
    pk = community if isinstance(community, int) else community.pk
    return actor.is_system or Community.objects.filter(communities_for(actor, right), pk=pk).exists()


def _decide(actor: User, community: Community, right: str, no: str) -> Decision:
    return Decision(True, right) if has_right(actor, community, right) else Decision(False, no)


@policy("communities.see")
def may_see(actor: User, community: Community) -> Decision:
    return _decide(actor, community, "see", _("This community is open to its members."))


@policy("communities.see_people")
def may_see_people(actor: User, community: Community) -> Decision:
    return _decide(
        actor, community, "see_people", _("The list of people is open to members of this community.")
    )


@policy("communities.run")
def may_run(actor: User, community: Community) -> Decision:
    return _decide(
        actor, community, "run", _("Only its coordination can do this. Ask the coordinator of the community.")
    )


@policy("communities.close")
def may_close(actor: User, community: Community) -> Decision:
    """Closing a community, and opening it again."""
    return _decide(
        actor,
        community,
        "found_below",
        _("Only coordinators and stewards close a community or open it again."),
    )


@policy("communities.move")
def may_move(actor: User, community: Community) -> Decision:
    """Taking a community out of its place: for those who answer for that place, not for the community alone."""
    return _decide(
        actor,
        community.parent or community,
        "found_below",
        _("Only coordinators and stewards of the community above move this one elsewhere."),
    )


@policy("communities.give_roles")
def may_give_roles(actor: User, community: Community) -> Decision:
    return _decide(actor, community, "give_roles", _("Only coordinators and stewards give and end roles."))


@policy("communities.keep_organisations")
def may_keep_organisations(actor: User, community: Community) -> Decision:
    """Which organisations belong, and who represents them; `communities_for(actor, "give_roles")` for lists."""
    return _decide(
        actor,
        community,
        "give_roles",
        _("Only coordinators and stewards say which organisations belong and who represents them."),
    )


@policy("communities.understand")
def may_understand(actor: User, community: Community) -> Decision:
    return _decide(
        actor, community, "understand", _("The insight page is open to the team of this community.")
    )


@policy("communities.record")
def may_record(actor: User, community: Community) -> Decision:
    return _decide(actor, community, "record", _("Only the team of this community can record this."))


@policy("communities.record_ties")
def may_record_ties(actor: User, community: Community) -> Decision:
    """Bringing a list of ties, and taking it back."""
    return _decide(
        actor, community, "run", _("Only its coordination writes down who is tied to whom. Ask for it.")
    )


def ties_visible_to(actor: User) -> Q:
    """`communities.see_tie`, for lists of RecordedTie: the team and researchers, and whoever it is about."""
    if actor.is_system:
        return Q(pk__gt=0)
    # Who was named by somebody who was asked is not told by whom.
    own = Q(source__user_id=actor.pk) | Q(target__user_id=actor.pk, asked_in=None)
    return own | Q(community_id__in=communities_with(actor, "understand"))


@policy("communities.see_tie")
def may_see_tie(actor: User, tie: RecordedTie) -> Decision:
    if RecordedTie.objects.filter(ties_visible_to(actor), pk=tie.pk).exists():
        return Decision(True, "in the team, a researcher, or one of the two")
    return Decision(False, _("Who is tied to whom is open to the team of this community."))


@policy("communities.found")
def may_found(actor: User, parent: Community | None) -> Decision:
    """A network of its own (parent None) or a community below one."""
    if parent is None:
        if actor.is_superuser:
            return Decision(True, "steward of the installation")
        return Decision(
            False, _("Only the stewards of this installation found new networks. Ask them for yours.")
        )
    return _decide(
        actor, parent, "found_below", _("Only coordinators and stewards open communities inside this one.")
    )


def memberships_for(actor: User, verb: str) -> Q:
    """Memberships whose pauses ("pause") or list to hand over ("hand_over") the actor looks after. A `Q` on Membership.

    One's own, and those to which the actor could give and end the role.
    """
    if actor.is_system:
        return Q(pk__gt=0)
    above_member = Q(community_id__in=communities_with(actor, "give_roles"))
    plain = Q(community_id__in=communities_with(actor, "run"), role=Role.MEMBER)
    return Q(person__user_id=actor.pk) | above_member | plain


def _look_after(actor: User, membership: Membership, no: str) -> Decision:
    found = Membership.objects.filter(memberships_for(actor, "pause"), pk=membership.pk).exists()
    return Decision(True, "one's own, or gives that role") if found else Decision(False, no)


@policy("communities.pause")
def may_pause(actor: User, membership: Membership) -> Decision:
    """Noting a pause and its end."""
    return _look_after(actor, membership, _("Only the person and those who run the community note a pause."))


@policy("communities.hand_over")
def may_hand_over(actor: User, membership: Membership) -> Decision:
    """The list of what hangs on the holder of a role."""
    return _look_after(
        actor, membership, _("This list is open to whoever holds the role and to those who give roles.")
    )


def seats_filled_by(actor: User) -> Q:
    """`communities.fill_seat`, for lists of SteeringSeat: whoever runs the node, or the steering node for seats outside."""
    if actor.is_system:
        return Q(pk__gt=0)
    run = communities_with(actor, "run")
    return Q(node_id__in=run) | Q(node=None, steering_id__in=communities_with(actor, "give_roles"))


@policy("communities.fill_seat")
def may_fill_seat(actor: User, seat: SteeringSeat) -> Decision:
    if SteeringSeat.objects.filter(seats_filled_by(actor), pk=seat.pk).exists():
        return Decision(True, "runs the node")
    return Decision(False, _("Only those who run the node say who sits for it."))


# What other floors ask through foundation.reach ------------------------------------------------


def people_in_reach(actor: User, verb: str) -> Q:
    """People of the actor's communities. A `Q` on Person; verbs: see, contact, edit, merge, beyond, run, accompany.

    beyond: who belongs to a community, or holds a role in one, in which the actor could not put them.
    """
    if verb in {"run", "accompany"}:  # is the actor somebody who runs a community, or is in a team?
        roles = RIGHTS["run"] if verb == "run" else TEAM
        return Q(pk__in=Membership.objects.filter(standing(actor), role__in=roles).values("person_id"))
    if verb == "beyond":
        mine = Q(role=Role.MEMBER, community_id__in=communities_with(actor, "run"))
        mine |= Q(community_id__in=communities_with(actor, "give_roles"))
        today = timezone.localdate()
        open_ones = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today))
        return Q(pk__in=open_ones.exclude(mine).values("person_id"))
    right = {"see": "see_people"}.get(verb, verb)
    reach = Q(
        pk__in=Membership.objects.filter(community_id__in=communities_with(actor, right)).values("person_id")
    )
    consented = Consent.objects.filter(person_id=OuterRef("pk"), is_current=True, given=True)
    reach |= _tied_in_lists(actor, {"see": "record"}.get(verb, verb))
    if verb == "see":
        researched = Membership.objects.filter(
            community_id__in=Lineage.objects.filter(
                ancestor_id__in=Membership.objects.filter(standing(actor), role=Role.RESEARCHER).values(
                    "community_id"
                )
            ).values("community_id")
        ).values("person_id")
        reach |= Q(pk__in=researched) & Q(Exists(consented.filter(purpose=Purpose.PUBLICATION)))
        reach |= Q(pk__in=_teams_above(actor))
    if verb == "contact":  # fellow members, where the person said so
        fellows = Membership.objects.filter(community_id__in=communities_with(actor, "see_people")).values(
            "person_id"
        )
        reach |= Q(pk__in=fellows) & Q(Exists(consented.filter(purpose=Purpose.CONTACT)))
    return reach


def _tied_in_lists(actor: User, right: str) -> Q:
    """People who are no members but stand in a list of ties of a community of the actor's. A `Q` on Person."""
    inside: Any = RecordedTie.objects.filter(community_id__in=communities_with(actor, right))
    return Q(Exists(inside.filter(source_id=OuterRef("pk")))) | Q(
        Exists(inside.filter(target_id=OuterRef("pk")))
    )


def _teams_above(actor: User) -> QuerySet[Membership, Any]:
    """Who runs and accompanies the communities that the actor belongs to, and those above: nobody's secret."""
    held = Membership.objects.filter(standing(actor)).values("community_id")
    above = Lineage.objects.filter(community_id__in=held).values("ancestor_id")
    today = timezone.localdate()
    now = Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))
    return Membership.objects.filter(now, role__in=TEAM, community_id__in=above).values("person_id")


def registers_in_reach(actor: User, verb: str) -> Q:
    """Schools and organisations are public registers: whoever belongs to a community sees them. A `Q` on either."""
    belongs = Membership.objects.filter(standing(actor))
    return Q(Exists(belongs)) if verb == "see" else Q(pk__in=[])


def messages_in_reach(actor: User, verb: str) -> Q:
    """Messages that communities run by the actor wrote. A `Q` on rows with a `community_id`."""
    return Q(community_id__in=communities_with(actor, "run"))


def journal_in_reach(actor: User, verb: str) -> Q:
    """Facts of communities that the actor may see. A `Q` on JournalEntry; those of no community are not meant."""
    return Q(community_id__in=Community.objects.filter(visible_to(actor)).values("pk"))
