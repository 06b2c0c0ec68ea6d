"""Writing a draft."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.charters import services
from tejido.charters.comparing import compared
from tejido.charters.forms import ArticleForm, NewArticleForm
from tejido.charters.views import loading
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, refused

HERE = "charters:version"


@members
@require_POST
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.community(request, pk, "run")
    draft = services.begin_draft(community, actor=request.user)
    return done(request, _("The draft is there. Write its articles."), HERE, draft.pk)


@members
def write(request: MemberRequest, pk: int) -> HttpResponse:
    """An article. Where somebody else was faster, both texts are there and nothing is lost."""
    article = loading.article(request, pk, "write")
    form = ArticleForm(request.POST or None, initial={"text": article.text, "edition": article.edition})
    more: dict[str, Any] = {"article": article, "differences": None}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.write_article(article, said["text"], edition=said["edition"], actor=request.user)
            return done(request, _("The article is saved."), HERE, article.version_id)
        except Refusal as refusal:
            form = _again(request, article.edition, refusal)
            more["differences"] = (
                compared(article.text, said["text"]) if refusal.code == "changed_meanwhile" else None
            )
    return loading.shown(request, "charters/write.html", article.version, form=form, **more)


def _again(request: MemberRequest, edition: int, refusal: Refusal) -> ArticleForm:
    """The form with what she wrote and why it was not saved; saved again, it stands instead of what is there now."""
    form = ArticleForm({"text": request.POST.get("text", ""), "edition": edition})
    form.add_error(None, refusal.message)
    return form


@members
def add(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.version(request, pk, "write")
    form = NewArticleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.add_article(found, said["name"], text=said["text"], actor=request.user)
            return done(request, _("The article is there."), HERE, pk)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return loading.shown(request, "charters/add.html", found, form=form)


@members
@require_POST
def move(request: MemberRequest, pk: int) -> HttpResponse:
    article = loading.article(request, pk, "write")
    try:
        services.move_article(article, up="up" in request.POST, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, article.version_id)
    return done(request, _("The articles stand in another order."), HERE, article.version_id)


@members
@require_POST
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    article = loading.article(request, pk, "write")
    try:
        services.remove_article(article, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, article.version_id)
    return done(request, _("The article is taken out of the draft."), HERE, article.version_id)


@members
@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    found = loading.version(request, pk, "write")
    try:
        services.discard_draft(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, HERE, pk)
    return done(request, _("The draft is discarded."), "charters:charter", found.community_id)
