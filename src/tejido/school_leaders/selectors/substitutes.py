"""Who comes to a gathering instead of a head."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tejido.accounts.models import User
from tejido.directory.models import Person, Post, Purpose
from tejido.directory.selectors import who_consented
from tejido.gatherings.models import Gathering
from tejido.gatherings.policies import attendance_seen_by
from tejido.school_leaders.models import SchoolCommitment, Substitution


def substitutions_at(gathering: Gathering, actor: User) -> QuerySet[Substitution]:
    """Who comes instead of whom, for whoever sees who came; by school, with people and school. One query."""
    seen = Gathering.objects.filter(attendance_seen_by(actor), pk=gathering.pk)
    rows = Substitution.objects.filter(gathering__in=seen).select_related("school", "head", "substitute")
    return rows.order_by("school__search_name", "pk")


def has_substitutes() -> Exists:
    """Whether somebody comes instead of a head: a condition on Gathering. No query by itself."""
    return Exists(Substitution.objects.filter(gathering_id=OuterRef("pk")))


def substitutions_of(
    commitment: SchoolCommitment, gatherings: Iterable[Gathering]
) -> dict[int, Substitution]:
    """Gathering id -> who comes instead of this head. One query."""
    rows = Substitution.objects.filter(head_id=commitment.head_id, school_id=commitment.school_id)
    keys = [one.pk for one in gatherings]
    return {one.gathering_id: one for one in rows.filter(gathering_id__in=keys).select_related("substitute")}


def colleagues_of(commitment: SchoolCommitment, *, all_of_them: bool = False) -> list[Person]:
    """People of the school whom its head may choose by name: those who allow it, and who leads it with her. Two queries.

    all_of_them: everybody with a post there, for the deed that looks for a typed name.
    """
    today = timezone.localdate()
    posts = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), school_id=commitment.school_id)
    people = Person.objects.filter(pk__in=posts.values("person_id")).exclude(pk=commitment.head_id)
    found = list(people.order_by("search_name", "pk"))
    if all_of_them:
        return found
    allowed: Collection[int] = who_consented(Purpose.SCHOOL, [one.pk for one in found])
    return [one for one in found if one.pk in allowed]
