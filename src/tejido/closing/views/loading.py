"""What every page loads first. What the reader may not see is not there (404)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.closing import selectors
from tejido.closing.policies import looked_after_by
from tejido.foundation.errors import Refusal
from tejido.gatherings.models import Gathering
from tejido.gatherings.policies import asked_by, visible_to
from tejido.web.responses import done, page, refused

JOINED = ("community__parent", "school", "organisation")


def gathering(request: MemberRequest, pk: int) -> Gathering:
    """The gathering with its closing and the numbers of its photographs, for the team of its community. One query."""
    rows = Gathering.objects.filter(looked_after_by(request.user)).select_related(*JOINED)
    runs = ExpressionWrapper(asked_by(request.user), output_field=BooleanField())
    return get_object_or_404(selectors.with_pieces(rows).annotate(runs=runs), pk=pk)


def rights(request: MemberRequest, found: Gathering) -> frozenset[str]:
    """What the reader may do in the community of a gathering that `gathering` loaded. No query."""
    return frozenset({"record", "run"} if getattr(found, "runs", False) else {"record"})


def closed(request: MemberRequest, pk: int) -> Gathering:
    """A gathering that was closed at least once, for whoever sees it. One query."""
    rows = Gathering.objects.filter(visible_to(request.user), closing__times__gte=1)
    return get_object_or_404(rows.select_related(*JOINED, "closing"), pk=pk)


def seen(request: MemberRequest, pk: int) -> Gathering:
    """A gathering, for whoever sees it. One query."""
    return get_object_or_404(Gathering.objects.filter(visible_to(request.user)), pk=pk)


def shown(request: MemberRequest, template: str, found: Gathering, **more: Any) -> HttpResponse:
    """A page about a gathering, inside its community."""
    inside: dict[str, Any] = {"gathering": found, "community": found.community, "place": "gatherings"}
    return page(request, template, **inside, **more)


def here(pk: int, anchor: str = "") -> str:
    """The address of the closing act, at one of its pieces."""
    return reverse("closing:closing", args=[pk]) + (f"#{anchor}" if anchor else "")


def piece(anchor: str) -> Callable[..., Callable[..., HttpResponseBase]]:
    """A deed on one piece: takes the gathering, returns what is said of it; a refusal is said at the same place."""

    def decorate(deed: Callable[..., str]) -> Callable[..., HttpResponseBase]:
        @members
        @require_POST
        @wraps(deed)
        def view(request: MemberRequest, pk: int, **more: int) -> HttpResponse:
            found = gathering(request, pk)
            try:
                said = deed(request, found, **more)
            except Refusal as refusal:
                return refused(request, refusal, here(pk, anchor))
            return done(request, said, here(pk, anchor))

        return view

    return decorate
