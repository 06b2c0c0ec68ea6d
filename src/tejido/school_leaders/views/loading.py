"""What every page loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from tejido.accounts.access import MemberRequest
from tejido.communities.models import Community
from tejido.communities.policies import communities_for, rights_in
from tejido.directory.models import School
from tejido.school_leaders import selectors
from tejido.school_leaders.models import SchoolCommitment
from tejido.school_leaders.selectors import SchoolLine
from tejido.web.responses import page


def community(request: MemberRequest, pk: int, right: str = "record") -> Community:
    """The community with the reader's rights on it, for whoever has this right in it. Two queries."""
    rows = Community.objects.filter(communities_for(request.user, right)).select_related("parent")
    found = get_object_or_404(rows, pk=pk)
    found.rights_of_reader = rights_in(request.user, found)
    return found


def line(
    request: MemberRequest, pk: int, school_pk: int, right: str = "record"
) -> tuple[Community, SchoolLine]:
    """A school of the community, for whoever has the right there. Six queries."""
    where = community(request, pk, right)
    found = selectors.line_of(
        where, get_object_or_404(School.objects.select_related("territory"), pk=school_pk)
    )
    if found is None:
        raise Http404
    return where, found


def commitment(request: MemberRequest, pk: int, school_pk: int) -> SchoolCommitment:
    """How the school stands with this very community, for whoever runs it. Three queries."""
    where = community(request, pk, "run")
    school = get_object_or_404(School.objects.all(), pk=school_pk)
    return get_object_or_404(selectors.commitments_looked_after(request.user, where, school))


def shown(request: MemberRequest, template: str, where: Community, **more: Any) -> HttpResponse:
    """A page of the community about its schools."""
    return page(request, template, place="people", community=where, **more)
