"""What members suggest, and what becomes of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.charters import services
from tejido.charters.forms import SuggestForm
from tejido.charters.views import loading
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, refusals_on, refused

HERE = "charters:version"


@members
def suggest(request: MemberRequest, pk: int) -> HttpResponse:
    article = loading.article(request, pk, "suggest")
    form = SuggestForm(request.POST or None, initial={"wording": article.text})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refusals_on(form):
            services.suggest(article, said["wording"], said["why"], actor=request.user)
            return done(
                request, _("Thank you! The suggestion stands under its article."), HERE, article.version_id
            )
    return loading.shown(request, "charters/suggest.html", article.version, form=form, article=article)


@members
@require_POST
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """decision: accept, remark (without its wording) or decline."""
    found = loading.suggestion(request, pk)
    decision, reason = request.POST.get("decision", ""), request.POST.get("reason", "")
    keeps = decision == "remark"
    try:
        services.decide_suggestion(
            found, decision in {"accept", "remark"}, reason, keep_words=keeps, actor=request.user
        )
    except Refusal as refusal:
        return refused(request, refusal, HERE, found.article.version_id)
    return done(request, _("The suggestion is decided."), HERE, found.article.version_id)
