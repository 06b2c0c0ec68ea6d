"""Questions about people, their posts and skills."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import Lower
from django.utils.translation import get_language

from tejido.accounts.models import User
from tejido.directory.models import Attribute, ContactPoint, Person, Post, Skill, Topic
from tejido.directory.names import search_form
from tejido.directory.policies import people_for as on_whom
from tejido.directory.policies import people_visible_to

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
    return _named(people, search).prefetch_related(CURRENT_POSTS).order_by("search_name", "pk")


def _named(people: QuerySet[Person], search: str) -> QuerySet[Person]:
    for word in search_form(search).split():
        people = people.filter(search_name__contains=word)
    return people


def people_to_edit(actor: User) -> QuerySet[Person]:
    """People of whom `actor` may change what is said. One query."""
    people: QuerySet[Person] = Person.objects.filter(on_whom(actor, "edit"))
    return people


def people_to_merge(actor: User, *, search: str = "") -> QuerySet[Person]:
    """People whom `actor` may merge with one another, by name, with `.current_posts`. Two queries."""
    people: QuerySet[Person] = Person.objects.filter(on_whom(actor, "merge"))
    name = search.split(" · ", maxsplit=1)[0]  # what follows tells like names apart
    return _named(people, name).prefetch_related(CURRENT_POSTS).order_by("search_name", "pk")


def person_page(actor: User) -> QuerySet[Person]:
    """People whom `actor` may see, each with `.is_self`, `.editable`, `.reachable` (contact data), `.mergeable` and `.has_attributes`.

    The answers are those of the policies, asked in the same one query.
    """

    def answer(condition: Q) -> Case:
        return Case(When(condition, then=True), default=False)

    people: QuerySet[Person] = Person.objects.filter(people_visible_to(actor)).annotate(
        is_self=answer(Q(user_id=actor.pk)),
        editable=answer(on_whom(actor, "edit")),
        reachable=answer(on_whom(actor, "contact")),
        mergeable=answer(on_whom(actor, "merge")),
        has_attributes=Exists(Attribute.objects.filter(person=OuterRef("pk"))),
    )
    return people


def with_contacts(people: QuerySet[Person]) -> Any:
    """The one person of `people` (a `person_page` narrowed to one) with `.points`, how to reach them: ContactPoints, e-mail first.

    `.points` is empty where the reader may not reach them. None where there is nobody. One query, a row for each contact.
    """
    rows: list[Any] = list(
        people.annotate(
            contact=F("contacts__pk"), kind=F("contacts__kind"), value=F("contacts__value")
        ).order_by("contacts__kind", "contacts__pk")
    )
    if not rows:
        return None
    found = rows[0]
    found.points = [
        ContactPoint(pk=row.contact, person=found, kind=row.kind, value=row.value)
        for row in rows
        if row.contact is not None and found.reachable
    ]
    return found


def posts_of(person: Person) -> tuple[list[Post], list[Post]]:
    """(present, past) posts, the latest first; an unknown first day comes last. One query."""
    posts = list(
        person.posts.select_related("school__territory", "organisation").order_by(
            F("ends_on").desc(nulls_first=True), F("starts_on").desc(nulls_last=True), "-pk"
        )
    )
    return [post for post in posts if post.ends_on is None], [post for post in posts if post.ends_on]


def skills_of(person: Person) -> dict[str, list[str]]:
    """What the person offers and wants, as names in the reader's language: {"offered": …, "wanted": …}. One query."""
    found: dict[str, list[str]] = {side: [] for side in Skill.Side.values}
    for skill in person.skills.select_related("topic"):
        found[skill.side].append(skill.topic.name(get_language() or "es"))
    return {side: sorted(names, key=search_form) for side, names in found.items()}


def topics() -> list[tuple[int, str]]:
    """The list that people choose from: (id, name in the reader's language), by name. One query."""
    language = get_language() or "es"
    named = [(topic.pk, topic.name(language)) for topic in Topic.objects.all()]
    return sorted(named, key=lambda topic: search_form(topic[1]))


def claimable_by(user: User) -> QuerySet[Person]:
    """People without an account of whom an address is known that `user` has confirmed as theirs. One query."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values(address=Lower("email"))
    theirs = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, value__in=confirmed)
    people: QuerySet[Person] = Person.objects.filter(user=None, pk__in=theirs.values("person_id"))
    return people


def person_of(user: User) -> Person | None:
    """Who this account is in the network, or None. One query."""
    found: Person | None = Person.objects.filter(user_id=user.pk).first()
    return found
