"""Photographs: adding them, saying who is on them, and showing those that may be seen."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.accounts.models import User
from tejido.closing import selectors, services
from tejido.closing.forms.pieces import MarkForm, PhotosForm
from tejido.closing.models import Photo
from tejido.closing.views import loading
from tejido.closing.views.handing import as_picture
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can
from tejido.gatherings.models import Gathering
from tejido.gatherings.selectors import sheet
from tejido.web.responses import done, refusals_on, refused

PAGE = "closing:photographs"


@members
def photographs(request: MemberRequest, pk: int) -> HttpResponse:
    """All of them with how they stand; several may be added at once."""
    found = loading.gathering(request, pk)
    form = PhotosForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            count = _add(found, form.cleaned_data["pictures"], request.user)
            said = ngettext("%(count)d photograph was added.", "%(count)d photographs were added.", count)
            return done(request, said % {"count": count}, PAGE, pk)
    photos = selectors.photos_of(found).prefetch_related("shown")
    return loading.shown(request, "closing/photographs.html", found, form=form, photos=photos)


def _add(found: Gathering, pictures: list[UploadedFile], actor: User) -> int:
    if not pictures:
        raise Refusal("nothing_chosen", _("Choose at least one photograph."))
    for one in pictures:
        services.add_photo(found, one.read(services.MOST_BYTES + 1), actor=actor)
    return len(pictures)


def _photo(found: Gathering, photo: int) -> Photo:
    return get_object_or_404(selectors.photos_of(found).select_related("gathering"), pk=photo)


@members
def photograph(request: MemberRequest, pk: int, photo: int) -> HttpResponse:
    """Who can be recognised on one of them."""
    found = loading.gathering(request, pk)
    one, lines = _photo(found, photo), sheet(found, schools=False)
    told: dict[str, Any] = {"people": [str(row.person_id) for row in one.shown.all()], "caption": one.caption}
    people = [(str(line.person.pk), line.person.name) for line in lines]
    form = MarkForm(request.POST if request.method == "POST" else None, people=people, initial=told)
    if form.is_valid():
        with refusals_on(form):
            chosen = [int(pk) for pk in form.cleaned_data["people"]]
            services.mark_photo(one, chosen, form.cleaned_data["caption"], actor=request.user)
            return done(request, _("It is noted who is on it."), PAGE, pk)
    held = set(selectors.without_consent_on(one))
    names = [line.person.name for line in lines if line.person.pk in held]
    return loading.shown(request, "closing/photograph.html", found, photo=one, form=form, held=names)


@members
@require_POST
def remove(request: MemberRequest, pk: int, photo: int) -> HttpResponse:
    """The photograph goes, its bytes too."""
    found = loading.gathering(request, pk)
    try:
        services.remove_photo(_photo(found, photo), actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, PAGE, pk)
    return done(request, _("The photograph is gone."), PAGE, pk)


@members
@require_GET
def picture(request: MemberRequest, pk: int, photo: int, size: str) -> HttpResponseBase:
    """The picture itself: for the team, and once the gathering is closed for whoever sees it, if everybody on it agrees today."""
    found = loading.seen(request, pk)
    one = _photo(found, photo)
    if not can(request.user, "closing.look_after", found) and not (
        found.sealed_at and getattr(one, "may_be_seen", False)
    ):
        raise Http404
    return as_picture(one, size)
