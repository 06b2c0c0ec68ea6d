"""Pages at the door: those of the team, and those of whoever comes."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tejido.accounts.access import MemberRequest, members, public
from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.checkin import codes, printing, selectors, services
from tejido.checkin.forms import DigitsForm, PaperForm
from tejido.checkin.models import Arrival
from tejido.checkin.policies import doors_kept_by
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import can
from tejido.gatherings.models import Gathering
from tejido.gatherings.policies import visible_to
from tejido.invitations.policies import is_expected
from tejido.invitations.selectors import Place, own_place
from tejido.web.responses import done, page, refused
from tejido.web.sharing import qr_code

COOKIE = "tejido_here"
PASS_SALT = "tejido.checkin.pass"  # noqa: S105 - names the kind of signature
PASS_SECONDS = 120


def _kept(request: MemberRequest, pk: int) -> Gathering:
    rows = Gathering.objects.filter(doors_kept_by(request.user)).select_related("community__parent")
    return get_object_or_404(rows, pk=pk)


@members
@require_GET
def door(request: MemberRequest, pk: int) -> HttpResponse:
    """The door as the team sees it: open or not, who came how, where the sheet says otherwise."""
    found = _kept(request, pk)
    shown: dict[str, Any] = {
        "gathering": found,
        "community": found.community,
        "place": "gatherings",
        "door": selectors.open_door_of(found),
        "ways": selectors.arrivals_by_way(found),
        "kept": selectors.kept_instead(found),
    }
    return page(request, "checkin/door.html", **shown)


@members
@require_POST
def opening(request: MemberRequest, pk: int) -> HttpResponse:
    """Open the door."""
    try:
        services.open_door(_kept(request, pk), actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "checkin:door", pk)
    return done(request, _("The door is open. Show the codes on the wall."), "checkin:door", pk)


@members
@require_POST
def closing(request: MemberRequest, pk: int) -> HttpResponse:
    """Close the door."""
    services.close_door(_kept(request, pk), actor=request.user)
    return done(request, _("The door is closed."), "checkin:door", pk)


@members
@require_GET
def wall(request: MemberRequest, pk: int) -> HttpResponse:
    """What the projector shows. The browser asks again by itself, without a script."""
    found = _kept(request, pk)
    open_one = selectors.open_door_of(found)
    if open_one is None:
        return redirect("checkin:door", pk)
    now = timezone.now().timestamp()
    drawn = qr_code(codes.wall_address(pk, open_one.secret, now), title=_("Code for checking in"))
    typed = codes.digits(open_one.secret, now)
    shown: dict[str, Any] = {"gathering": found, "qr": drawn, "digits": f"{typed[:3]} {typed[3:]}"}
    response = _light(page(request, "checkin/wall.html", **shown))
    response.headers["Refresh"] = str(codes.NEW_EVERY - int(now) % codes.NEW_EVERY)
    return response


@members
@require_POST
def paper_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """The sheet to print, as PDF. Who is new since the last time gets a number."""
    found = _kept(request, pk)
    pdf = printing.as_pdf(found, services.number_sheet(found, actor=request.user))
    headers = {"Content-Disposition": f'inline; filename="sheet-{pk}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@members
def paper(request: MemberRequest, pk: int) -> HttpResponse:
    """Print the sheet, and type in who signed it."""
    found = _kept(request, pk)
    rows = selectors.paper_rows(found)
    form = PaperForm(request.POST if request.method == "POST" else None, rows=rows)
    if request.method == "POST" and form.is_valid():
        return _typed(request, found, form)
    status = 422 if form.is_bound else 200
    shown = {"gathering": found, "community": found.community, "place": "gatherings", "rows": rows}
    return page(request, "checkin/paper.html", form=form, status=status, **shown)


def _typed(request: MemberRequest, found: Gathering, form: PaperForm) -> HttpResponse:
    but = form.cleaned_data["way"] == "but"
    try:
        there, absent = services.type_paper(found, form.people, everybody_but=but, actor=request.user)
    except Refusal as refusal:
        return refused(request, refusal, "checkin:paper", found.pk)
    said = ngettext("%(n)d person was marked as there.", "%(n)d people were marked as there.", there)
    words = said % {"n": there}
    if absent:
        gone = ngettext("%(n)d person was marked as absent.", "%(n)d people were marked as absent.", absent)
        words = f"{words} {gone % {'n': absent}}"
    return done(request, words, "checkin:paper", found.pk)


@members
@require_GET
def my_code(request: MemberRequest, pk: int) -> HttpResponse:
    """To the reader's own code."""
    found = get_object_or_404(Gathering.objects.filter(visible_to(request.user)), pk=pk)
    own = own_place(found, request.user)
    if own is None:
        raise Http404
    return redirect(codes.personal_path(pk, own[0].person.pk))


def _place(pk: int, person_pk: int, token: str) -> Place:
    """Whose code this is, while they are expected. Else 404."""
    if not codes.is_personal(token, pk, person_pk):
        raise Http404
    found = get_object_or_404(Gathering.objects.select_related("community"), pk=pk)
    place = Place(found, get_object_or_404(Person, pk=person_pk, merged_into=None))
    if not is_expected(place):
        raise Http404
    return place


@public
def personal(request: HttpRequest, pk: int, person_pk: int, token: str) -> HttpResponse:
    """Somebody's own code: they show it or type the digits; the team marks them."""
    place = _place(pk, person_pk, token)
    keeps = isinstance(request.user, User) and bool(can(request.user, "checkin.keep_door", place.gathering))
    form = DigitsForm(request.POST if request.method == "POST" and "digits" in request.POST else None)
    outcome = ""
    try:
        outcome = _deed(request, place, form, keeps)
    except Refusal as refusal:
        form.add_error(None, refusal.message)
    shown = {"gathering": place.gathering, "person": place.person, "keeps": keeps, "outcome": outcome}
    if not keeps:
        shown["qr"] = qr_code(codes.personal_address(pk, person_pk), title=_("My code"))
    response = _light(page(request, "checkin/personal.html", form=form, **shown))
    if not keeps:
        _remember(response, place)
    return response


def _deed(request: HttpRequest, place: Place, form: DigitsForm, keeps: bool) -> str:
    if request.method != "POST":
        return ""
    if keeps and "seen" in request.POST:
        assert isinstance(request.user, User)
        return services.see_arrive(place, actor=request.user)
    if not form.is_valid():
        return ""
    if not services.are_right(place, form.cleaned_data["digits"]):
        form.add_error("digits", _("These digits are not on the wall now. Look again: they change."))
        return ""
    return services.arrive(place, Arrival.Way.TYPED, actor=system_account())


def _remember(response: HttpResponse, place: Place) -> None:
    """This browser is this person's, at this gathering, for a day: the code on the wall then knows who scans it."""
    response.set_signed_cookie(
        COOKIE,
        str(place.person.pk),
        salt=f"{COOKIE}.{place.gathering.pk}",
        max_age=24 * 3600,
        path=f"/here/{place.gathering.pk}/",
        httponly=True,
        samesite="Lax",
    )


@public
def here(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The code on the wall was scanned: whoever it is says «I am here»."""
    found = get_object_or_404(Gathering.objects.select_related("community"), pk=pk)
    place = _who(request, found)
    shown: dict[str, Any] = {"gathering": found, "person": place.person if place else None}
    try:
        shown |= _passed(request, found, place, code)
    except Refusal as refusal:
        shown["refusal"] = refusal.message
    response = _light(page(request, "checkin/here.html", **shown))
    response.status_code = 422 if "refusal" in shown else 200
    return response


def _passed(request: HttpRequest, found: Gathering, place: Place | None, code: str) -> dict[str, Any]:
    """A fresh code gives a pass for two minutes, to this person only; the pass lets in."""
    mine = [found.pk, place.person.pk] if place else None
    if request.method == "POST" and place is not None:
        try:
            held = signing.loads(request.POST.get("pass", ""), salt=PASS_SALT, max_age=PASS_SECONDS)
        except signing.BadSignature:
            held = None
        if held != mine:
            raise Refusal("expired", _too_old())
        return {"outcome": services.arrive(place, Arrival.Way.SCANNED, actor=system_account())}
    open_one = selectors.open_door_of(found)
    if open_one is None or not codes.is_on_the_wall(open_one.secret, code, timezone.now().timestamp()):
        raise Refusal("expired", _too_old())
    return {"pass": signing.dumps(mine, salt=PASS_SALT) if mine else ""}


def _too_old() -> str:
    return _(
        "This code is not on the wall any more. Scan the one that is there now: it changes every 15 seconds."
    )


def _who(request: HttpRequest, found: Gathering) -> Place | None:
    """Who scans: by their account, or by the personal code they opened on this phone."""
    if isinstance(request.user, User):
        own = own_place(found, request.user)
        if own is not None:
            return own[0]
    kept = request.get_signed_cookie(COOKIE, default="", salt=f"{COOKIE}.{found.pk}")
    person = Person.objects.filter(pk=kept, merged_into=None).first() if kept else None
    return Place(found, person) if person and is_expected(Place(found, person)) else None


def _light(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
