"""Consent: read, given, withdrawn; each with one step."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tejido.accounts.access import MemberRequest, members
from tejido.directory import selectors, services
from tejido.directory.forms.people import ConsentForm
from tejido.directory.models import Consent, Purpose
from tejido.directory.views.people import editable
from tejido.foundation.errors import Refusal
from tejido.web.responses import done, page, refused


@members
def consents(request: MemberRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(selectors.person_page(request.user), pk=pk)
    if not person.editable:  # type: ignore[attr-defined]
        raise Http404
    return page(
        request,
        "directory/consents.html",
        person=person,
        consents=selectors.consents_of(person),
        consent_form=ConsentForm(auto_id=False),
        whole=True,
    )


@members
@require_POST
def answer_consent(request: MemberRequest, pk: int, purpose: str, answer: str) -> HttpResponse:
    person = editable(request.user, pk)
    if purpose not in Purpose.values or answer not in {"yes", "no"}:
        raise Http404
    how: str = Consent.How.SELF
    if person.user_id != request.user.pk:
        form = ConsentForm(request.POST)
        how = form.cleaned_data["how"] if form.is_valid() else Consent.How.SELF  # which is refused, in words
    try:
        services.answer_consent(person, purpose, answer == "yes", actor=request.user, how=how)
    except Refusal as refusal:
        return refused(request, refusal, "directory:person", pk)
    said = _("The consent is noted.") if answer == "yes" else _("Noted: no consent for this from now on.")
    return done(request, said, "directory:person", pk)
