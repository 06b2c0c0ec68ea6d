"""Stopping messages by the link in each of them: no account, no script, one tap (RFC 8058)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tejido.accounts.access import public
from tejido.directory.models import Person
from tejido.messages import selectors, services
from tejido.messages.models import EVERYBODY
from tejido.messages.tokens import Reader, read_token
from tejido.web.responses import page


@public
@csrf_exempt  # mail programs send it by themselves; the signed link is the key
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows and changes nothing, because mail scanners open every link. POST stops, or lets come again."""
    reader = read_token(token)
    if reader is None:
        raise Http404
    if request.method == "POST":
        _do(reader, request.POST.get("what", "sender"))
    stopped = selectors.stopped_by(reader)
    return page(
        request,
        "messages/stop.html",
        reader=reader,
        all_stopped=EVERYBODY in stopped,
        stopped=bool(stopped & {EVERYBODY, reader.community_id}),
        saved=request.method == "POST",
    )


def _do(reader: Reader, what: str) -> None:
    try:
        if what == "resume":
            services.resume_by_link(reader)
        else:
            services.stop_by_link(reader, everything=what == "everything")
    except Person.DoesNotExist as error:
        raise Http404 from error
