"""Every view says who may come in. tests/architecture fails on a view that does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from tejido.accounts.models import User

View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """A request as the middleware of this house leaves it."""

    htmx: HtmxDetails


class MemberRequest(Request):
    """A request whose user is signed in. Views behind @members take this type."""

    user: User


def public(view: View) -> View:
    """Anybody may come in, signed in or not."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def members(view: View) -> View:
    """Signed-in people only. What they may do is decided by policies, in services."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return login_required(view)(request, *args, **kwargs)

    guarded.access = "members"  # type: ignore[attr-defined]
    return guarded


def demonstration_only(view: View) -> View:
    """Anybody, but only where the demonstration setting is on; elsewhere the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.TEJIDO_DEMONSTRATION:
            raise Http404
        return view(request, *args, **kwargs)

    guarded.access = "demonstration"  # type: ignore[attr-defined]
    return guarded
