"""What every page loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.communities.models import Community
from tejido.communities.selectors import communities_visible_to
from tejido.directory.models import School
from tejido.foundation.errors import Refusal
from tejido.improvement.models import Cycle
from tejido.improvement.policies import cycles_begun_by, cycles_visible_to, joined_by, written_by
from tejido.web.responses import done, page, refused

JOINED = ("community__parent", "school", "after")


def community(request: MemberRequest, pk: int) -> Any:
    """A community that the reader sees. One query."""
    return get_object_or_404(communities_visible_to(request.user).select_related("parent"), pk=pk)


def begun(request: MemberRequest) -> QuerySet[Community]:
    """Communities in which the reader may begin a cycle. No query by itself."""
    seen_here = communities_visible_to(request.user).filter(cycles_begun_by(request.user))
    return seen_here.select_related("parent")


def going_on_from(request: MemberRequest, community: Community) -> Cycle | None:
    """The cycle of the same community that ?after= names; None where it names none. One query at most."""
    named = request.GET.get("after", "")
    rows = Cycle.objects.filter(cycles_visible_to(request.user), community=community)
    return rows.filter(pk=int(named)).first() if named.isdecimal() else None


def _one(pk: int, *allowed: Q) -> Cycle:
    rows: QuerySet[Cycle] = Cycle.objects.select_related(*JOINED)
    return get_object_or_404(rows.filter(*allowed), pk=pk)


def seen(request: MemberRequest, pk: int) -> Cycle:
    """A cycle, for whoever sees it. One query."""
    return _one(pk, cycles_visible_to(request.user))


def written(request: MemberRequest, pk: int) -> Cycle:
    """A cycle, for whoever writes in it. One query."""
    return _one(pk, cycles_visible_to(request.user), written_by(request.user))


def joined(request: MemberRequest, pk: int) -> Cycle:
    """A cycle, for whoever may take part in it. One query."""
    return _one(pk, joined_by(request.user))


def schools_of(found: Any) -> QuerySet[School]:
    """Where members of a community work, for a choice. No query by itself."""
    members_there = Q(posts__person__memberships__community__lineage__ancestor_id=found.pk)
    return School.objects.filter(members_there, posts__ends_on=None).distinct().order_by("name")


def shown(
    request: MemberRequest, template: str, cycle: Cycle, *, form: Form | None = None, **more: Any
) -> HttpResponse:
    """A page about a cycle, inside its community."""
    inside: dict[str, Any] = {"cycle": cycle, "community": cycle.community, "place": "governance"}
    return page(request, template, form=form, **inside, **more)


def here(pk: int, anchor: str = "") -> str:
    """The address of a cycle, at one of its parts."""
    return reverse("improvement:cycle", args=[pk]) + (f"#{anchor}" if anchor else "")


def deed(anchor: str, load: Callable[[MemberRequest, int], Cycle] = written) -> Callable[..., Any]:
    """A deed on a cycle: takes it, returns what is said of it; a refusal is said at the same place."""

    def decorate(act: Callable[..., str]) -> Callable[..., HttpResponseBase]:
        @members
        @require_POST
        @wraps(act)
        def view(request: MemberRequest, pk: int, **more: Any) -> HttpResponse:
            found = load(request, pk)
            try:
                said = act(request, found, **more)
            except Refusal as refusal:
                return refused(request, refusal, here(pk, anchor))
            return done(request, said, here(pk, anchor))

        return view

    return decorate


def filled(form: Form) -> Form:
    """A form of one piece of the page, valid. Raises Refusal("not_filled") with its first sentence where it is not."""
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        label = form.fields[field].label if field in form.fields else ""
        raise Refusal("not_filled", f"{label}: {errors[0]}" if label else str(errors[0]))
    return form


def read_anew(form: Form, cycle: Cycle, seen: int) -> bool:
    """Whether somebody else saved after `seen`; the form then carries the edition that stands, to be sent again."""
    if not form.is_bound or seen == cycle.edition:
        return False
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    data["seen"] = str(cycle.edition)
    form.data = data
    return True
