from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.insights import files, selectors, services
from tejido.insights.comparing import comparison_for
from tejido.insights.forms import ViewForm
from tejido.insights.page import page_for, seen
from tejido.web.responses import done, page


@members
def insight(request: MemberRequest, pk: int) -> HttpResponse:
    """What a community's records say: five families of indicators, the network drawn."""
    shown = page_for(request.user, pk, request.GET)
    about: dict[str, Any] = {"community": shown.community, "place": "insight", "tie_words": selectors.TIE}
    return page(request, "insights/insight.html", shown=shown, **about)


@members
@require_POST
def compute(request: MemberRequest, pk: int) -> HttpResponse:
    """Compute it now, while the reader waits."""
    community, _eyes = seen(request.user, pk)
    form = ViewForm(request.POST, selectors.choices(community))
    services.compute_now(community, form.choice, actor=request.user)
    return done(request, _("Computed anew just now."), "insights:insight", community.pk)


@members
def compare(request: MemberRequest, pk: int) -> HttpResponse:
    """Two periods side by side: values, and which ties are new, kept and lost."""
    community, eyes = seen(request.user, pk)
    shown = comparison_for(request.user, community, eyes, request.GET)
    return page(request, "insights/compare.html", shown=shown, community=community, place="insight")


@members
def indicators_csv(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The indicators of a period as a table; small groups as on the page."""
    shown = page_for(request.user, pk, request.GET)
    return files.indicators(shown)


@members
def ties_csv(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The ties of a period as a table, names as on the page. Raises NotAllowed for who may not see ties."""
    community, eyes = seen(request.user, pk)
    return files.ties(request.user, community, eyes, request.GET)
