"""A gathering that is still to come, with people from several districts."""

from __future__ import annotations

from typing import Any

from tejido.accounts.services import system_account
from tejido.communities.models import Community, Membership
from tejido.directory.models import Person, Post, School, Territory
from tejido.gatherings.models import Gathering
from tejido.invitations.tests.factories import coming
from tejido.seating import services
from tejido.seating.models import SeatingPlan

__all__ = ["coming", "members", "planned", "schools"]


def schools(districts: int = 3) -> list[School]:
    """One school in each of so many districts."""
    made = []
    for number in range(districts):
        district = Territory.objects.create(
            level=Territory.Level.values[-1], country="CO", name=f"District {number}"
        )
        made.append(
            School.objects.create(name=f"School {number}", search_name=f"s{number}", territory=district)
        )
    return made


def members(community: Community, count: int, *, at: list[School] | None = None) -> list[Person]:
    """So many members, named P000, P001 …, at these schools in turn."""
    people = Person.objects.bulk_create(
        Person(given_names=f"P{n:03}", search_name=f"p{n:03}") for n in range(count)
    )
    places = at or schools()
    Post.objects.bulk_create(Post(person=one, school=places[n % len(places)]) for n, one in enumerate(people))
    Membership.objects.bulk_create(
        Membership(person=one, community=community, starts_on="2021-01-01") for one in people
    )
    return people


def planned(gathering: Gathering, people: list[Person] | None = None, **more: Any) -> SeatingPlan:
    """A plan for everybody who may come; with `people`, for these alone."""
    if people is not None:
        gathering.everyone_invited = False
        gathering.save()
        gathering.invitations.all().delete()
        for one in people:
            gathering.invitations.create(person=one)
    wanted = {"who": SeatingPlan.Who.INVITED, "rounds": 3, "size": 5, **more}
    return services.set_up(gathering, actor=system_account(), **wanted)
