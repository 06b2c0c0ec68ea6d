"""People as they say what they can share, and buddies as they come about."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.buddies import services
from tejido.buddies.models import BuddyRound, Pair, Partner, Profile
from tejido.buddies.values import Told
from tejido.communities.models import Community
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import Person, Post, Topic
from tejido.directory.tests.factories import PersonFactory, PostFactory, SchoolFactory


def topic(code: str) -> Topic:
    found, _is_new = Topic.objects.get_or_create(
        code=code, defaults={"name_es": code, "name_en": code, "name_pt": code}
    )
    return found


def told(person: Person, offered: str = "", wanted: str = "", **more: object) -> Profile:
    """The person says it; topics by their codes, with spaces between."""
    said = Told(
        offered={topic(code).pk: None for code in offered.split()},
        wanted=[topic(code).pk for code in wanted.split()],
        **{"open_to_buddy": True, "findable": True, **more},  # type: ignore[arg-type]
    )
    return services.tell(services.profile_of(person, actor=system_account()), said, actor=system_account())


def member(
    community: Community, name: str = "", offered: str = "", wanted: str = "", **more: object
) -> Person:
    """Somebody of the community with a school of their own, who would like a buddy unless told otherwise."""
    given = {"given_names": name} if name else {}
    person = MembershipFactory(community=community, person=PersonFactory(**given)).person
    place: dict[str, object] = {
        key: more.pop(key) for key in ("latitude", "longitude", "territory") if key in more
    }
    school = more.pop("school", None) or SchoolFactory(**place)
    level = str(more.pop("level", ""))
    PostFactory(person=person, school=school, level=level, function=Post.Function.TEACHER)
    told(person, offered, wanted, **more)
    return person


def opened(community: Community) -> BuddyRound:
    return services.open_round(community, actor=system_account())


def sent(community: Community) -> BuddyRound:
    found = opened(community)
    services.send_proposals(found, actor=system_account())
    found.refresh_from_db()
    return found


def partner(person: Person) -> Partner:
    """The newest place of the person in a pair."""
    return Partner.objects.filter(person=person).order_by("-pk").first()  # type: ignore[return-value]


def says(person: Person, *, yes: bool = True, shares: bool = False) -> Pair:
    return services.answer(partner(person), yes=yes, shares_contact=shares, actor=system_account())


def together(community: Community, *people: Person) -> Pair:
    """The people of a round all say yes."""
    sent(community)
    for person in people:
        found = says(person)
    return found


def as_if_weeks_ago(pair: Pair, weeks: int) -> None:
    Pair.objects.filter(pk=pair.pk).update(together_on=timezone.localdate() - timedelta(weeks=weeks))


def proposed(found: BuddyRound) -> set[frozenset[str]]:
    """Who is with whom, by given names."""
    return {
        frozenset(one.person.given_names for one in pair.partners.select_related("person"))
        for pair in found.pairs.all()
    }
