"""The schools of a community: who leads them, who was asked, what was promised, what hangs on one person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from tejido.communities.models import Community, CommunityPeriod, Lineage, Membership
from tejido.communities.selectors import SETTLED, below, standing_on
from tejido.directory.models import Person, Post, School
from tejido.school_leaders.models import SchoolCommitment
from tejido.school_leaders.policies import LEADS, leading_posts
from tejido_analytics.engagement import Standing, engagement
from tejido_analytics.measure import Measure

ENDS_SOON = timedelta(days=30)
State = SchoolCommitment.State


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school of a community. members: how many of its people take part today; head: of the commitment, else who is
    known to lead it; commitment: the current one of this community, one above or one below, with its community joined."""

    school: School
    members: int
    head: Person | None
    commitment: SchoolCommitment | None
    head_left: bool  # whoever gave or was asked for the commitment leads the school no more
    today: date
    heads: list[Post]  # who leads it today, with person, principals first

    @property
    def state(self) -> str:
        """A value of SchoolCommitment.State, or "none"; "talk" where she asked for one, "renew" where the head left."""
        if self.commitment is None:
            return "none"
        if self.head_left and self.commitment.state in SchoolCommitment.STANDING:
            return "renew"
        if self.commitment.state == State.ASKED and self.commitment.wants_talk:
            return "talk"
        return self.commitment.state

    @property
    def is_committed(self) -> bool:
        return self.state == State.GIVEN

    @property
    def hangs_on_one(self) -> bool:
        return self.members == 1

    @property
    def ends_soon(self) -> bool:
        ends = self.commitment.ends_on if self.commitment and self.is_committed else None
        return ends is not None and ends <= self.today + ENDS_SOON

    @property
    def can_be_invited(self) -> bool:
        """Whether asking now asks somebody new."""
        return self.head is not None and self.state in {"none", "renew", State.OVER, State.WITHDRAWN}


def members_by_school(community: Community, *, school: School | None = None) -> dict[int, set[int]]:
    """School id -> ids of the people with a post there who belong to the community or below today. One query."""
    today = timezone.localdate()
    held = Membership.objects.filter(SETTLED, standing_on(today), community_id__in=below(community))
    posts = Post.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), person_id__in=held.values("person_id")
    ).exclude(school=None)
    if school is not None:
        posts = posts.filter(school=school)
    found: dict[int, set[int]] = defaultdict(set)
    for school_id, person_id in posts.values_list("school_id", "person_id"):
        if school_id is not None:
            found[school_id].add(person_id)
    return found


def line_community_ids(community: Community) -> Q:
    """Commitments to the community, to one above it, or to one below. A `Q` on SchoolCommitment."""
    above = Lineage.objects.filter(community=community).values("ancestor_id")
    return Q(community_id__in=below(community)) | Q(community_id__in=above)


def school_lines(community: Community) -> list[SchoolLine]:
    """Every school of the community, by name: those of its members, and those that were asked. Four queries at any size."""
    members = members_by_school(community)
    current: dict[int, SchoolCommitment] = {}
    rows = SchoolCommitment.objects.filter(line_community_ids(community), is_current=True)
    for one in rows.select_related("community", "head").order_by("pk"):
        if one.school_id in members or one.community_id == community.pk:
            known = current.get(one.school_id)
            if known is None or _nearer(one, known, community):
                current[one.school_id] = one
    keys = members.keys() | current.keys()
    heads = _heads_by_school(Q(school_id__in=keys))
    schools = School.objects.filter(pk__in=keys).select_related("territory").order_by("search_name", "pk")
    return [
        _line(one, len(members.get(one.pk, ())), heads.get(one.pk, []), current.get(one.pk))
        for one in schools
    ]


def _nearer(one: SchoolCommitment, known: SchoolCommitment, community: Community) -> bool:
    """Which of two commitments of one school is shown: one that was given, else the community's own."""
    given = (one.state == State.GIVEN) - (known.state == State.GIVEN)
    return given > 0 or (given == 0 and one.community_id == community.pk)


def _heads_by_school(which: Q) -> dict[int, list[Post]]:
    """Leading posts of today by school, principals first, then whoever came last. One query."""
    found: dict[int, list[Post]] = defaultdict(list)
    rows: Any = leading_posts().filter(which, person__arriving_in=None).select_related("person")
    for post in rows.order_by("-starts_on", "-pk"):
        found[post.school_id].append(post)
    for posts in found.values():
        posts.sort(key=lambda post: LEADS.index(Post.Function(post.function)))
    return found


def _line(school: School, members: int, heads: list[Post], commitment: SchoolCommitment | None) -> SchoolLine:
    leads = {post.person_id for post in heads}
    left = commitment is not None and commitment.head_id not in leads
    principal = next((post.person for post in heads if post.function == LEADS[0]), None)
    head = commitment.head if commitment is not None and not left else principal
    return SchoolLine(school, members, head, commitment, left, timezone.localdate(), heads)


def line_of(community: Community, school: School) -> SchoolLine | None:
    """One school of the community; None where it is none of its schools. Three queries."""
    members = members_by_school(community, school=school).get(school.pk, set())
    rows = SchoolCommitment.objects.filter(line_community_ids(community), is_current=True, school=school)
    found = list(rows.select_related("community", "head", "school").order_by("pk"))
    if not members and not any(one.community_id == community.pk for one in found):
        return None
    best: SchoolCommitment | None = None
    for one in found:
        if best is None or _nearer(one, best, community):
            best = one
    return _line(school, len(members), heads_of(school), best)


def heads_of(school: School) -> list[Post]:
    """Who leads the school today, with person, principals first. One query."""
    return _heads_by_school(Q(school=school)).get(school.pk, [])


def history_of(community: Community, school: School) -> QuerySet[SchoolCommitment]:
    """How the school stood with the community, the newest first, with notes of the terms. Two queries."""
    rows = SchoolCommitment.objects.filter(community=community, school=school).select_related("head")
    return rows.prefetch_related("notes").order_by("-pk")


def terms_of(community: Community) -> list[str]:
    """Names of the terms by which the community, or the nearest one above it, counts; else this year. One query."""
    rows = (
        CommunityPeriod.objects.filter(community__descent__community=community)
        .order_by("community__descent__depth", "starts_on")
        .values_list("community_id", "name")
    )
    found = list(rows)
    names = [name for owner, name in found if owner == found[0][0]]
    return names or [str(timezone.localdate().year)]


def engagement_of(lines: list[SchoolLine], came: frozenset[int] = frozenset()) -> Measure:
    """Share of schools whose head stands behind them. came: ids of heads who came to a gathering. No query."""
    return engagement(
        Standing(
            str(line.school.pk),
            committed=line.is_committed,
            came=line.head is not None and line.head.pk in came,
        )
        for line in lines
    )
