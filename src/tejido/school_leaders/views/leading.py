"""A head's own page, signed in: her school and no other."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from tejido.accounts.access import MemberRequest, members
from tejido.school_leaders import selectors
from tejido.school_leaders.models import SchoolCommitment
from tejido.web.responses import page

MOST = 3  # communities on one page; a school is in one or two


@members
@require_GET
def leading(request: MemberRequest, pk: int) -> HttpResponse:
    """What the head of this school sees, for each community that asked her."""
    found = list(selectors.commitments_of_head(request.user).filter(school_id=pk)[:MOST])
    if not found:
        raise Http404
    parts = [shown_of(one, selectors.address_of(one)) for one in found[:1]]
    others = [(one, selectors.address_of(one)) for one in found[1:]]
    context: dict[str, Any] = {"school": found[0].school, "parts": parts, "others": others}
    return page(request, "school_leaders/leading.html", place="schools", **context)


def shown_of(commitment: SchoolCommitment, address: str) -> dict[str, Any]:
    """What she sees of one community. Eight queries."""
    coming = selectors.coming_for_school(commitment)
    instead = selectors.substitutions_of(commitment, coming)
    return {
        "commitment": commitment,
        "address": address,
        "view": selectors.school_view(commitment),
        "promises": selectors.standing_promises(commitment),
        "coming": [(one, instead.get(one.pk)) for one in coming],
    }
