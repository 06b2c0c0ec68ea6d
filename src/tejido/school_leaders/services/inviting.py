"""Asking heads: one, all who were not asked yet, or somebody who is entered first."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.communities.models import Community
from tejido.directory.models import ContactPoint, Person, Post, School
from tejido.directory.policies import people_for
from tejido.directory.selectors import search_form
from tejido.directory.services import add_person, set_contacts, take_up_post
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.links import token_hash
from tejido.foundation.policies import require
from tejido.school_leaders.events import HeadsInvited
from tejido.school_leaders.models import HeadInvitation, SchoolCommitment
from tejido.school_leaders.policies import leading_posts
from tejido.school_leaders.selectors import line_of, school_lines
from tejido.school_leaders.services.letters import INVITATION, write_to_head
from tejido.school_leaders.tokens import head_token
from tejido.school_leaders.values import NamedHead

State = SchoolCommitment.State


@transaction.atomic
def enter_head(community: Community, school: School, named: NamedHead, *, actor: User) -> Person:
    """Whoever leads the school, as somebody typed her: found in the directory, else entered with a post as its head.

    She is looked for among the people of the school (name or e-mail) and among those whom the actor sees (e-mail).
    Raises: NotAllowed; Refusal("not_ours", "person_without_name"). The directory announces its facts.
    """
    require(actor, "school_leaders.look_after", community)
    _ours(community, school)
    person = _known(school, named, actor)
    system = (
        system_account()
    )  # she is in no community yet, so that nobody else could write down how to reach her
    if person is None:
        fields = {"given_names": named.given_names.strip(), "family_names": named.family_names.strip()}
        person = add_person(fields, actor=actor)  # type: ignore[arg-type]
        if named.email:
            set_contacts(person, [(ContactPoint.Kind.EMAIL, named.email.lower())], actor=system)
    if not leading_posts().filter(person=person, school=school).exists():
        take_up_post(person, school, function=Post.Function.SENIOR_LEADER, actor=system)
    return person


def _known(school: School, named: NamedHead, actor: User) -> Person | None:
    name = search_form(f"{named.given_names} {named.family_names}".strip())
    there = Person.objects.filter(posts__school=school, posts__ends_on=None)
    mail = Q(contacts__kind=ContactPoint.Kind.EMAIL, contacts__value=named.email.lower())
    if named.email:
        seen = Person.objects.filter(people_for(actor, "see"))
        found: Person | None = there.filter(mail).first() or seen.filter(mail).first()
        if found is not None:
            return found
    alike: list[Person] = list(there.filter(search_name=name).distinct()[:2])
    return alike[0] if len(alike) == 1 else None


def _ours(community: Community, school: School) -> None:
    if line_of(community, school) is None:
        raise Refusal("not_ours", _("Nobody of this school takes part here, so its head is not asked."))


@transaction.atomic
def invite_head(community: Community, school: School, head: Person, *, actor: User) -> SchoolCommitment:
    """Ask the head of a school of the community for its support, by a letter with a link of her own.

    Asked again while it stands, nothing changes and nothing is written. Somebody else is asked from the beginning, and
    the link of whoever was asked before stops. Raises: NotAllowed; Refusal("not_ours", "does_not_lead").
    Announces HeadsInvited.
    """
    require(actor, "school_leaders.look_after", community)
    _ours(community, school)
    if not leading_posts().filter(person=head, school=school).exists():
        raise Refusal(
            "does_not_lead",
            _("In the directory this person does not lead the school today. Enter the post first."),
        )
    asked, is_new = _asked(community, school, head)
    if is_new:
        write_to_head(INVITATION, invitation_of(asked), actor=actor)
        announce(HeadsInvited(community.pk, school.pk, 1), actor=actor)
    return asked


@transaction.atomic
def invite_all(community: Community, *, actor: User) -> int:
    """Ask every head of a school of the community who is known and was not asked yet. Returns how many.

    Done twice, the second time asks nobody. Who said no is not asked again, nor whose school is committed above or below.
    Raises NotAllowed. Announces HeadsInvited once.
    """
    require(actor, "school_leaders.look_after", community)
    invited = 0
    for line in school_lines(community):
        if line.head is None or not line.can_be_invited:
            continue
        asked, is_new = _asked(community, line.school, line.head)
        if is_new:
            write_to_head(INVITATION, invitation_of(asked), actor=actor)
            invited += 1
    if invited:
        announce(HeadsInvited(community.pk, 0, invited), actor=actor)
    return invited


@transaction.atomic
def write_again(commitment: SchoolCommitment, *, actor: User) -> bool:
    """The same letter once more, to a head who has not answered. Returns whether she can be written to.

    Raises: NotAllowed; Refusal("answered").
    """
    require(actor, "school_leaders.look_after", commitment.community)
    if commitment.state != State.ASKED or not commitment.is_current:
        raise Refusal("answered", _("She has answered. Talk to her instead of writing once more."))
    return write_to_head(INVITATION, invitation_of(commitment), actor=actor)


def _asked(community: Community, school: School, head: Person) -> tuple[SchoolCommitment, bool]:
    """The commitment that she is asked for, and whether it is new."""
    Community.objects.select_for_update().get(pk=community.pk)  # two at one moment ask once
    current = SchoolCommitment.objects.filter(community=community, school=school, is_current=True).first()
    if current is not None:
        if current.head_id == head.pk and current.state in SchoolCommitment.STANDING:
            return current, False
        SchoolCommitment.objects.filter(pk=current.pk).update(is_current=False)
    made = SchoolCommitment.objects.create(community=community, school=school, head=head)
    return made, True


def invitation_of(commitment: SchoolCommitment) -> HeadInvitation:
    """The head's link for this school and community, made where there is none. For services."""
    grain = secrets.token_hex(16)
    invitation, _new = HeadInvitation.objects.select_related("community", "school", "head").get_or_create(
        community_id=commitment.community_id,
        school_id=commitment.school_id,
        head_id=commitment.head_id,
        defaults={"grain": grain, "token_hash": token_hash(head_token(grain))},
    )
    return invitation
