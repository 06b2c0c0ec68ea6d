"""The charter of a community, one version of it, and two of them beside each other."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.charters import selectors
from tejido.charters.comparing import compared
from tejido.charters.models import CharterVersion
from tejido.charters.views import loading
from tejido.communities.policies import has_right
from tejido.consultations.selectors import is_over
from tejido.foundation.policies import can
from tejido.web.responses import page


@members
@require_GET
def charter(request: MemberRequest, pk: int) -> HttpResponse:
    """What is in force, what is in the making, and every version before."""
    community = loading.community(request, pk)
    versions = list(selectors.versions_in(community))
    held = next((one for one in versions if one.state == CharterVersion.State.IN_FORCE), None)
    shown: dict[str, Any] = {
        "versions": versions,
        "held": held,
        "runs": has_right(request.user, community, "run"),
    }
    shown["making"] = next((one for one in versions if one.state in CharterVersion.IN_THE_MAKING), None)
    if held is not None:
        held.community = community
        public = selectors.page_of(community)
        shown["is_public"] = public is not None and public.is_open
        shown |= {"articles": selectors.begun_articles(held), **_mine(request, held)}
    return page(request, "charters/charter.html", place="governance", community=community, **shown)


def _mine(request: MemberRequest, held: CharterVersion) -> dict[str, Any]:
    return {
        "answer": selectors.answer_of(held, request.user),
        "may_accept": can(request.user, "charters.accept", held),
    }


@members
@require_GET
def version(request: MemberRequest, pk: int) -> HttpResponse:
    """The articles of a version, with what is suggested for them."""
    found = loading.version(request, pk)
    by_article: dict[int, list[Any]] = {}
    for one in selectors.suggestions_of(found):
        by_article.setdefault(one.article_id, []).append(
            (one, compared(one.before, one.wording) if one.wording else [])
        )
    articles = [(one, by_article.get(one.pk, [])) for one in selectors.articles_of(found)]
    shown = {"articles": articles, "consultation": found.vote_for.consultation if found.vote_for else None}
    return loading.shown(request, "charters/version.html", found, **shown, **_rights(request, found))


def _rights(request: MemberRequest, found: CharterVersion) -> dict[str, Any]:
    asked = found.vote_for.consultation if found.vote_for else None
    return {
        "writes": can(request.user, "charters.write", found.community),
        "may_suggest": found.is_draft and can(request.user, "charters.suggest", found),
        "is_over": asked is not None and is_over(asked),
        "held": selectors.in_force(found.community),
    }


@members
@require_GET
def compare(request: MemberRequest, pk: int) -> HttpResponse:
    """What differs from another version: the one asked for, else the one in force, else the one before."""
    found = loading.version(request, pk)
    others = [one for one in selectors.versions_in(found.community) if one.pk != found.pk]
    asked = request.GET.get("with", "")
    before: CharterVersion | None = None
    if asked.isdigit():
        before = get_object_or_404(selectors.versions_for(request.user), pk=asked, community=found.community)
    else:
        before = next((one for one in others if one.is_adopted and one.number < found.number), None)
    shown = {"before": before, "others": others, "differences": selectors.comparison(before, found)}
    return loading.shown(request, "charters/compare.html", found, **shown)
