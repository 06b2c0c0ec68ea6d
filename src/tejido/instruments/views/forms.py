"""The forms of a community, and one of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.communities.policies import rights_in
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can
from tejido.instruments import selectors, services
from tejido.instruments.views import loading
from tejido.web.responses import page, refused


@members
@require_GET
def forms(request: MemberRequest, pk: int) -> HttpResponse:
    """What waits for the reader's answer; for the team, what is given out and what there is to give."""
    community = loading.community(request, pk, "see")
    rights = rights_in(request.user, community)
    shown: dict[str, Any] = {"community": community, "runs": "run" in rights, "team": "understand" in rights}
    if shown["team"]:
        shown["collections"] = selectors.collections_of(request.user, community)[:100]
        shown["instruments"] = selectors.instruments_of(request.user, community)
    waiting = selectors.to_answer(request.user).filter(community=community)
    return page(request, "instruments/forms.html", place="forms", waiting=waiting, **shown)


@members
@require_POST
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    """On to the page where the reader answers, by a link of their own."""
    found = get_object_or_404(selectors.to_answer(request.user), pk=pk)
    try:
        return redirect(services.link_of_my_own(found, actor=request.user))
    except Refusal as refusal:
        return refused(request, refusal, "instruments:forms", found.community_id)


@members
@require_GET
def instrument(request: MemberRequest, pk: int) -> HttpResponse:
    """One form: its versions, its scales, where it was given out."""
    found = loading.instrument(request, pk)
    given = selectors.collections_for(request.user).filter(version__instrument=found)
    return page(
        request,
        "instruments/instrument.html",
        place="forms",
        community=found.community,
        instrument=found,
        versions=selectors.versions_of(found),
        scales=found.scales.prefetch_related("items"),
        collections=given.order_by("-opens_at")[:50],
        changes=can(request.user, "instruments.change", found),
    )


@members
@require_GET
def source(request: MemberRequest, pk: int) -> HttpResponse:
    """The file that was brought, or (?what=xform) the XForm made of it."""
    version = loading.version(request, pk)
    as_xform = request.GET.get("what") == "xform"
    content = bytes(version.xform) if as_xform else bytes(version.source or b"")
    if not content:
        raise Http404
    name = f"{version.instrument.form_id}.xml" if as_xform else version.source_name
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
