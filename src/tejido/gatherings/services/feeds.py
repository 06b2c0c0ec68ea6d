"""Deeds on private calendar addresses."""

from __future__ import annotations

import secrets

from django.db import transaction

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.events import FeedOpened, FeedRevoked
from tejido.gatherings.models import FeedToken


@transaction.atomic
def open_feed(community: Community | None, *, actor: User) -> FeedToken:
    """A private address for the actor's calendar: of a community, or (None) of their own gatherings.

    Where there was one, its key is replaced and the old address stops. Raises NotAllowed. Announces FeedOpened.
    """
    require(actor, "gatherings.open_feed", community)
    feed, _made = FeedToken.objects.update_or_create(
        user=actor, community=community, defaults={"key": secrets.token_urlsafe(32)}
    )
    announce(FeedOpened(actor.pk, feed.pk), actor=actor)
    return feed


@transaction.atomic
def revoke_feed(feed: FeedToken, *, actor: User) -> None:
    """The address stops. Raises NotAllowed: somebody else's. Announces FeedRevoked."""
    require(actor, "gatherings.revoke_feed", feed)
    announce(FeedRevoked(feed.user_id, feed.pk), actor=actor)
    feed.delete()
