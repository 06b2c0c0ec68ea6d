"""Charters as they come about: begun, written, put to the vote, in force."""

from __future__ import annotations

from tejido.accounts.services import system_account
from tejido.charters import services
from tejido.charters.models import Article, CharterVersion
from tejido.communities.models import Community

MISSION = "We weave water and reading."


def article(version: CharterVersion, kind: str = Article.Kind.MISSION) -> Article:
    return version.articles.get(kind=kind)


def draft(community: Community, mission: str = MISSION) -> CharterVersion:
    """A draft with a mission; the one that is there, if one is."""
    version = services.begin_draft(community, actor=system_account())
    there = article(version)
    services.write_article(there, mission, edition=there.edition, actor=system_account())
    return version


def in_force(community: Community, mission: str = MISSION) -> CharterVersion:
    return services.adopt(draft(community, mission), "Agreed by everybody", actor=system_account())


def proposed(community: Community, **more: object) -> CharterVersion:
    """Put to the vote, open to all eyes unless told otherwise."""
    version = draft(community)
    services.put_to_vote(version, actor=system_account(), **{"secret": False, **more})  # type: ignore[arg-type]
    version.refresh_from_db()
    return version
