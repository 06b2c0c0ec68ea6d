"""Who comes in by which link, and whom they may send instead."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from tejido.accounts.models import User
from tejido.directory.models import Person, Post, School
from tejido.foundation.links import token_hash
from tejido.gatherings.models import Gathering
from tejido.invitations.models import Asking, Door
from tejido.invitations.policies import is_expected
from tejido.invitations.tokens import door_address
from tejido.invitations.values import Place


def asking_of(gathering: Gathering) -> Asking | None:
    """What is asked for a gathering; None where no answers are wanted. One query."""
    return Asking.objects.filter(gathering=gathering).first()


def door_by_token(token: str) -> Door | None:
    """Whose link this is; None where nobody's, or where its owner is not invited any more. Three queries."""
    door = (
        Door.objects.filter(token_hash=token_hash(token), person__merged_into=None)
        .select_related("gathering__community", "gathering__school", "gathering__organisation", "person")
        .first()
    )
    return door if door and is_expected(Place(door.gathering, door.person)) else None


def address_of(place: Place) -> str:
    """Somebody's own link, for the team: whoever calls has asked. "" without one. One query."""
    grains = Door.objects.filter(gathering=place.gathering, person=place.person).values_list(
        "grain", flat=True
    )
    return "".join(map(door_address, grains))


def _current() -> Q:
    return Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())


def school_of(person: Person) -> School | None:
    """The school of the current post; None where there is none. One query."""
    posts = Post.objects.filter(_current(), person=person).exclude(school=None).select_related("school")
    post = posts.order_by("pk").first()
    return post.school if post else None


def colleagues_of(person: Person, actor: User | None = None) -> list[Person]:
    """People with a current post at a school of this person's, by name. One query.

    actor: only those whom this account may see; None: everybody, for the deed that looks for a typed name.
    """
    from tejido.directory.policies import people_for

    schools = Post.objects.filter(_current(), person=person).exclude(school=None).values("school_id")
    there = Post.objects.filter(_current(), school_id__in=schools).values("person_id")
    people = Person.objects.filter(pk__in=there).exclude(pk=person.pk)
    if actor is not None:
        people = people.filter(people_for(actor, "see"))
    return list(people.order_by("search_name", "pk"))
