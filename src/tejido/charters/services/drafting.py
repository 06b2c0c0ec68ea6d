"""Writing a draft, article by article."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.charters.events import DraftBegun, DraftDiscarded, DraftWritten
from tejido.charters.models import MOST_WORDS, Article, CharterVersion
from tejido.charters.selectors import articles_of, in_force, in_the_making
from tejido.charters.selectors.versions import HOUSE
from tejido.communities.models import Community
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require

MOST_ARTICLES = 40


@transaction.atomic
def begin_draft(community: Community, *, actor: User) -> CharterVersion:
    """A draft: the charter in force to be changed, or the house's five articles, empty. The one that is there, if one is.

    Raises: NotAllowed. Announces DraftBegun.
    """
    community = Community.objects.select_for_update().get(pk=community.pk)
    require(actor, "charters.write", community)
    known = in_the_making(community)
    if known is not None:
        return known
    last = community.charter_versions.aggregate(last=Max("number"))["last"] or 0
    version = CharterVersion.objects.create(community=community, number=last + 1)
    Article.objects.bulk_create(_beginnings(version, in_force(community)))
    announce(DraftBegun(community.pk, version.pk), actor=actor)
    return version


def _beginnings(version: CharterVersion, before: CharterVersion | None) -> list[Article]:
    if before is None:
        return [Article(version=version, kind=kind, position=at) for at, kind in enumerate(HOUSE, start=1)]
    return [
        Article(version=version, kind=one.kind, name=one.name, position=at, text=one.text)
        for at, one in enumerate(articles_of(before), start=1)
    ]


def drafting(version: CharterVersion, actor: User) -> CharterVersion:
    """The version, locked, while it is a draft. For services. Raises: NotAllowed; Refusal("not_a_draft")."""
    version = CharterVersion.objects.select_for_update().select_related("community").get(pk=version.pk)
    require(actor, "charters.write", version.community)
    check_is_draft(version)
    return version


def check_is_draft(version: CharterVersion) -> None:
    """Raises Refusal("not_a_draft") where nothing can be changed."""
    if not version.is_draft:
        raise Refusal(
            "not_a_draft",
            _("This version is no draft any more, so its words stay as they are. Begin another draft."),
        )


@transaction.atomic
def told(version: CharterVersion, *, actor: User) -> None:
    """For services. Announces DraftWritten."""
    announce(DraftWritten(version.community_id, version.pk), actor=actor)


@transaction.atomic
def write_article(article: Article, text: str, *, edition: int, actor: User) -> Article:
    """The article says `text` from now on. edition: of the text that the writer had before her.

    Raises: NotAllowed; Refusal("not_a_draft", "changed_meanwhile", "too_long"). Announces DraftWritten.
    """
    version = drafting(article.version, actor)
    article = version.articles.select_for_update().get(pk=article.pk)
    text = text.replace("\r\n", "\n").strip()
    if article.text == text:
        return article
    if article.edition != edition:
        raise Refusal(
            "changed_meanwhile",
            _(
                "Somebody else changed this article while you were writing. Yours is still here: compare the two and save again."
            ),
        )
    return put_text(article, text, actor)


def put_text(article: Article, text: str, actor: User) -> Article:
    """The text as it is written, of an article that is locked. For services. Raises Refusal("too_long")."""
    if len(text) > MOST_WORDS:
        raise Refusal(
            "too_long",
            _("An article has %(most)d characters at most. Make two of it.") % {"most": MOST_WORDS},
        )
    article.text, article.edition = text, article.edition + 1
    article.save(update_fields=["text", "edition"])
    told(article.version, actor=actor)
    return article


@transaction.atomic
def add_article(version: CharterVersion, name: str, *, actor: User, text: str = "") -> Article:
    """One more article under a name of the community's own, at the end. One of the house under its own name is that one.

    Raises: NotAllowed; Refusal("not_a_draft", "no_name", "name_is_taken", "too_many", "too_long"). Announces DraftWritten.
    """
    version = drafting(version, actor)
    name = " ".join(name.split())[:100]
    there = list(articles_of(version))
    if not name:
        raise Refusal("no_name", _("Give the article a name."))
    if any(one.title.casefold() == name.casefold() for one in there):
        raise Refusal("name_is_taken", _("There is an article of this name. Write there."))
    if len(there) >= MOST_ARTICLES:
        raise Refusal("too_many", _("A charter has %(most)d articles at most.") % {"most": MOST_ARTICLES})
    kind = next((one for one in HOUSE if str(Article.Kind(one).label).casefold() == name.casefold()), "")
    position = max((one.position for one in there), default=0) + 1
    article = Article(version=version, kind=kind or Article.Kind.OTHER, position=position)
    article.name = "" if kind else name
    article.save()
    return put_text(article, text.strip(), actor)


@transaction.atomic
def remove_article(article: Article, *, actor: User) -> None:
    """Take an article out of the draft, with what was suggested for it. Raises: NotAllowed; Refusal("not_a_draft").

    Announces DraftWritten.
    """
    version = drafting(article.version, actor)
    version.articles.filter(pk=article.pk).delete()
    told(version, actor=actor)


@transaction.atomic
def move_article(article: Article, *, up: bool, actor: User) -> None:
    """One place up or down; at the end nothing happens. Raises: NotAllowed; Refusal("not_a_draft"). Announces DraftWritten."""
    version = drafting(article.version, actor)
    rows = list(articles_of(version))
    at = next((index for index, one in enumerate(rows) if one.pk == article.pk), None)
    to = None if at is None else at + (-1 if up else 1)
    if at is None or to is None or not 0 <= to < len(rows):
        return
    rows[at], rows[to] = rows[to], rows[at]
    for position, one in enumerate(rows, start=1):
        one.position = position
    Article.objects.bulk_update(rows, ["position"])
    told(version, actor=actor)


@transaction.atomic
def discard_draft(version: CharterVersion, *, actor: User) -> CharterVersion:
    """Give the draft up; it stays readable. Raises: NotAllowed; Refusal("not_a_draft"). Announces DraftDiscarded."""
    version = drafting(version, actor)
    version.state = CharterVersion.State.DISCARDED
    version.save(update_fields=["state"])
    announce(DraftDiscarded(version.community_id, version.pk), actor=actor)
    return version
