"""Questions about people, schools and organisations. Read only; every list says what it costs."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Prefetch, QuerySet

from tejido.accounts.models import User
from tejido.directory.models import Consent, Person, Post, School
from tejido.directory.names import search_form as search_form  # noqa: PLC0414 - also for the floors above
from tejido.directory.policies import people_visible_to, schools_visible_to

CURRENT_POSTS = Prefetch(
    "posts",
    queryset=Post.objects.filter(ends_on=None)
    .select_related("school__territory", "organisation")
    .order_by("-starts_on", "-pk"),
    to_attr="current_posts",
)


def people_for(actor: User, *, search: str = "") -> QuerySet[Person]:
    """People whom `actor` may see, by name, with `.current_posts`. Two queries for any number of rows."""
    people: QuerySet[Person] = Person.objects.filter(people_visible_to(actor))
    for word in search_form(search).split():
        people = people.filter(search_name__contains=word)
    return people.prefetch_related(CURRENT_POSTS).order_by("search_name", "pk")


def schools_for(actor: User, *, search: str = "") -> QuerySet[School]:
    """Schools that `actor` may see, by name, with territory and group. One query for any number of rows."""
    schools: QuerySet[School] = School.objects.filter(schools_visible_to(actor))
    for word in search_form(search).split():
        schools = schools.filter(search_name__contains=word)
    return schools.select_related("territory", "group").order_by("search_name", "pk")


def person_of(user: User) -> Person | None:
    """Who this account is in the network, or None. One query."""
    found: Person | None = Person.objects.filter(user_id=user.pk).first()
    return found


def who_consented(purpose: str, person_ids: Collection[int] | None = None) -> set[int]:
    """Ids of the people whose current answer for `purpose` is yes. One query; None asks for everybody."""
    given = Consent.objects.filter(purpose=purpose, is_current=True, given=True)
    if person_ids is not None:
        given = given.filter(person_id__in=person_ids)
    return set(given.values_list("person_id", flat=True))
