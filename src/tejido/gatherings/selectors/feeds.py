"""What a private calendar address shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.directory.selectors import person_of
from tejido.gatherings.models import FeedToken, Gathering
from tejido.gatherings.policies import visible_to
from tejido.gatherings.selectors.lists import expected_of

LOOKS_BACK = timedelta(days=366)
MOST = 1000


def feed_by_key(key: str) -> FeedToken | None:
    """The feed with this key, if its owner's account is still open. One query."""
    return FeedToken.objects.select_related("user", "community").filter(key=key, user__is_active=True).first()


def feeds_of(user: User) -> QuerySet[FeedToken]:
    """The private calendar addresses of an account, its own gatherings first. One query."""
    return FeedToken.objects.filter(user=user).select_related("community").order_by("community__name", "pk")


def feed_of(user: User, community: Community | None) -> FeedToken | None:
    """The account's private address for a community, or for its own gatherings. One query."""
    return FeedToken.objects.filter(user=user, community=community).first()


def gatherings_for_feed(feed: FeedToken) -> list[Gathering]:
    """What the feed shows: from a year ago on, the cancelled included so that calendars learn of it.

    Only what its owner may see today: who leaves a community finds its gatherings gone. Two queries.
    """
    rows = Gathering.objects.filter(visible_to(feed.user), day__gte=timezone.localdate() - LOOKS_BACK)
    if feed.community_id is not None:
        rows = rows.filter(community_id__in=below(feed.community_id))
    else:
        person = person_of(feed.user)
        rows = rows.filter(expected_of(person)) if person else rows.none()
    return list(rows.select_related("community", "school", "organisation").order_by("starts_at", "pk")[:MOST])


def calendar_file(gatherings: Iterable[Gathering], *, name: str) -> bytes:
    """Gatherings as an iCalendar file, for whoever a higher floor lets read them. Places and community joined; no query."""
    from tejido.gatherings.ical import as_calendar  # slow to load

    return as_calendar(gatherings, name=name)
