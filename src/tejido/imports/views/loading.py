"""What every page of an import loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from tejido.accounts.access import MemberRequest
from tejido.communities.models import Community
from tejido.communities.selectors import communities_visible_to
from tejido.foundation.policies import can
from tejido.imports.models import ImportRun, StagedGathering, StagedRow
from tejido.imports.selectors import runs_for


def run(request: MemberRequest, pk: int) -> ImportRun:
    """The import, for whoever may work on it. One query."""
    return get_object_or_404(
        runs_for(request.user).select_related("community__parent", "actor__person"), pk=pk
    )


def row(request: MemberRequest, pk: int) -> StagedRow:
    """One row of such an import. One query."""
    rows = StagedRow.objects.select_related("run__community").filter(run__in=runs_for(request.user))
    return get_object_or_404(rows, pk=pk)


def gathering(request: MemberRequest, pk: int) -> StagedGathering:
    """One gathering of such an import. One query."""
    staged = StagedGathering.objects.select_related("run__community").filter(run__in=runs_for(request.user))
    return get_object_or_404(staged, pk=pk)


def community(request: MemberRequest, pk: int) -> tuple[Community, list[str]]:
    """The community and the kinds of lists that the reader may bring into it; 404 where there are none."""
    found = get_object_or_404(communities_visible_to(request.user), pk=pk)
    kinds = allowed(request, found)
    if not kinds:
        raise Http404
    return found, kinds


def allowed(request: MemberRequest, into: Community | None) -> list[str]:
    """The kinds of lists that the reader may bring, in the order of the choice."""
    kinds = [str(kind) for kind in ImportRun.Kind if kind != ImportRun.Kind.SCHOOLS] if into else ["schools"]
    return [kind for kind in kinds if can(request.user, "imports.bring", (kind, into))]
