"""The history of a community, in sentences."""

from __future__ import annotations

from django.http import HttpResponse

from tejido.accounts.access import MemberRequest, members
from tejido.communities import selectors
from tejido.communities.views import loading
from tejido.foundation import sentences
from tejido.web.responses import page

PER_PAGE = 50


@members
def history(request: MemberRequest, pk: int) -> HttpResponse:
    community = loading.seen(request, pk)
    kinds = selectors.kinds_of_history()
    kind = request.GET.get("kind", "") if request.GET.get("kind") in kinds else ""
    before = request.GET.get("before", "")
    entries = selectors.history_of(community, request.user, kind=kind)
    entries = entries.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else entries
    shown = list(entries[: PER_PAGE + 1])
    return page(
        request,
        "communities/history.html",
        place="history",
        community=community,
        items=sentences.read(shown[:PER_PAGE], reader=request.user),
        kinds=[(key, words) for key, (words, _q) in kinds.items()],
        kind=kind,
        older=shown[PER_PAGE - 1].pk if len(shown) > PER_PAGE else None,
        newest=not before,
    )
