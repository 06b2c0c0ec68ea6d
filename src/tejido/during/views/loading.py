"""What every page loads first, and how pages by a link leave the house. What the reader may not see is not there (404)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.db.models import BooleanField, ExpressionWrapper
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.during.policies import looked_after_by, ticket_shown_by
from tejido.foundation.errors import Refusal
from tejido.gatherings.models import Gathering
from tejido.web.responses import done, refused


def gathering(request: MemberRequest, pk: int) -> Gathering:
    """The gathering, for the team of its community, with `.runs`: the reader may show open answers. One query."""
    runs = ExpressionWrapper(ticket_shown_by(request.user), output_field=BooleanField())
    rows = Gathering.objects.filter(looked_after_by(request.user)).annotate(runs=runs)
    found: Gathering = get_object_or_404(rows.select_related("community__parent"), pk=pk)
    return found


def here(pk: int, anchor: str) -> str:
    """The address of the desk, at one of its parts."""
    return f"{reverse('during:desk', args=[pk])}#{anchor}"


def deed(anchor: str) -> Callable[..., Callable[..., HttpResponseBase]]:
    """A deed at the desk: takes request and gathering, returns what is said of it; a refusal is said at the same part."""

    def decorate(does: Callable[..., str]) -> Callable[..., HttpResponseBase]:
        @members
        @require_POST
        @wraps(does)
        def view(request: MemberRequest, pk: int, **more: int) -> HttpResponse:
            found = gathering(request, pk)
            try:
                said = does(request, found, **more)
            except Refusal as refusal:
                return refused(request, refusal, here(pk, anchor))
            return done(request, said, here(pk, anchor))

        return view

    return decorate


def kept_by_nobody(response: HttpResponse, status: int = 200) -> HttpResponse:
    """Neither by caches nor by search engines."""
    response.status_code = status
    patch_cache_control(response, private=True, no_store=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
