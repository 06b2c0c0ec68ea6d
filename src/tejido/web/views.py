from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def ping(_request: HttpRequest) -> HttpResponse:
    """For monitors and for phones that ask whether there is a connection."""
    return HttpResponse("ok", content_type="text/plain")


ping.access = "public"  # type: ignore[attr-defined]  # web stands below accounts, which has @public
