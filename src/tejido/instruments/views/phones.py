"""Codes for phones with ODK Collect or KoboCollect: getting one, showing it once, taking it back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.communities.models import Community
from tejido.communities.policies import has_right
from tejido.directory.models import Person
from tejido.instruments import selectors, services
from tejido.instruments.forms.phones import PhoneForm
from tejido.instruments.models import Phone
from tejido.instruments.views import loading
from tejido.web.responses import done, page, refusals_on
from tejido.web.sharing import qr_code
from tejido_forms.openrosa import settings_code


@members
def phones(request: MemberRequest, pk: int) -> HttpResponse:
    """The reader's phones in a community and, for whoever runs it, everybody's. POST: a code for one more."""
    community = loading.community(request, pk, "see")
    reader = Person.objects.filter(user=request.user).first()
    runs = has_right(request.user, community, "run")
    form = PhoneForm(request.POST or None, community=community, reader=reader, runs=runs)
    made = _connect(request, community, form) if form.is_bound else None
    if made is not None:
        return redirect("instruments:phone", made.pk)
    rows = list(selectors.phones_for(request.user, community)[:200])
    mine = [one for one in rows if reader and one.person_id == reader.pk]
    shown: dict[str, Any] = {"mine": mine, "others": [one for one in rows if one not in mine]}
    shown["form"] = form if runs or reader else None
    return page(request, "instruments/phones.html", place="forms", community=community, **shown)


def _connect(request: MemberRequest, community: Community, form: PhoneForm) -> Phone | None:
    """What the form asks for; None with the reason on the form."""
    owner = form.owner() if form.is_valid() else None
    if owner is None:
        return None
    with refusals_on(form):
        return services.connect_phone(owner, community, form.cleaned_data["name"], actor=request.user)
    return None


@members
@require_GET
def my_phones(request: MemberRequest) -> HttpResponse:
    """The phones that answer in the reader's name, in whatever community."""
    mine = selectors.phones_for(request.user).filter(person__user=request.user, revoked_at=None)[:100]
    return page(request, "instruments/my_phones.html", place="me", phones=mine)


@members
@require_GET
def phone(request: MemberRequest, pk: int) -> HttpResponse:
    """One phone: its code as long as it was not used, and how it is scanned."""
    found = get_object_or_404(selectors.phones_for(request.user), pk=pk)
    shown: dict[str, Any] = {"phone": found, "is_mine": found.person.user_id == request.user.pk}
    told = services.settings_to_show(found, actor=request.user)
    if told:
        shown["address"] = told["general"]["server_url"]
        shown["code"] = qr_code(settings_code(told), title=_("Settings code for ODK Collect"))
    response = page(request, "instruments/phone.html", place="forms", community=found.community, **shown)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@members
@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Its code stops opening anything."""
    found = get_object_or_404(selectors.phones_for(request.user), pk=pk)
    services.revoke_phone(found, actor=request.user)
    words = _("The code was taken back. What that phone sent stays here.")
    return done(request, words, "instruments:phones", found.community_id)
