"""What leaves the house: the page for everybody, and the leaflet."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tejido.accounts import access
from tejido.accounts.access import MemberRequest, members
from tejido.charters import selectors, services
from tejido.charters.forms import PublicForm
from tejido.charters.leaflets import PAPERS, as_pdf, leaflet_of
from tejido.charters.models import PublicPage
from tejido.charters.views import loading
from tejido.web.responses import done, page, refusals_on

SETTINGS = "charters/public_settings.html"


@access.public
@require_GET
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """The charter in force, for everybody."""
    found = selectors.public_charter(slug)
    if found is None:
        raise Http404
    address = settings.TEJIDO_URL + reverse("charters:public", args=[slug])
    first = found.articles[0].text if found.articles else ""
    return page(request, "charters/public.html", found=found, address=address, first=first)


@members
def public_settings(request: MemberRequest, pk: int) -> HttpResponse:
    """Open it to everybody, and say whether one may be written to."""
    community = loading.community(request, pk, "run")
    known = selectors.page_of(community)
    mine = known is not None and known.contact is not None and known.contact.user_id == request.user.pk
    is_open = known is not None and known.is_open
    form = PublicForm(request.POST or None, initial={"is_open": is_open, "i_am_contact": mine})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            wants = {"is_open": form.cleaned_data["is_open"], "i_am_contact": _contact(form, mine)}
            services.keep_public_page(community, actor=request.user, **wants)
            return done(request, _("The settings are saved."), "charters:public_settings", pk)
    shown = {"known": known, "address": _address(known), "held": selectors.in_force(community)}
    return page(request, SETTINGS, place="governance", community=community, form=form, **shown)


def _contact(form: PublicForm, mine: bool) -> bool | None:
    """Nobody else's contact is touched: without the tick, only one's own goes."""
    wants = bool(form.cleaned_data["i_am_contact"])
    return wants if wants or mine else None


def _address(known: PublicPage | None) -> str:
    return (
        settings.TEJIDO_URL + reverse("charters:public", args=[known.slug]) if known and known.is_open else ""
    )


@members
@require_GET
def leaflet(request: MemberRequest, pk: int) -> HttpResponse:
    """One sheet, two sides, folded twice: PDF. paper: a4 (else us-letter)."""
    found = loading.version(request, pk)
    paper = request.GET.get("paper", "")
    pdf = as_pdf(leaflet_of(found, paper if paper in PAPERS else PAPERS[0]))
    name = slugify(found.community.name) or "charter"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}-{found.number}.pdf"'},
    )
