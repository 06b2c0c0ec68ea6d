"""The history of a community, in sentences."""

from __future__ import annotations

from django.http import HttpResponse

from tejido.accounts.access import MemberRequest, members
from tejido.communities import selectors
from tejido.communities.views import loading
from tejido.foundation import sentences
from tejido.web.responses import page


@members
def history(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.seen(request, pk)
    read = selectors.history_page(
        community, request.user, kind=request.GET.get("kind", ""), before=request.GET.get("before", "")
    )
    return page(
        request,
        "communities/history.html",
        place="history",
        community=community,
        items=sentences.read(read.entries, reader=request.user),
        kinds=[(key, words) for key, (words, _q) in selectors.kinds_of_history().items()],
        read=read,
    )
