"""A gathering that is still to come, and people who can be invited to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.communities.models import Community
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import ContactPoint, Person, School
from tejido.directory.tests.factories import PostFactory
from tejido.gatherings.models import Gathering
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.invitations import services
from tejido.invitations.models import Reply
from tejido.invitations.selectors import address_of
from tejido.invitations.values import Needs, Place, Said


def coming(community: Community, *, days: int = 10, **more: Any) -> Gathering:
    starts = timezone.now() + timedelta(days=days)
    changed = timezone.now() - timedelta(days=1)
    return GatheringFactory(community=community, starts_at=starts, changed_at=changed, **more)


def member(
    community: Community, name: str = "Luz", *, school: School | None = None, mail: bool = True
) -> Person:
    person: Person = MembershipFactory(community=community, person__given_names=name).person
    if school is not None:
        PostFactory(person=person, school=school)
    if mail:
        address = f"{name.lower()}{person.pk}@example.org"
        ContactPoint.objects.create(person=person, kind=ContactPoint.Kind.EMAIL, value=address)
    return person


def says(gathering: Gathering, person: Person, answer: str = "yes", **more: Any) -> Reply:
    return services.answer(Place(gathering, person), Said(answer, **more), actor=system_account())


def rolls(gathering: Gathering, person: Person) -> Reply:
    """Somebody comes in a wheelchair."""
    return says(gathering, person, needs=Needs(wheelchair=True))


def link(gathering: Gathering, person: Person) -> str:
    """The path of somebody's own link, made where there is none."""
    place = Place(gathering, person)
    services.share_link(place, actor=system_account())
    return "/i/" + address_of(place).rstrip("/").rpartition("/")[2] + "/"


def link_of(gathering: Gathering, person: Person) -> str:
    """The path of a link that there is, whether it opens anything or not."""
    return "/i/" + address_of(Place(gathering, person)).rstrip("/").rpartition("/")[2] + "/"


__all__ = ["Needs", "Place", "Said", "coming", "link", "link_of", "member", "rolls", "says"]
