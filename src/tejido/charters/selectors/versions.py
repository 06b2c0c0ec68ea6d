"""Versions of a charter, their articles and what is suggested."""

from __future__ import annotations

from django.db.models import QuerySet

from tejido.accounts.models import User
from tejido.charters.models import Article, CharterVersion, Suggestion
from tejido.charters.policies import versions_visible_to
from tejido.communities.models import Community

HOUSE = [kind for kind in Article.Kind.values if kind != Article.Kind.OTHER]  # in the order of a charter


def versions_for(actor: User) -> QuerySet[CharterVersion]:
    """Versions the actor may see, with their community and the vote on them. One query."""
    found = CharterVersion.objects.filter(versions_visible_to(actor))
    return found.select_related("community__parent", "vote_for__consultation")


def versions_in(community: Community) -> QuerySet[CharterVersion]:
    """All versions, the newest first, with the vote on them. One query."""
    found = CharterVersion.objects.filter(community=community).select_related("vote_for__consultation")
    return found.order_by("-number")


def in_force(community: Community) -> CharterVersion | None:
    """The charter that holds today. One query."""
    return versions_in(community).filter(state=CharterVersion.State.IN_FORCE).first()


def in_the_making(community: Community) -> CharterVersion | None:
    """The draft, or what is put to the vote. One query."""
    return versions_in(community).filter(state__in=CharterVersion.IN_THE_MAKING).first()


def articles_of(version: CharterVersion) -> QuerySet[Article]:
    """In their order. One query."""
    return version.articles.order_by("position", "pk")


def begun_articles(version: CharterVersion) -> list[Article]:
    """Those that say something, in their order. One query."""
    return [one for one in articles_of(version) if one.text.strip()]


def suggestions_of(version: CharterVersion) -> QuerySet[Suggestion]:
    """What was suggested, with article and author, in the order in which it came. One query."""
    return (
        Suggestion.objects.filter(article__version=version)
        .select_related("author", "article__version")
        .order_by("pk")
    )


def open_suggestions(version: CharterVersion) -> QuerySet[Suggestion]:
    """Those that wait for a decision. One query."""
    return suggestions_of(version).filter(state=Suggestion.State.OPEN)
