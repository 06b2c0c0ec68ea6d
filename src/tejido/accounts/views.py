"""The account of whoever is signed in, the language of the page, and the demonstration's door."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts import selectors, services
from tejido.accounts.access import MemberRequest, demonstration_only, members, public
from tejido.accounts.cast import BY_KEY
from tejido.foundation.acts import once
from tejido.web import showcase
from tejido.web.queue import act_key, answered, from_queue
from tejido.web.responses import page

PARTS = "accounts:parts"
A_YEAR = 60 * 60 * 24 * 365


def next_address(request: HttpRequest) -> str:
    """Where the form asks to go afterwards, if that is a page of this house."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else "/"


@members
def account(request: MemberRequest) -> HttpResponse:
    return page(request, "accounts/settings.html", ways_in=selectors.ways_in(request.user))


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language in the account, and in a cookie for pages without one."""
    chosen = request.POST.get("language", "")
    response = redirect(next_address(request))
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            services.choose_language(request.user, chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=A_YEAR, samesite="Lax", secure=settings.SECURE
        )
    return response


@demonstration_only
@require_POST
def demonstration_sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """One click signs in as one of the cast. Only where the demonstration setting is on."""
    if key not in BY_KEY:
        raise Http404
    user = selectors.account_with_email(BY_KEY[key].email)
    if user is None:
        messages.error(request, _("The demonstration is not planted yet. Run: tejido demo"))
        return redirect("account_login")
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(next_address(request))


@demonstration_only
def parts(request: HttpRequest) -> HttpResponseBase:
    """Every part of the design system on one page."""
    found = showcase.examples(request)
    return found["table"].download() or page(request, "web/parts.html", **found)


@demonstration_only
@require_POST
def parts_mark(request: HttpRequest) -> HttpResponse:
    """The attendance sheet of /_parts/: marks live in the session, and each act counts once."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401) if from_queue(request) else redirect("account_login")
    person, mark = request.POST.get("person", ""), request.POST.get("mark", "")
    if person not in showcase.MARKABLE or mark not in {"on_site", "absent", ""}:
        return answered(request, "refused", to=PARTS, message=_("There is nobody of that number here."))
    once(act_key(request), "web.parts_mark", lambda: showcase.mark(request, person, mark), actor=request.user)
    return answered(request, "recorded", to=PARTS, pressed=showcase.marked(request, person))
