"""Who can be named in questions that ask for people of the community, and who is meant by a code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, QuerySet

from tejido.communities.models import Community
from tejido.communities.selectors import members_on
from tejido.directory.models import Consent, Person, Post, Purpose
from tejido.instruments.models import Answer, Collection, Response, RosterCode, Version
from tejido.instruments.rosters import names_people, of_codes
from tejido.instruments.selectors.definitions import definition_of, definition_with
from tejido_forms.definition import FormDefinition


def asks_for_people(version: Version) -> bool:
    """Whether the version asks for people of the community: then it is never public and never anonymous."""
    return names_people(definition_of(version))


def people_to_name(community: Community) -> QuerySet[Person]:
    """Members of the community and below it today who agreed to appear in its network, by name. One query."""
    agreed = Consent.objects.filter(
        person_id=OuterRef("pk"), purpose=Purpose.ANALYTICS, is_current=True, given=True
    )
    return members_on(community).filter(Exists(agreed))


def schools_of(people: Iterable[Person]) -> dict[int, str]:
    """person id -> the name of the school where they work now. One query."""
    posts = Post.objects.filter(person__in=[one.pk for one in people], ends_on=None).exclude(school=None)
    return dict(posts.order_by("-starts_on", "pk").values_list("person_id", "school__name"))


def named_before(collection: Collection, person: Person) -> tuple[set[int], datetime | None]:
    """Whom the person named in earlier answers to this form, and when they last answered it. Two queries."""
    earlier = Response.objects.filter(
        version__instrument=collection.version.instrument_id, person=person, state__in=Response.COUNTED
    ).exclude(collection=collection)
    last = earlier.aggregate(last=Max("received_at"))["last"]
    said = Answer.objects.filter(response__in=earlier).values("text")
    return set(RosterCode.objects.filter(code__in=said).values_list("person_id", flat=True)), last


def people_meant(codes: Iterable[str]) -> dict[str, int]:
    """code -> person id; codes that are nobody's are left out. One query."""
    found = RosterCode.objects.filter(code__in=set(codes))
    return dict(found.values_list("code", "person_id"))


def definition_to_judge(version: Version, community: Community) -> FormDefinition:
    """The form as answers are judged that arrive from anybody of the community: with everybody who was ever on a list.

    Who left since was a choice all the same. No query more than `definition_of` where the form asks for nobody, else one.
    """
    if not asks_for_people(version):
        return definition_of(version)
    codes = RosterCode.objects.filter(community=community).values_list("code", flat=True)
    return definition_with(version, of_codes(codes))
