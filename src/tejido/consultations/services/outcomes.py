"""Doing what was decided: nodes are founded, people join what they chose, the community takes its name or its challenge."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.communities.models import Community, Membership, Role
from tejido.communities.services import Belonging, add_member, add_members, change_community, found_community
from tejido.consultations.events import OutcomeCarriedOut
from tejido.consultations.models import Consultation, Proposal, Voter
from tejido.consultations.selectors import node_of_choice, winners_of
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


def _decided(consultation: Consultation, actor: User) -> tuple[Consultation, list[Proposal]]:
    consultation = (
        Consultation.objects.select_for_update().select_related("community").get(pk=consultation.pk)
    )
    require(actor, "consultations.manage", consultation)
    if consultation.about:
        raise Refusal(
            "asked_elsewhere", _("What follows from this vote is done where the question came from.")
        )
    won = winners_of(consultation) if consultation.state == Consultation.State.CLOSED else []
    if not won:
        raise Refusal("not_decided", _("Nothing is decided yet: close the vote, with its quorum, first."))
    return consultation, won


@transaction.atomic
def found_nodes(consultation: Consultation, names: Mapping[int, str], *, actor: User) -> list[Community]:
    """A node for each proposal that won and has none yet; `names`: proposal id -> name (its text where empty).

    Proposals without an entry in `names` found nothing. Raises: NotAllowed (also to found); Refusal("not_decided").
    Announces CommunityFounded for each, and OutcomeCarriedOut.
    """
    consultation, won = _decided(consultation, actor)
    founded = []
    for proposal in won:
        if proposal.pk not in names or proposal.node_id:
            continue
        name = " ".join(names[proposal.pk].split()) or proposal.text
        node = found_community(
            {"kind": Community.Kind.NODE, "name": name}, actor=actor, under=consultation.community
        )
        Proposal.objects.filter(pk=proposal.pk).update(node=node)
        founded.append(node)
    if founded:
        announce(
            OutcomeCarriedOut(consultation.community_id, consultation.pk, "nodes", len(founded)), actor=actor
        )
    return founded


@transaction.atomic
def gather_choosers(consultation: Consultation, *, actor: User) -> int:
    """Everybody who voted becomes a member of the founded node she put highest; open votes only. Returns how many joined.

    Who belongs to one of these nodes already stays where she is; who has left the community is passed over.
    Raises: NotAllowed; Refusal("not_decided", "secret_vote").
    """
    consultation, _won = _decided(consultation, actor)
    if consultation.secret:
        raise Refusal(
            "secret_vote",
            _(
                "The vote was secret, so nobody knows who chose what. Send the links: each person chooses a node."
            ),
        )
    chosen = node_of_choice(consultation)
    nodes = {one.node_id: one.node for one in chosen.values() if one.node is not None}
    settled = set(
        Membership.objects.filter(community_id__in=nodes, ends_on=None).values_list("person_id", flat=True)
    )
    here = _still_here(consultation.community)
    today, joined = consultation.community.today, 0
    for node_id, node in nodes.items():
        lines = [
            Belonging(person, Role.MEMBER, today)
            for person, proposal in chosen.items()
            if proposal.node_id == node_id and person in here and person not in settled
        ]
        joined += len(add_members(node, lines, actor=actor)) if lines else 0
    return joined


def _still_here(community: Community) -> set[int]:
    held = Membership.objects.filter(community__lineage__ancestor=community, ends_on=None)
    return set(held.values_list("person_id", flat=True))


@transaction.atomic
def join_node(voter: Voter, proposal: Proposal, *, actor: User) -> Membership:
    """The voter, who holds her own link, joins a node that was founded. A second time changes nothing.

    Raises: Refusal("no_node", "has_left"). Announces MemberJoined.
    """
    if proposal.consultation_id != voter.consultation_id or proposal.node is None:
        raise Refusal("no_node", _("This node is not there. Load the page again."))
    if voter.person_id not in _still_here(voter.consultation.community):
        raise Refusal(
            "has_left", _("You have left this community. Ask its coordination to take you in again.")
        )
    return add_member(proposal.node, voter.person, actor=system_account())


@transaction.atomic
def take_name(consultation: Consultation, *, actor: User) -> Community:
    """The community takes the name that won. Raises: NotAllowed; Refusal("not_decided"). Announces OutcomeCarriedOut."""
    consultation, won = _decided(consultation, actor)
    community = change_community(consultation.community, {"name": won[0].text}, actor=actor)
    announce(OutcomeCarriedOut(consultation.community_id, consultation.pk, "name", 1), actor=actor)
    return community


@transaction.atomic
def set_challenge(consultation: Consultation, *, actor: User) -> Community:
    """What won becomes the community's shared challenge. Raises: NotAllowed; Refusal("not_decided"). Announces
    OutcomeCarriedOut."""
    consultation, won = _decided(consultation, actor)
    community = change_community(consultation.community, {"challenge": won[0].text}, actor=actor)
    announce(OutcomeCarriedOut(consultation.community_id, consultation.pk, "challenge", 1), actor=actor)
    return community
