"""What everybody may read of a community that opened its charter."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from tejido.charters.models import Article, CharterVersion, PublicPage
from tejido.charters.selectors.versions import begun_articles, in_force
from tejido.communities.models import Community
from tejido.communities.selectors import coordinators_of, members_on
from tejido.directory.models import Person
from tejido.messages.models import Channel
from tejido.messages.selectors import addresses

MOST_NODES = 100


@dataclass(frozen=True, slots=True)
class PublicCharter:
    """nodes: names; contact: who agreed to be written to, and where (mail), None where nobody did."""

    community: Community
    page: PublicPage
    version: CharterVersion
    articles: list[Article]
    nodes: list[str]
    members: int
    contact: Person | None
    mail: str


def page_of(community: Community) -> PublicPage | None:
    """The settings of the public page. One query."""
    return PublicPage.objects.filter(community=community).select_related("contact").first()


def nodes_of(community: Community) -> list[str]:
    """Names of the nodes that go on today. One query."""
    nodes = Community.objects.filter(parent=community, kind=Community.Kind.NODE)
    going_on = [one for one in nodes.order_by("name")[:MOST_NODES] if not _is_over(one)]
    return [one.name for one in going_on]


def _is_over(community: Community) -> bool:
    return community.ends_on is not None and community.ends_on < timezone.localdate()


def contact_of(page: PublicPage) -> tuple[Person | None, str]:
    """Who may be written to and where: the one who agreed, as long as she coordinates. Three queries."""
    if page.contact_id is None:
        return None, ""
    person = coordinators_of(page.community).filter(pk=page.contact_id).first()
    mail = addresses([page.contact_id], Channel.EMAIL).get(page.contact_id, "") if person else ""
    return (person, mail) if mail else (None, "")


def public_charter(slug: str) -> PublicCharter | None:
    """What stands under this address; None where nothing is open. Eight queries at most."""
    page = PublicPage.objects.filter(slug=slug, is_open=True).select_related("community").first()
    version = in_force(page.community) if page else None
    if page is None or version is None:
        return None
    contact, mail = contact_of(page)
    return PublicCharter(
        community=page.community,
        page=page,
        version=version,
        articles=begun_articles(version),
        nodes=nodes_of(page.community),
        members=members_on(page.community).count(),
        contact=contact,
        mail=mail,
    )
