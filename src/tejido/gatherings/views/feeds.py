"""Private calendar addresses: made, renewed and revoked here, read by calendars without signing in."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_POST, require_safe

from tejido.accounts.access import MemberRequest, members, public
from tejido.communities.models import Community
from tejido.foundation.errors import Refusal
from tejido.gatherings import selectors, services
from tejido.gatherings.ical import as_calendar
from tejido.gatherings.models import FeedToken
from tejido.gatherings.views.loading import community_for, number_in
from tejido.web.responses import done, page, refused

FEEDS = "gatherings:feeds"
READ_AGAIN = 15 * 60  # seconds


def address_of(feed: FeedToken) -> str:
    """The whole private address of a feed."""
    return urljoin(settings.TEJIDO_URL, reverse("gatherings:feed", args=[feed.key]))


@members
def feeds(request: MemberRequest) -> HttpResponse:
    """The reader's addresses; ?community=3 offers one for that community."""
    asked = number_in(request.GET.get("community"))
    community = community_for(request, asked) if asked else None
    known = list(selectors.feeds_of(request.user))
    return page(
        request,
        "gatherings/feeds.html",
        community=community,
        place="gatherings" if community else "calendar",
        feeds=[(feed, address_of(feed)) for feed in known],
        offer_own=not any(feed.community_id is None for feed in known),
        offer_community=community is not None and all(feed.community_id != asked for feed in known),
    )


@members
@require_POST
def open_feed(request: MemberRequest) -> HttpResponse:
    """A new address, or a new one in place of the old."""
    asked = number_in(request.POST.get("community"))
    community: Community | None = community_for(request, asked) if asked else None
    try:
        services.open_feed(community, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, FEEDS)
    return done(request, _("Here is your private address. Put it into your calendar."), FEEDS)


@members
@require_POST
def revoke_feed(request: MemberRequest, pk: int) -> HttpResponse:
    """The address stops at once."""
    feed = get_object_or_404(selectors.feeds_of(request.user), pk=pk)
    services.revoke_feed(feed, actor=request.user)
    return done(request, _("That address does not work any more."), FEEDS)


@public
@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """What its owner may see, for a calendar. An unknown or revoked key is 404; the key is the whole permission."""
    found = selectors.feed_by_key(key)
    if found is None:
        raise Http404
    language = found.user.language or (
        found.community.language if found.community else settings.LANGUAGE_CODE
    )
    with translation.override(language):
        name = found.community.name if found.community else _("My gatherings")
        written = as_calendar(selectors.gatherings_for_feed(found), name=name)
    return _calendar(request, written)


def _calendar(request: HttpRequest, written: bytes) -> HttpResponse:
    from hashlib import sha256

    tag = f'"{sha256(written).hexdigest()[:32]}"'

    @condition(etag_func=lambda _request: tag)
    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(written, content_type="text/calendar; charset=utf-8")

    response = answer(request)
    patch_cache_control(response, private=True, max_age=READ_AGAIN)
    return response
