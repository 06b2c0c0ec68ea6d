"""Deeds between networks: inviting by a link, asking, accepting, choosing what is shared, ending."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.alliances.events import (
    JoiningAccepted,
    JoiningAsked,
    JoiningEnded,
    LinkClosed,
    LinkOpened,
    SharesChosen,
)
from tejido.alliances.models import Joining, NetworkLink, Share
from tejido.communities.models import Community, Lineage
from tejido.communities.policies import has_right
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.links import token_for, token_hash
from tejido.foundation.policies import require
from tejido_analytics.catalogue import DEFINITIONS

SALT = "tejido.alliances.network_link"


def link_address(link: NetworkLink) -> str:
    """The absolute address of an open link."""
    return f"{settings.TEJIDO_URL}/join-network/{token_for(SALT, link.upper_id, link.turn)}/"


def _check_kind(upper: Community) -> None:
    if upper.kind != Community.Kind.NETWORK_OF_NETWORKS:
        raise Refusal(
            "not_a_network_of_networks",
            _("Only a network of networks takes communities in. Change its kind in the settings first."),
        )


@transaction.atomic
def open_link(upper: Community, *, actor: User) -> NetworkLink:
    """A new link with which to invite communities; an earlier one works no more.

    Raises: NotAllowed; Refusal("not_a_network_of_networks"). Announces LinkOpened.
    """
    require(actor, "alliances.take_in", upper)
    upper = Community.objects.select_for_update(of=("self",)).get(pk=upper.pk)
    _check_kind(upper)
    links = NetworkLink.objects.filter(upper=upper)
    links.filter(closed_at=None).update(closed_at=timezone.now())
    turn = (links.aggregate(last=Max("turn"))["last"] or 0) + 1
    link = NetworkLink.objects.create(
        upper=upper, turn=turn, token_hash=token_hash(token_for(SALT, upper.pk, turn)), opened_by=actor
    )
    announce(LinkOpened(upper.pk), actor=actor)
    return link


@transaction.atomic
def close_link(upper: Community, *, actor: User) -> None:
    """The link works no more. Who joined stays. Raises NotAllowed. Announces LinkClosed where there was one."""
    require(actor, "alliances.take_in", upper)
    if NetworkLink.objects.filter(upper=upper, closed_at=None).update(closed_at=timezone.now()):
        announce(LinkClosed(upper.pk), actor=actor)


@transaction.atomic
def ask_to_join(
    member: Community, upper: Community, *, actor: User, link: NetworkLink | None = None
) -> Joining:
    """The community asks to belong to the network of networks, which the actor sees or was sent a link of.

    Asked already, or in already, it is that one. Raises: NotAllowed; Refusal("not_a_network_of_networks", "in_one_tree",
    "link_closed"). Announces JoiningAsked.
    """
    require(actor, "alliances.join", member)
    if link is None:
        require(actor, "communities.see", upper)
    elif link.upper_id != upper.pk or not NetworkLink.objects.filter(pk=link.pk, closed_at=None).exists():
        raise Refusal("link_closed", _("This link works no more. Ask whoever sent it for a new one."))
    _check_kind(upper)
    _check_apart(member, upper)
    known = Joining.objects.filter(member=member, upper=upper, ends_on=None).first()
    if known is not None:
        return known
    joining = Joining.objects.create(member=member, upper=upper, asked_by=actor)
    announce(JoiningAsked(member.pk, upper.pk, joining.pk), actor=actor)
    return joining


def _check_apart(member: Community, upper: Community) -> None:
    """Who stands inside the other needs no agreement; and nobody joins themselves."""
    pair = {member.pk, upper.pk}
    if (
        Lineage.objects.filter(community_id__in=pair, ancestor_id__in=pair, depth__gt=0).exists()
        or len(pair) < 2
    ):
        raise Refusal(
            "in_one_tree", _("One of the two stands inside the other already, so there is nothing to join.")
        )


@transaction.atomic
def accept_joining(joining: Joining, *, actor: User) -> Joining:
    """The network of networks takes the community in, from today.

    Raises: NotAllowed; Refusal("joining_over"). Announces JoiningAccepted.
    """
    joining = _locked(joining)
    require(actor, "alliances.take_in", joining.upper)
    if joining.ends_on is not None:
        raise Refusal("joining_over", _("This is over already. The community may ask anew."))
    if joining.starts_on is not None:
        return joining
    joining.accepted_by, joining.starts_on = actor, timezone.localdate()
    joining.save(update_fields=["accepted_by", "starts_on"])
    announce(JoiningAccepted(joining.upper_id, joining.member_id, joining.pk), actor=actor)
    return joining


@transaction.atomic
def end_joining(joining: Joining, *, actor: User) -> Joining:
    """Either side ends it (declines, withdraws); nothing is shared from this moment on.

    Raises NotAllowed. Announces JoiningEnded.
    """
    joining = _locked(joining)
    by_member = has_right(actor, joining.member, "give_roles")
    if not by_member:
        require(actor, "alliances.take_in", joining.upper)
    if joining.ends_on is not None:
        return joining
    side = Joining.Side.MEMBER if by_member else Joining.Side.UPPER
    joining.ends_on, joining.ended_side = timezone.localdate(), side
    joining.save(update_fields=["ends_on", "ended_side"])
    joining.shares.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    here, there = (
        (joining.member_id, joining.upper_id) if by_member else (joining.upper_id, joining.member_id)
    )
    announce(JoiningEnded(here, there, joining.pk, joining.starts_on is not None), actor=actor)
    return joining


@transaction.atomic
def choose_shares(joining: Joining, indicators: Collection[str], *, actor: User) -> Joining:
    """Just these indicators are shared from this moment on; what is left out is withdrawn, its past too.

    Raises: NotAllowed; Refusal("unknown_indicator", "joining_over"). Announces SharesChosen where anything changes.
    """
    joining = _locked(joining)
    require(actor, "alliances.join", joining.member)
    if joining.ends_on is not None:
        raise Refusal("joining_over", _("This is over already. The community may ask anew."))
    chosen = set(indicators)
    if not chosen <= DEFINITIONS.keys():
        raise Refusal(
            "unknown_indicator", _("One of these is no indicator. Load the page again and choose anew.")
        )
    standing = joining.shares.filter(withdrawn_at=None)
    before = set(standing.values_list("indicator", flat=True))
    gone = standing.filter(indicator__in=before - chosen).update(withdrawn_at=timezone.now())
    added = [Share(joining=joining, indicator=one, chosen_by=actor) for one in sorted(chosen - before)]
    Share.objects.bulk_create(added)
    if added or gone:
        fact = SharesChosen(joining.member_id, joining.upper_id, joining.pk, len(added), gone)
        announce(fact, actor=actor)
    return joining


def _locked(joining: Joining) -> Joining:
    rows = Joining.objects.select_for_update(of=("self",)).select_related("member", "upper")
    return rows.get(pk=joining.pk)
