"""Rounds of buddies, pairs with their people, and why two were proposed to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from tejido.accounts.models import User
from tejido.buddies.models import BuddyRound, Pair, Partner, Profile, Talk
from tejido.buddies.policies import rounds_run_by
from tejido.buddies.selectors.skills import people_in
from tejido.communities.models import Community
from tejido.directory.models import ContactPoint, Person, Post, Skill
from tejido.directory.selectors import CURRENT_POSTS
from tejido.foundation.links import token_hash


def rounds_for(actor: User) -> QuerySet[BuddyRound]:
    """Rounds that the actor runs, with their community. One query."""
    return BuddyRound.objects.filter(rounds_run_by(actor)).select_related("community__parent")


def rounds_in(community: Community) -> QuerySet[BuddyRound]:
    """Rounds of the community, the newest first, with `.together` pairs. One query."""
    together = Count("pairs", filter=Q(pairs__state=Pair.State.TOGETHER))
    return community.buddy_rounds.annotate(together=together).order_by("-opened_at", "-pk")


def open_people(community: Community) -> QuerySet[Person]:
    """People of the community who would like a buddy and have none, nor are asked about one. One query."""
    taken = Partner.objects.filter(pair__state__in=Pair.ALIVE).exclude(answer=Partner.Answer.NOT_NOW)
    return (
        people_in(community)
        .filter(buddy_profile__open_to_buddy=True)
        .exclude(pk__in=taken.values("person_id"))
    )


PARTNERS = Prefetch(
    "partners",
    queryset=Partner.objects.select_related("person").prefetch_related(
        Prefetch("person__posts", CURRENT_POSTS.queryset, to_attr="current_posts"),
        Prefetch("person__skills", Skill.objects.select_related("topic"), to_attr="said"),
    ),
    to_attr="members",
)


def pairs_of(wave: BuddyRound, states: Collection[str] = ()) -> QuerySet[Pair]:
    """Pairs of a round with their `.members`, their posts and skills; four queries for any number, unsliced."""
    found = wave.pairs.filter(state__in=states) if states else wave.pairs.all()
    return found.prefetch_related(PARTNERS).order_by("pk")


def states_of(wave: BuddyRound) -> Counter[str]:
    """State -> pairs of the round. One query."""
    rows = wave.pairs.order_by().values_list("state").annotate(number=Count("pk"))
    return Counter({str(state): int(number) for state, number in rows})


def partner_by(token: str) -> Partner | None:
    """Whose link this is, with pair, round, community and person; None where nobody's. One query."""
    return (
        Partner.objects.select_related("pair__round__community", "person")
        .filter(token_hash=token_hash(token))
        .first()
    )


def profile_by(token: str) -> Profile | None:
    """Whose link this is, with the person. One query."""
    return Profile.objects.select_related("person").filter(token_hash=token_hash(token)).first()


def my_pairs(actor: User, community: Community | None = None) -> QuerySet[Partner]:
    """Where the actor is asked, or has a buddy, the newest first. One query."""
    alive = (Pair.State.SENT, Pair.State.TOGETHER)
    found = Partner.objects.filter(person__user_id=actor.pk, pair__state__in=alive)
    found = found.exclude(answer=Partner.Answer.NOT_NOW).select_related("pair__round__community")
    return found.filter(pair__round__community=community) if community else found.order_by("-pk")


def others_of(partner: Partner) -> list[Person]:
    """The others of the pair who did not say «not this time», with current posts and skills. Three queries."""
    there = partner.pair.partners.exclude(pk=partner.pk).exclude(answer=Partner.Answer.NOT_NOW)
    people = Person.objects.filter(pk__in=there.values("person_id")).order_by("pk")
    return list(
        people.prefetch_related(
            CURRENT_POSTS, Prefetch("skills", Skill.objects.select_related("topic"), to_attr="said")
        )
    )


@dataclass(frozen=True, slots=True)
class Why:
    """Why these people were proposed to each other. gives: (who, to whom, topics). shared: nothing is asked or offered, but these."""

    gives: list[tuple[str, str, list[str]]] = field(default_factory=list)
    km: float | None = None
    other_school: bool = False
    levels: list[str] = field(default_factory=list)  # of their posts, where they differ

    @property
    def whole_km(self) -> int | None:
        return None if self.km is None else round(self.km)


def why(people: Iterable[Person], km: float | None) -> Why:
    """What brings these people together; `current_posts` and `said` loaded. No query."""
    here = list(people)
    language = get_language() or "es"
    gives = []
    for one in here:
        for other in here:
            wanted = {skill.topic_id for skill in _said(other, Skill.Side.WANTED)}
            topics = sorted(
                skill.topic.name(language)
                for skill in _said(one, Skill.Side.OFFERED)
                if one is not other and skill.topic_id in wanted
            )
            if topics:
                gives.append((one.name, other.name, topics))
    posts = [_post(one) for one in here]
    schools = [post.school_id for post in posts if post is not None and post.school_id]
    levels = [post.level for post in posts if post is not None and post.level]
    differ = sorted(set(levels)) if len(set(levels)) > 1 else []
    return Why(gives, km, len(schools) == len(here) == len(set(schools)), differ)


def _said(person: Person, side: str) -> list[Skill]:
    return [skill for skill in person.said if skill.side == side]  # type: ignore[attr-defined]


def _post(person: Person) -> Post | None:
    posts: list[Post] = person.current_posts  # type: ignore[attr-defined]
    return posts[0] if posts else None


def why_of(partner: Partner, others: list[Person]) -> Why:
    """Why the others were proposed to this one. Two queries."""
    said = Prefetch("skills", Skill.objects.select_related("topic"), to_attr="said")
    me = Person.objects.prefetch_related(CURRENT_POSTS, said).get(pk=partner.person_id)
    return why([me, *others], partner.pair.km)


def page_of(partner: Partner) -> dict[str, Any]:
    """What the page of one of a pair shows: partner, pair, others, why; together, contacts that are shared and what was told today.

    Ten queries at most.
    """
    partner = Partner.objects.select_related("pair__round__community", "person").get(pk=partner.pk)
    pair = partner.pair
    asked = pair.state in {"sent", "together"} and partner.answer != Partner.Answer.NOT_NOW
    others = others_of(partner) if asked else []
    shown: dict[str, Any] = {"partner": partner, "pair": pair, "others": others}
    if others:
        shown["why"] = why_of(partner, others)
    if pair.state == "together" and asked:
        sharing = pair.partners.filter(shares_contact=True).values("person_id")
        shown["contacts"] = list(
            ContactPoint.objects.filter(person__in=others)
            .filter(person__in=sharing)
            .order_by("person", "kind")
        )
        shown["today"] = Talk.objects.filter(
            pair=pair, told_by=partner.person, day=timezone.localdate()
        ).first()
    return shown
