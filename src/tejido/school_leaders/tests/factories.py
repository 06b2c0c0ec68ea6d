"""Schools with members and heads, as small as they can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.communities.models import Community
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import ContactPoint, Person, Post, School
from tejido.directory.tests.factories import PersonFactory, PostFactory, SchoolFactory
from tejido.school_leaders import services
from tejido.school_leaders.models import SchoolCommitment
from tejido.school_leaders.services.inviting import invitation_of
from tejido.school_leaders.tokens import head_token
from tejido.school_leaders.values import Promise


@dataclass
class Led:
    """A school with a head and teachers who belong to a community."""

    school: School
    head: Person
    teachers: list[Person]


def led_school(
    community: Community, name: str = "Colegio Norte", *, teachers: int = 2, mail: str = ""
) -> Led:
    school = SchoolFactory(name=name)
    head = PersonFactory(given_names=f"Head of {name}")
    PostFactory(person=head, school=school, function=Post.Function.SENIOR_LEADER)
    if mail:
        ContactPoint.objects.create(person=head, kind=ContactPoint.Kind.EMAIL, value=mail)
    return Led(school, head, [teacher_at(school, community) for _ in range(teachers)])


def teacher_at(school: School, community: Community) -> Person:
    person = MembershipFactory(community=community).person
    PostFactory(person=person, school=school)
    return person


def asked(community: Community, led: Led) -> SchoolCommitment:
    return services.invite_head(community, led.school, led.head, actor=system_account())


def promise(**more: object) -> Promise:
    fields = {
        "starts_on": timezone.localdate(),
        "unit": "hours_a_month",
        "amount": 4,
        "substitute": "Marta",
        **more,
    }
    return Promise(**fields)  # type: ignore[arg-type]


def given(community: Community, led: Led, **more: object) -> SchoolCommitment:
    return services.give_commitment(asked(community, led), promise(**more), actor=system_account())


def link(commitment: SchoolCommitment) -> str:
    return f"/h/{head_token(invitation_of(commitment).grain)}/"


def leaves(led: Led, day: date) -> None:
    Post.objects.filter(person=led.head, school=led.school).update(ends_on=day)
