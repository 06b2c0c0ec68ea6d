"""Seats of steering nodes: one for each node of the network, kept true by the deeds that change nodes and their leaders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.events import OutsideSeatGiven, OutsideSeatTaken, SeatNamed, SeatsFollowed
from tejido.communities.models import Community, Membership, Role, SteeringSeat
from tejido.communities.selectors.standing import SETTLED
from tejido.directory.models import Organisation, Person
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require

Kind = Community.Kind


@transaction.atomic
def keep_seats(about: Iterable[int], *, actor: User) -> None:
    """Bring the seats up to date after a deed on these communities (ids): nodes, their network, a steering node.

    A node that is founded gets its seat, one that closes or moves away loses it, and a seat goes to the node's leader,
    or to whom the node named as long as they belong to it. Whoever gets a seat belongs to the steering node while they
    hold it. Twice in a row changes nothing. One query where no steering node is near. Announces SeatsFollowed where
    anything differs, for each steering node.
    """
    ids = list(about)
    near = Q(pk__in=ids) | Q(parent_id__in=ids)
    near |= Q(parent_id__in=Community.objects.filter(pk__in=ids, kind=Kind.NODE).values("parent_id"))
    near |= Q(seats__node_id__in=ids)
    found = Community.objects.filter(near, _open_today(), kind=Kind.STEERING_NODE).values("pk")
    for steering in Community.objects.select_for_update().filter(pk__in=found).order_by("pk"):
        changed = _follow(steering)
        if changed:
            announce(SeatsFollowed(steering.pk, changed), actor=actor)


def follow_the_day() -> None:
    """What a day brings without a deed: a leader who begins or ends today. For the tick; twice changes nothing."""
    from tejido.accounts.services import system_account

    steering = Community.objects.filter(_open_today(), kind=Kind.STEERING_NODE)
    keep_seats(steering.values_list("pk", flat=True), actor=system_account())


def _open_today() -> Q:
    return Q(ends_on=None) | Q(ends_on__gt=timezone.localdate())


def _follow(steering: Community) -> list[int]:
    """Make the seats of one steering node true. Returns the nodes and organisations (as seat ids) that changed."""
    nodes = (
        set(
            Community.objects.filter(_open_today(), parent=steering.parent_id, kind=Kind.NODE).values_list(
                "pk", flat=True
            )
        )
        if steering.parent_id
        else set()
    )
    seats = {one.node_id: one for one in steering.seats.exclude(node=None).select_related("membership")}
    changed = []
    for node_id in sorted(seats.keys() - nodes, key=str):
        gone = seats.pop(node_id)
        _leave(gone)
        changed.append(gone.pk)
        gone.delete()
    for node_id in sorted(nodes - seats.keys()):
        seats[node_id] = SteeringSeat.objects.create(steering=steering, node_id=node_id)
        changed.append(seats[node_id].pk)
    holders = _holders(list(seats.values()))
    changed += [seat.pk for seat in seats.values() if _give(seat, holders.get(seat.pk))]
    return list(dict.fromkeys(changed))


def _holders(seats: list[SteeringSeat]) -> dict[int, int]:
    """Who holds each seat: whom the node named while they belong to it, else its leader of the longest standing. One query."""
    leaders: dict[int, int] = {}
    there: set[tuple[int, int]] = set()
    rows = Membership.objects.filter(
        SETTLED,
        _open_today(),
        starts_on__lte=timezone.localdate(),
        community_id__in=[seat.node_id for seat in seats],
    ).order_by("starts_on", "pk")
    for node_id, person_id, role in rows.values_list("community_id", "person_id", "role"):
        there.add((node_id, person_id))
        if role == Role.NODE_LEADER:
            leaders.setdefault(node_id, person_id)
    held = {}
    for seat in seats:
        assert seat.node_id is not None
        if seat.named_id and (seat.node_id, seat.named_id) in there:
            held[seat.pk] = seat.named_id
        elif seat.node_id in leaders:
            held[seat.pk] = leaders[seat.node_id]
    return held


def _give(seat: SteeringSeat, person_id: int | None) -> bool:
    """The seat is this person's from today. Returns whether it was not before."""
    stands = seat.membership is not None and seat.membership.ends_on is None
    if seat.holder_id == person_id and (person_id is None or stands or _belongs(seat, person_id)):
        return False
    _leave(seat)
    seat.holder_id, seat.membership = person_id, None
    if person_id is not None and not _belongs(seat, person_id):
        seat.membership = Membership.objects.create(
            community_id=seat.steering_id,
            person_id=person_id,
            role=Role.MEMBER,
            starts_on=seat.steering.today,
        )
    seat.save(update_fields=["holder", "membership"])
    return True


def _belongs(seat: SteeringSeat, person_id: int) -> bool:
    held = Membership.objects.filter(community_id=seat.steering_id, person_id=person_id, ends_on=None)
    return held.exists()


def _leave(seat: SteeringSeat) -> None:
    """End the membership that the seat gave, unless another seat of the same person goes on needing it."""
    held = seat.membership
    if held is None or held.ends_on is not None:
        return
    heir = (
        SteeringSeat.objects.filter(steering_id=seat.steering_id, holder_id=held.person_id)
        .exclude(pk=seat.pk)
        .first()
    )
    if heir is not None:
        SteeringSeat.objects.filter(pk=heir.pk).update(membership=held)
        return
    today = seat.steering.today
    if held.starts_on >= today:
        held.delete()
        return
    held.ends_on, held.end_reason = today, Membership.EndReason.TERM_OVER
    held.save(update_fields=["ends_on", "end_reason"])


# Deeds ------------------------------------------------------------------------------------------------


@transaction.atomic
def make_steering_node(network: Community, *, actor: User) -> Community:
    """The network gets a steering node, with a seat for each of its nodes.

    Raises: NotAllowed; Refusal("has_steering_node"). Announces CommunityFounded, SeatsFollowed.
    """
    from tejido.communities.services.communities import found_community

    Community.objects.select_for_update().get(pk=network.pk)
    if Community.objects.filter(_open_today(), parent=network, kind=Kind.STEERING_NODE).exists():
        raise Refusal("has_steering_node", _("This network has a steering node already."))
    with translation.override(network.language):
        name = _("Steering node of %(network)s") % {"network": network.name}
    return found_community({"name": name[:200], "kind": Kind.STEERING_NODE}, under=network, actor=actor)


@dataclass(frozen=True, slots=True)
class Seated:
    """Who is to sit in a seat and who stands in for them; None: the leader of the node, nobody."""

    named: Person | None = None
    substitute: Person | None = None


@transaction.atomic
def name_for_seat(seat: SteeringSeat, told: Seated, *, actor: User) -> SteeringSeat:
    """Say who sits in the seat, and their substitute. Without a name a node's seat is its leader's.

    Raises: NotAllowed; Refusal("own_substitute"); Refusal("not_of_the_node"): whom a node names belongs to it.
    Announces SeatNamed.
    """
    seat = SteeringSeat.objects.select_for_update(of=("self",)).select_related("steering").get(pk=seat.pk)
    require(actor, "communities.fill_seat", seat)
    if told.named is not None and told.named == told.substitute:
        raise Refusal("own_substitute", _("Nobody stands in for themselves. Choose somebody else."))
    if seat.node_id is not None and told.named is not None:
        held = Membership.objects.filter(_open_today(), community_id=seat.node_id, person=told.named)
        if not held.exists():
            raise Refusal(
                "not_of_the_node",
                _("%(person)s does not belong to this node. Whoever sits for a node belongs to it.")
                % {"person": told.named.name},
            )
    seat.named, seat.substitute = told.named, told.substitute
    seat.save(update_fields=["named", "substitute"])
    holder = _holders([seat]).get(seat.pk) if seat.node_id else seat.named_id
    _give(seat, holder)
    announce(SeatNamed(seat.steering_id, seat.pk), actor=actor)
    return seat


@transaction.atomic
def give_outside_seat(
    steering: Community, organisation: Organisation, told: Seated, *, actor: User
) -> SteeringSeat:
    """A seat for staff of an organisation outside, beside those of the nodes.

    Raises: NotAllowed; Refusal("no_steering_node"). Announces OutsideSeatGiven.
    """
    require(actor, "communities.give_roles", steering)
    if steering.kind != Kind.STEERING_NODE:
        raise Refusal("no_steering_node", _("Only a steering node has seats."))
    seat = SteeringSeat.objects.create(
        steering=steering, organisation=organisation, named=told.named, substitute=told.substitute
    )
    _give(seat, seat.named_id)
    announce(OutsideSeatGiven(steering.pk, organisation.pk, seat.pk), actor=actor)
    return seat


@transaction.atomic
def take_outside_seat(seat: SteeringSeat, *, actor: User) -> None:
    """An outside seat is no more; seats of nodes stay. Raises: NotAllowed; Refusal("node_keeps_its_seat").

    Announces OutsideSeatTaken.
    """
    seat = SteeringSeat.objects.select_for_update(of=("self",)).select_related("membership").get(pk=seat.pk)
    require(actor, "communities.give_roles", seat.steering)
    if seat.organisation_id is None:
        raise Refusal("node_keeps_its_seat", _("Each node has one seat. It goes when the node closes."))
    _leave(seat)
    announce(OutsideSeatTaken(seat.steering_id, seat.organisation_id), actor=actor)
    seat.delete()
