"""Reading applications: the list, one of them, its files; reviewers, scores, conflicts of interest."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.calls import selectors, services
from tejido.calls.forms.calls import ReviewersForm, ShareOutForm
from tejido.calls.forms.choosing import ConflictForm, ScoreForm
from tejido.calls.forms.questions import read_back
from tejido.calls.models import Application, ApplicationFile, OpenCall, Review
from tejido.calls.views import loading
from tejido.calls.views.streaming import served
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can
from tejido.web.responses import done, refusals_on, refused


@members
@require_GET
def applications(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything that the reader may read: with points for whoever chooses, for reviewers what waits for them."""
    found = _of_reader(request, pk)
    manages = bool(can(request.user, "calls.manage", found))
    rows = list(selectors.applications_of(found, request.user))
    scored = set(_mine(request, found))
    closed = found.review_closed_at is not None
    shown = {
        "manages": manages,
        "names": manages or not found.blind,
        "rows": [{"application": one, "scored": one.pk in scored} for one in rows],
        "table": selectors.table_of(found, request.user) if manages or closed else None,
        "doubled": selectors.same_contact(rows) if manages else {},
    }
    return loading.shown(request, "calls/applications.html", found, **shown)


def _of_reader(request: MemberRequest, pk: int) -> OpenCall:
    """The call, for whoever manages it or was named to read."""
    found = loading.call(request, pk)
    if not (can(request.user, "calls.manage", found) or found.reviewers.filter(user=request.user).exists()):
        raise Http404
    return found


def _mine(request: MemberRequest, call: OpenCall) -> Any:
    """Ids of the applications that the reader has scored. One query."""
    mine = Review.objects.filter(reviewer__call=call, reviewer__user=request.user)
    return mine.values_list("application_id", flat=True)


@members
@require_GET
def application(request: MemberRequest, pk: int) -> HttpResponse:
    """One application, with the form to score it."""
    return _application(request, loading.application(request, pk), None, None)


def _application(
    request: MemberRequest, found: Application, form: ScoreForm | None, conflict: ConflictForm | None
) -> HttpResponse:
    call, user = found.call, request.user
    names = selectors.names_shown(found, user)
    shown = {"application": found, "names": names, "media": names or call.shows_media}
    shown |= _contents(found) | _scoring(request, found, form, conflict)
    if can(user, "calls.choose", found):
        shown |= {"chooses": True, "reviews": selectors.reviews_of(found), "link": services.address_of(found)}
    elif call.review_closed_at is not None:
        shown["reviews"] = selectors.reviews_of(found)
    return loading.shown(request, "calls/read.html", call, **shown)


def _contents(found: Application) -> dict[str, Any]:
    """What it says. Three queries."""
    return {
        "answers": read_back(found.response),
        "fulfilments": list(found.fulfilments.select_related("requirement")),
        "files": list(found.files.all()),
    }


def _scoring(
    request: MemberRequest, found: Application, form: ScoreForm | None, conflict: ConflictForm | None
) -> dict[str, Any]:
    """The form with the reader's own points, while the review is open; her review once it is closed."""
    call = found.call
    if not can(request.user, "calls.review", found):
        return {}
    if call.review_closed_at is not None:
        return {"mine": selectors.reviews_of(found, user=request.user)}
    criteria = list(call.criteria.all())
    initial = _points(request, found)
    form = form or ScoreForm(criteria=criteria, initial=initial)
    return {"score_form": form, "conflict_form": conflict or ConflictForm()}


def _points(request: MemberRequest, found: Application) -> dict[str, Any]:
    review = _review(request, found)
    if review is None:
        return {}
    points = {f"criterion_{one.criterion_id}": one.points for one in review.scores.all()}
    return {**points, "note": review.note}


def _review(request: MemberRequest, found: Application) -> Review | None:
    return Review.objects.filter(application=found, reviewer__user=request.user).first()


@members
@require_POST
def score(request: MemberRequest, pk: int) -> HttpResponse:
    """The reader's points."""
    found = loading.application(request, pk, "review")
    form = ScoreForm(request.POST, criteria=list(found.call.criteria.all()))
    if form.is_valid():
        with refusals_on(form):
            services.score(found, form.points(), form.cleaned_data["note"], actor=request.user)
            said = _("Your points are kept. They can be changed until the review is closed.")
            return done(request, said, "calls:applications", found.call_id)
    response = _application(request, found, form, None)
    response.status_code = 422
    return response


@members
@require_POST
def conflict(request: MemberRequest, pk: int) -> HttpResponse:
    """The reader should not judge it."""
    found = loading.application(request, pk, "review")
    form = ConflictForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        services.declare_conflict(found, words, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "calls:read", pk)
    said = _("Thank you for saying so. You no longer see this application, and your points for it are gone.")
    return done(request, said, "calls:applications", found.call_id)


@members
@require_GET
def file(request: MemberRequest, key: uuid.UUID) -> HttpResponseBase:
    """A file of an application, for whoever may read it; in a blind call only where the call shows files."""
    found = get_object_or_404(ApplicationFile, key=key)
    application = loading.application(request, found.application_id)
    names = selectors.names_shown(application, request.user)
    if not names and not application.call.shows_media:
        raise Http404
    return served(request, found, name="" if names else f"{found.kind}-{application.number}")


@members
def reviewers(request: MemberRequest, pk: int) -> HttpResponse:
    """Who reads the applications. POST: name some more."""
    found = loading.call(request, pk, "manage")
    form = ReviewersForm(request.POST or None, call=found)
    if form.is_valid():
        with refusals_on(form):
            services.name_reviewers(found, form.chosen(), actor=request.user)
            return done(request, _("They can read the applications now."), "calls:reviewers", pk)
    return _reviewers(request, found, form, ShareOutForm())


def _reviewers(
    request: MemberRequest, found: OpenCall, form: ReviewersForm, out: ShareOutForm
) -> HttpResponse:
    rows = found.reviewers.select_related("user__person").annotate(
        given=Count("assignments", distinct=True),
        done=Count("reviews", distinct=True),
        conflicted=Count("conflicts", distinct=True),
    )
    named = [{"reviewer": one, "name": selectors.reviewer_name(one.user)} for one in rows.order_by("pk")]
    return loading.shown(request, "calls/reviewers.html", found, form=form, out=out, named=named)


@members
@require_POST
def dismiss(request: MemberRequest, pk: int, line: int) -> HttpResponse:
    found = loading.call(request, pk, "manage")
    try:
        services.dismiss_reviewer(get_object_or_404(found.reviewers, pk=line), actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "calls:reviewers", pk)
    return done(request, _("This person reads them no more."), "calls:reviewers", pk)


@members
@require_POST
def share_out(request: MemberRequest, pk: int) -> HttpResponse:
    """Give each application to so many reviewers."""
    found = loading.call(request, pk, "manage")
    form = ShareOutForm(request.POST)
    if not form.is_valid():
        return _reviewers(request, found, ReviewersForm(call=found), form)
    try:
        count = services.share_out(found, form.cleaned_data["each"], actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "calls:reviewers", pk)
    said = ngettext("%(count)d application was given out.", "%(count)d were given out.", count) % {
        "count": count
    }
    return done(request, said, "calls:reviewers", pk)


@members
@require_POST
def close_review(request: MemberRequest, pk: int) -> HttpResponse:
    """Close the review, or with `again` open it again."""
    found = loading.call(request, pk, "manage")
    try:
        if "again" in request.POST:
            services.reopen_review(found, actor=request.user)
            return done(request, _("The review is open again."), "calls:reviewers", pk)
        services.close_review(found, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "calls:reviewers", pk)
    said = _("The review is closed. Reviewers read each other's points now.")
    return done(request, said, "calls:applications", pk)
