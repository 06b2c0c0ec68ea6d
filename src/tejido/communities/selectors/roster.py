"""The list of people of a community, narrowed as its address asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community, Membership
from tejido.communities.policies import visible_to
from tejido.communities.selectors.standing import paused_on, standing_on
from tejido.communities.selectors.tree import below
from tejido.directory.models import ContactPoint, Person, Post, Territory
from tejido.directory.policies import people_for, people_visible_to
from tejido.directory.selectors import CURRENT_POSTS, search_form


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which of the people: state now, taking_part, paused, past, coming or all; the rest empty or 0 for no matter."""

    state: str = "now"
    role: str = ""
    node: int = 0
    school: str = ""  # words of its name
    district: int = 0
    words: str = ""  # of the person's name

    def memberships(self, community: Community) -> Q:
        """A `Q` on Membership: those in the community or below that this asks for."""
        today = timezone.localdate()
        state = {
            "now": standing_on(today),
            "taking_part": standing_on(today) & ~paused_on(today),
            "paused": standing_on(today) & paused_on(today),
            "past": Q(ends_on__lt=today),
            "coming": Q(starts_on__gt=today),
        }.get(self.state, Q())
        asked = Q(community_id__in=below(self.node or community)) & state
        return asked & Q(role=self.role) if self.role else asked


def roster(
    community: Community, actor: User, narrow: Narrowing, *, whole: bool, contacts: bool = False
) -> QuerySet[Person]:
    """People of the community and below, as far as the actor may see them, by name.

    whole: the actor may see everybody here (`communities.see_people`), so that each need not be asked about.
    Each with `.since` (first day of the memberships asked for), `.here` (those memberships, communities joined),
    `.current_posts`, and with `contacts` also `.reached` (contact points that the actor may see).
    Three queries for any number of rows, four with contacts.
    """
    asked = narrow.memberships(community)
    if not whole:  # nor do they learn that a person belongs to a part that they do not see
        asked &= Q(community_id__in=Community.objects.filter(visible_to(actor)).values("pk"))
    held = Membership.objects.filter(asked, person_id=OuterRef("pk"))
    people: QuerySet[Person] = Person.objects.filter(Exists(held))
    if narrow.state == "past":
        still = Membership.objects.filter(
            standing_on(timezone.localdate()),
            person_id=OuterRef("pk"),
            community_id__in=below(narrow.node or community),
        )
        people = people.exclude(Exists(still))
    if not whole:
        people = people.filter(people_visible_to(actor))
    for word in search_form(narrow.words).split():
        people = people.filter(search_name__contains=word)
    people = _at(people, narrow)
    since = held.order_by().values("person_id").annotate(first=Min("starts_on")).values("first")
    loaded: list[Any] = [CURRENT_POSTS, _here(asked)]
    if contacts:
        loaded.append(_reached(actor))
    return people.annotate(since=Subquery(since)).prefetch_related(*loaded).order_by("search_name", "pk")


def _here(asked: Q) -> Prefetch[Any]:
    resting = Case(When(paused_on(timezone.localdate()), then=True), default=False)
    rows = Membership.objects.filter(asked).select_related("community").annotate(rests=resting)
    rows = rows.order_by("-starts_on", "-pk")
    return Prefetch("memberships", queryset=rows, to_attr="here")


def _reached(actor: User) -> Prefetch[Any]:
    reachable = Person.objects.filter(people_for(actor, "contact")).values("pk")
    rows = ContactPoint.objects.filter(person_id__in=reachable).order_by("kind", "value")
    return Prefetch("contacts", queryset=rows, to_attr="reached")


def _at(people: QuerySet[Person], narrow: Narrowing) -> QuerySet[Person]:
    posts = Post.objects.filter(person_id=OuterRef("pk"), ends_on=None)
    words: Collection[str] = search_form(narrow.school).split()
    if words:
        at_school = posts
        for word in words:
            at_school = at_school.filter(school__search_name__contains=word)
        people = people.filter(Exists(at_school))
    if narrow.district:
        people = people.filter(Exists(posts.filter(school__territory_id=narrow.district)))
    return people


def districts_of(community: Community) -> QuerySet[Territory]:
    """Territories where the people of the community work now, by name. One query."""
    held = Membership.objects.filter(
        standing_on(timezone.localdate()), community_id__in=below(community)
    ).values("person_id")
    schools = Post.objects.filter(ends_on=None, person_id__in=held).values("school__territory_id")
    return Territory.objects.filter(pk__in=schools).order_by("name", "pk")
