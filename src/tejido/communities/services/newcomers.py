"""Somebody who is in no list yet comes in: entered in the directory and in the community in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tejido.accounts.models import User
from tejido.communities.models import Community, Membership, Role
from tejido.communities.services.memberships import add_member
from tejido.directory.models import ContactPoint, Post, School
from tejido.directory.services import add_person, set_contacts, take_up_post


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is known of somebody on the first day. email in lower case, phone in E.164; empty: not known."""

    given_names: str
    family_names: str = ""
    email: str = ""
    phone: str = ""
    school: School | None = None
    function: str = Post.Function.TEACHER
    role: str = Role.MEMBER
    starts_on: date | None = None  # None: today


@transaction.atomic
def welcome_newcomer(community: Community, newcomer: Newcomer, *, actor: User) -> Membership:
    """A new person, with contact data and post, who belongs to the community from now on.

    Raises: NotAllowed; Refusal("person_without_name"). The directory and this domain announce their facts.
    """
    person = add_person(
        {"given_names": newcomer.given_names, "family_names": newcomer.family_names}, actor=actor
    )
    membership = add_member(community, person, role=newcomer.role, starts_on=newcomer.starts_on, actor=actor)
    contacts = [
        (ContactPoint.Kind.EMAIL, newcomer.email),
        (ContactPoint.Kind.PHONE, newcomer.phone),
    ]
    if newcomer.email or newcomer.phone:
        set_contacts(person, contacts, actor=actor)
    if newcomer.school is not None:
        take_up_post(person, newcomer.school, function=newcomer.function, actor=actor)
    return membership
