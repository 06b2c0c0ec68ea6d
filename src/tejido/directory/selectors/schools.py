"""Questions about schools: who works there, and how they have grown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When

from tejido.accounts.models import User
from tejido.directory.models import Organisation, Person, Post, School, SchoolProfile
from tejido.directory.names import search_form
from tejido.directory.policies import people_visible_to, schools_visible_to
from tejido.directory.selectors.places import posts_at

PAST_SHOWN = 60  # posts of the past on one page; the others are counted


def schools_for(actor: User, *, search: str = "") -> QuerySet[School]:
    """Schools that `actor` may see, by name, with territory, group and `.people_now`. One query for any number of rows."""
    schools: QuerySet[School] = School.objects.filter(schools_visible_to(actor))
    for word in search_form(search).split():
        schools = schools.filter(Q(search_name__contains=word) | Q(code__istartswith=word))
    now = Count(
        "posts__person", filter=Q(posts__ends_on=None, posts__person__arriving_in=None), distinct=True
    )
    return (
        schools.select_related("territory__parent__parent__parent", "group")
        .annotate(people_now=now)
        .order_by("search_name", "pk")
    )


def profiles_of(school: School) -> list[SchoolProfile]:
    """The school's numbers, the earliest first. One query."""
    return list(school.profiles.order_by("on"))


@dataclass(frozen=True, slots=True)
class SchoolPeople:
    """Who works or worked at a place: posts that the reader may see, and how many people more there are.

    present, past: posts with `person`, one per person and function. hidden_now, hidden_past: numbers of people
    whom the reader may not see (or whom the list leaves out). people_now: everybody with a post today.
    """

    present: list[Post]
    past: list[Post]
    hidden_now: int
    hidden_past: int
    people_now: int

    @property
    def leaders(self) -> list[Post]:
        return [
            p
            for p in self.present
            if p.function in (Post.Function.SENIOR_LEADER, Post.Function.MIDDLE_LEADER)
        ]

    @property
    def others(self) -> list[Post]:
        return [post for post in self.present if post not in self.leaders]

    @property
    def hangs_on(self) -> Post | None:
        """The one post through which the place is linked at all, where the reader may see whose it is."""
        return self.present[0] if self.people_now == 1 and self.present else None


def people_of(school: School, actor: User) -> SchoolPeople:
    """Who works or worked at the school, as `actor` may see it. One query."""
    return _people_at(school, actor)


def people_of_organisation(organisation: Organisation, actor: User) -> SchoolPeople:
    """Who works or worked at the organisation, as `actor` may see it. One query."""
    return _people_at(organisation, actor)


def _people_at(place: School | Organisation, actor: User) -> SchoolPeople:
    visible = Person.objects.filter(people_visible_to(actor)).values("pk")
    posts: list[Any] = list(
        posts_at(place)
        .filter(person__merged_into=None, person__arriving_in=None)
        .annotate(seen=Case(When(person__in=visible, then=True), default=False))
        .select_related("person")
        .order_by(F("ends_on").desc(nulls_first=True), "person__search_name", "pk")
    )
    now = {post.person_id for post in posts if post.ends_on is None}
    before = {post.person_id for post in posts} - now
    present = [post for post in posts if post.seen and post.ends_on is None]
    past = [post for post in posts if post.seen and post.person_id in before][:PAST_SHOWN]
    return SchoolPeople(
        present=present,
        past=past,
        hidden_now=len(now - {post.person_id for post in present}),
        hidden_past=len(before - {post.person_id for post in past}),
        people_now=len(now),
    )
