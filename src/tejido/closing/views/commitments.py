"""Commitments: the list of a community, one of them, and the deeds on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.closing import selectors, services
from tejido.closing.forms.commitments import CommitmentForm, PostponeForm
from tejido.closing.listing import Row, table_of
from tejido.closing.models import Commitment
from tejido.closing.selectors import Line
from tejido.closing.views import loading
from tejido.communities.selectors import communities_visible_to
from tejido.foundation.acts import once
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import sheet
from tejido.web.queue import act_key
from tejido.web.responses import done, page, refusals_on, refused


@members
@require_GET
def commitments(request: MemberRequest, pk: int) -> HttpResponseBase:
    """All of a community and below: open, late, done. Answers ?download=csv and xlsx too."""
    community = get_object_or_404(communities_visible_to(request.user), pk=pk)
    lines = selectors.lines_of(selectors.commitments_in(community, request.user), request.user)
    rows = [Row(line) for line in lines]
    table = table_of(rows).read(request, rows)
    shown: dict[str, Any] = {"table": table, "community": community, "place": "gatherings"}
    counts, kept = selectors.counts_among(lines), selectors.kept_in_time(community)
    return table.download() or page(request, "closing/commitments.html", counts=counts, kept=kept, **shown)


@members
def new(request: MemberRequest, pk: int) -> HttpResponse:
    """One commitment more, while the gathering is written down."""
    found = loading.gathering(request, pk)
    form = _form(request, found)
    if form.is_valid():
        with refusals_on(form):
            services.make_commitment(found, form.promise(), actor=request.user)
            said = _("The commitment is written down.")
            to = "closing:new_commitment" if "more" in request.POST else loading.here(pk, "commitments")
            return done(request, said, to, *([pk] if "more" in request.POST else []))
    return loading.shown(request, "closing/commitment_form.html", found, form=form, commitment=None)


def _form(request: MemberRequest, found: Gathering, one: Commitment | None = None) -> CommitmentForm:
    sent: QueryDict | None = request.POST if request.method == "POST" else None
    lines = sheet(found, schools=False)
    return CommitmentForm(sent, community=found.community, lines=lines, actor=request.user, commitment=one)


@members
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """What was promised, said anew, while the gathering is not closed."""
    one = get_object_or_404(Commitment.objects.select_related("organisation"), pk=pk)
    found = loading.gathering(request, one.gathering_id)
    form = _form(request, found, one)
    if form.is_valid():
        with refusals_on(form):
            services.change_commitment(one, form.promise(), actor=request.user)
            return done(request, _("The commitment is written down."), "closing:commitment", pk)
    return loading.shown(request, "closing/commitment_form.html", found, form=form, commitment=one)


@members
@require_POST
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """It was written down by mistake."""
    one = get_object_or_404(Commitment.objects.select_related("gathering"), pk=pk)
    found = loading.gathering(request, one.gathering_id)
    try:
        services.remove_commitment(one, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "closing:commitment", pk)
    return done(request, _("The commitment is taken out."), loading.here(found.pk, "commitments"))


@members
@require_GET
def commitment(request: MemberRequest, pk: int) -> HttpResponse:
    """One commitment: who, by when, how it stands, and what can be said of it."""
    rows = selectors.commitments_for(request.user).filter(pk=pk)
    lines = selectors.lines_of(rows.select_related("community__parent"), request.user)
    if not lines:
        get_object_or_404(rows)  # 404
    return _shown(request, lines[0])


def _shown(request: MemberRequest, line: Line, **more: Any) -> HttpResponse:
    one = line.commitment
    shown: dict[str, Any] = {
        "line": line,
        "community": one.community,
        "gathering": one.gathering,
        "place": "gatherings",
        "settles": can(request.user, "closing.settle", one),
        "looks_after": can(request.user, "closing.look_after", one.gathering),
        "postpone_form": PostponeForm(initial={"due_on": one.due_on}),
    }
    return page(request, "closing/commitment.html", **(shown | more))


@members
@require_POST
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Done, dropped or open again; a second tap is the same tap. The message carries the undo."""
    one = get_object_or_404(selectors.to_settle(request.user), pk=pk)
    to, state, before = _back(request, one), request.POST.get("state", ""), one.state
    note = request.POST.get("note")

    def deed() -> str:
        return services.settle_commitment(one, state, note=note, actor=request.user)

    try:
        once(act_key(request), "closing.settle", deed, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, to)
    undo = reverse("closing:unsettle", args=[pk, before]) if before != state else ""
    return done(request, str(SAID.get(state, SAID["open"])), to, undo=undo)


SAID = {
    "done": gettext_lazy("Done. Thank you!"),
    "dropped": gettext_lazy("Dropped. Nobody is reminded of it any more."),
    "open": gettext_lazy("It is open again."),
}


def _back(request: MemberRequest, one: Commitment) -> str:
    to = request.POST.get("to", "")
    own = url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return to if own and to.startswith("/") else reverse("closing:commitment", args=[one.pk])


@members
@require_POST
def unsettle(request: MemberRequest, pk: int, state: str) -> HttpResponse:
    """The undo of a tap: back to what stood before."""
    one = get_object_or_404(selectors.to_settle(request.user), pk=pk)
    try:
        services.settle_commitment(one, state, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "closing:commitment", pk)
    return done(request, _("Taken back."), "closing:commitment", pk)


@members
@require_POST
def postpone(request: MemberRequest, pk: int) -> HttpResponse:
    """Another day."""
    one, form = get_object_or_404(selectors.to_settle(request.user), pk=pk), PostponeForm(request.POST)
    if not form.is_valid():
        return refused(request, Refusal("no_day", _("Choose a day.")), "closing:commitment", pk)
    try:
        services.postpone_commitment(one, form.cleaned_data["due_on"], actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "closing:commitment", pk)
    return done(request, _("It has another day now."), "closing:commitment", pk)
