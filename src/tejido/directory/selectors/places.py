"""Questions about territories and organisations, and how forms find a place by what somebody types."""

from __future__ import annotations

from django.db.models import Case, Count, Q, QuerySet, When

from tejido.accounts.models import User
from tejido.directory.models import Organisation, Person, Post, School, Territory
from tejido.directory.names import search_form
from tejido.directory.policies import organisations_visible_to, schools_visible_to

DEPTH = 4  # country > region > municipality > district
BETWEEN = " · "


def territory_path(territory: Territory | None) -> list[str]:
    """Names from the place itself up to the country. Free where `parent__parent__parent` is joined."""
    names = []
    while territory is not None:
        names.append(territory.name)
        territory = territory.parent
    return names


def place_label(row: Territory | School | Organisation | Person) -> str:
    """How a form writes a row so that it can be told from others: "La Granja · Metropolitana de Santiago · Chile".

    A person comes with `.current_posts`.
    """
    if isinstance(row, Person):
        post = next(iter(row.current_posts), None)  # type: ignore[attr-defined]
        return BETWEEN.join(filter(None, [row.name, str(post.place) if post else "", row.list_code]))
    if isinstance(row, Territory):
        return BETWEEN.join(territory_path(row))
    if isinstance(row, School):
        parts = [row.name, row.code, row.territory.name if row.territory else ""]
    else:
        parts = [row.name, str(row.get_kind_display())]
    return BETWEEN.join(part for part in parts if part)


def territories_named(text: str) -> QuerySet[Territory]:
    """Territories whose name has all words of `text`, whatever its accents; those that begin so come first; parents joined."""
    found = Territory.objects.select_related("parent__parent__parent")
    return _named(found, text).order_by(_begins_so(text), "search_name", "level", "pk")


def within_territories(field: str, places: QuerySet[Territory]) -> Q:
    """Rows whose territory, at `field`, is one of `places` or lies inside one. A `Q` for any model; no query by itself."""
    inside, path, ids = Q(), field, places.order_by().values("pk")
    for _level in range(DEPTH):
        inside |= Q(**{f"{path}__in": ids})
        path += "__parent"
    return inside


def schools_named(actor: User, text: str) -> QuerySet[School]:
    """Schools that `actor` may see whose name has all words of `text`, or whose code begins with it."""
    schools: QuerySet[School] = School.objects.filter(schools_visible_to(actor)).select_related("territory")
    head = text.split(BETWEEN, maxsplit=1)[0].strip()
    by_name = _words(head)
    if head and " " not in head:
        by_name |= Q(code__istartswith=head)
    return schools.filter(by_name).order_by(_begins_so(text), "search_name", "pk")


def organisations_named(actor: User, text: str) -> QuerySet[Organisation]:
    """Organisations that `actor` may see whose name has all words of `text`."""
    organisations = Organisation.objects.filter(organisations_visible_to(actor))
    return _named(organisations, text).order_by(_begins_so(text), "search_name", "pk")


def organisations_for(actor: User) -> QuerySet[Organisation]:
    """Organisations that `actor` may see, by name, with territory, `.schools_here` and `.people_now`. One query."""
    now = Count(
        "posts__person", filter=Q(posts__ends_on=None, posts__person__arriving_in=None), distinct=True
    )
    return (
        Organisation.objects.filter(organisations_visible_to(actor))
        .select_related("territory__parent__parent__parent")
        .annotate(schools_here=Count("schools", distinct=True), people_now=now)
        .order_by("search_name", "pk")
    )


def _begins_so(text: str) -> Case:
    """For order_by: names that begin with what was typed come first."""
    head = search_form(text.split(BETWEEN, maxsplit=1)[0])
    return Case(When(search_name__startswith=head, then=0), default=1)


def _words(text: str) -> Q:
    asked = Q()
    for word in search_form(text).split():
        asked &= Q(search_name__contains=word)
    return asked


def _named(rows: QuerySet[Territory] | QuerySet[Organisation], text: str) -> QuerySet:  # type: ignore[type-arg]
    """By the first part of what was typed: what follows a " · " only tells like names apart."""
    return rows.filter(_words(text.split(BETWEEN, maxsplit=1)[0]))


def posts_at(place: School | Organisation) -> QuerySet[Post]:
    """Everybody's posts at a school or an organisation. No query by itself."""
    return Post.objects.filter(**{"school" if isinstance(place, School) else "organisation": place})
