"""What ODK Collect and KoboCollect ask for: lists, forms, files, a place to send answers to.

The address holds the token of a phone. What an answer says is never a reason to refuse it: a phone that is told no keeps its work
for ever, and nobody sees it. Refused (4xx, with a sentence that the phone shows) is what is no form, an unknown form, a door that
was shut, and what is too large; all of it stays on the phone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tejido.foundation.errors import Refusal
from tejido.instruments import selectors, services
from tejido.instruments.attachments import media_type
from tejido.instruments.models import Collection, Phone
from tejido.web.chunked import MOST
from tejido_forms import openrosa
from tejido_forms.openrosa import CONTENT_TYPE, Offered, OfferedFile

ANSWER, INCOMPLETE = "xml_submission_file", "*isIncomplete*"
SPLIT_ABOVE = 10 * 1024 * 1024  # bytes: phones cut larger answers into several posts
STATUS = {"not_a_form": 400, "unknown_form": 404, "revoked": 403, "too_large": 413}


def phones(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For whoever comes with the token of a phone, in the language of its owner; `view` gets the Phone in its place."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        phone = selectors.phone_at(token)
        with translation.override(_language(phone) if phone else translation.get_language()):
            response = view(request, phone, *args, **kwargs) if phone else _shut()
        for name, value in openrosa.HEADERS.items():
            response.headers[name] = value
        response.headers["X-OpenRosa-Accept-Content-Length"] = str(SPLIT_ABOVE)
        response.headers.setdefault("Date", http_date())
        patch_cache_control(response, private=True, no_cache=True)
        return response

    guarded.csrf_exempt = True  # type: ignore[attr-defined]
    guarded.access = "public"  # type: ignore[attr-defined]
    return guarded


def _language(phone: Phone) -> str:
    account = phone.person.user
    return phone.person.language or (account.language if account else "") or phone.community.language


def _shut() -> HttpResponse:
    words = _(
        "This code no longer opens anything here. Ask for a new one and scan it in the settings of the project: "
        "what was filled in stays on the phone, and can be sent then."
    )
    return _said(words, 403)


def _said(words: str, status: int) -> HttpResponse:
    nature = "submit_success" if status < 300 else "submit_error"
    return HttpResponse(openrosa.response(words, nature), content_type=CONTENT_TYPE, status=status)


# Fetching ------------------------------------------------------------------------------------------


@phones
@require_safe
def form_list(request: HttpRequest, phone: Phone) -> HttpResponse:
    """The forms that its owner can fill in now."""
    services.note_use(phone)
    forms = [_offered(request, one) for one in selectors.offered_to(phone)]
    return HttpResponse(openrosa.form_list(forms), content_type=CONTENT_TYPE)


def _offered(request: HttpRequest, collection: Collection) -> Offered:
    version = collection.version
    return Offered(
        form_id=version.instrument.form_id,
        name=collection.title,
        version=version.version,
        md5=f"md5:{version.md5}",
        download_url=_address(request, "collect_form", collection.pk),
        manifest_url=_address(request, "collect_manifest", collection.pk),
        description=_("Answers are anonymous.") if collection.anonymous else collection.community.name,
    )


def _address(request: HttpRequest, name: str, *args: Any) -> str:
    token = request.resolver_match.kwargs["token"] if request.resolver_match else ""
    return f"{settings.TEJIDO_URL}{reverse(f'instruments:{name}', args=[token, *args])}"


@phones
@require_safe
def form(request: HttpRequest, phone: Phone, pk: int) -> HttpResponse:
    """A form, exactly the bytes whose checksum the list names."""
    version = _collection(phone, pk).version
    return HttpResponse(bytes(version.xform), content_type=CONTENT_TYPE)


@phones
@require_safe
def manifest(request: HttpRequest, phone: Phone, pk: int) -> HttpResponse:
    """The files that a form needs: lists, pictures."""
    found = services.files_for_phone(_collection(phone, pk), phone.person)
    offered = [
        OfferedFile(name, openrosa.md5_of(content), _address(request, "collect_file", pk, name))
        for name, content in found.items()
    ]
    return HttpResponse(openrosa.manifest(offered), content_type=CONTENT_TYPE)


@phones
@require_safe
def file(request: HttpRequest, phone: Phone, pk: int, name: str) -> HttpResponse:
    """One of these files, to the byte."""
    content = services.files_for_phone(_collection(phone, pk), phone.person).get(name)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=media_type(content))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = "attachment"
    return response


def _collection(phone: Phone, pk: int) -> Collection:
    return get_object_or_404(selectors.for_phone(phone), pk=pk)


# Sending -------------------------------------------------------------------------------------------


@phones
@require_http_methods(["HEAD", "POST"])
def submission(request: HttpRequest, phone: Phone) -> HttpResponse:
    """HEAD: 204, go on. POST: an answer with its files; 201, or 202 while more of its files are to come."""
    if request.method == "HEAD":
        return HttpResponse(status=204)
    try:
        xml, files = _sent(request)
        received = services.ingest_phone(phone, xml, files)
    except Refusal as refusal:
        return _said(refusal.message, STATUS.get(refusal.code, 400))
    return _said(_thanks(received.outcome), 202 if request.POST.get(INCOMPLETE) == "yes" else 201)


def _sent(request: HttpRequest) -> tuple[bytes, dict[str, bytes]]:
    """The answer and its files by name. Raises Refusal("too_large"), ("not_a_form")."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST:
        limit = {"limit": MOST // 1024**2}
        words = _(
            "This is more than %(limit)d MB at once. Make the film or the pictures smaller, and send it again."
        )
        raise Refusal("too_large", words % limit, **limit)
    try:
        parts = {name: found[0] for name, found in request.FILES.lists()}
        plain = request.POST.get(ANSWER, "")
    except (MultiPartParserError, SuspiciousOperation) as error:
        raise Refusal("not_a_form", _("What was sent is not a filled-in form.")) from error
    answer = parts.pop(ANSWER, None)
    xml = answer.read() if answer is not None else plain.encode()
    return xml, {str(part.name): part.read() for part in parts.values()}


def _thanks(outcome: str) -> str:
    if outcome == "late":
        return _("Thank you! It came after the closing and is kept; whoever asked decides whether it counts.")
    if outcome == "conflict":
        return _(
            "Thank you! It is kept, but does not count yet: you have answered before, or are not among those who are asked."
        )
    return _("Thank you! Your answer has arrived.")
