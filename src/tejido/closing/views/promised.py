"""One commitment by the link of a letter: one tap says that it is done. Without an account, without a script."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tejido.accounts.access import public
from tejido.accounts.services import system_account
from tejido.closing import selectors, services
from tejido.closing.forms.commitments import PostponeForm
from tejido.closing.models import Key
from tejido.closing.views.handing import light
from tejido.foundation.errors import Refusal
from tejido.web.queue import act_key
from tejido.web.responses import refusals_on

PAGE, NO_KEY = "closing/promised.html", "closing/no_door.html"


@public
def promised(request: HttpRequest, token: str) -> HttpResponse:
    """What was promised, by when, and the tap. Opening changes nothing: scanners of mail open too."""
    key = selectors.key_by_token(token)
    if key is None:
        return light(request, NO_KEY, None, 404)
    if request.method == "POST" and "due_on" in request.POST:
        return _postpone(request, key, token)
    if request.method == "POST":
        return _settle(request, key, token)
    return _shown(request, key, token)


def _settle(request: HttpRequest, key: Key, token: str) -> HttpResponse:
    try:
        services.settle_by_link(key, request.POST.get("state", ""), act_key(request), actor=system_account())
    except Refusal as refusal:
        return _shown(request, key, token, wrong=refusal.message)
    return redirect("closing:promised", token)


def _postpone(request: HttpRequest, key: Key, token: str) -> HttpResponse:
    form = PostponeForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            services.postpone_commitment(key.commitment, form.cleaned_data["due_on"], actor=system_account())
            return redirect("closing:promised", token)
    return _shown(request, key, token, form=form, wrong=_("Look at the day once more."))


def _shown(
    request: HttpRequest, key: Key, token: str, *, form: PostponeForm | None = None, wrong: str = ""
) -> HttpResponse:
    act: UUID = uuid4()
    return light(
        request,
        PAGE,
        key.commitment.community,
        422 if wrong else 200,
        commitment=key.commitment,
        person=key.person,
        late=selectors.is_late(key.commitment),
        form=form or PostponeForm(initial={"due_on": key.commitment.due_on}),
        token=token,
        act=act,
        wrong=wrong,
    )
