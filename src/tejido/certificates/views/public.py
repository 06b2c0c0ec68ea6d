"""What anybody reads who holds a certificate, or its address: without an account, without a script."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tejido.accounts.access import public
from tejido.certificates import selectors
from tejido.certificates.models import Certificate
from tejido.certificates.papers import as_pdf, days_words, file_name
from tejido.certificates.wording import duration_words
from tejido.web.responses import page

WRONG_KEYS = 30  # a minute from one address
MINUTE = 60


@public
@require_GET
def verify(request: HttpRequest, key: str) -> HttpResponse:
    """Who, what, how long, when, by whom, and whether it holds. One query."""
    found = found_or_answer(request, key)
    if not isinstance(found, Certificate):
        return found
    shown: dict[str, Any] = {
        "hours": duration_words(found.minutes),
        "days": days_words(found),
        "key": key,
    }
    return kept_by_nobody(page(request, "certificates/verify.html", certificate=found, **shown))


@public
@require_GET
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """The sheet, to print."""
    found = found_or_answer(request, key)
    if not isinstance(found, Certificate):
        return found
    response = HttpResponse(as_pdf(found), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{file_name(found)}"'
    return kept_by_nobody(response)


def found_or_answer(request: HttpRequest, key: str) -> Certificate | HttpResponse:
    """The certificate, or the answer that there is none. Whoever tries many keys waits."""
    asker = f"certificates.wrong:{request.META.get('REMOTE_ADDR', '')}"
    if cache.get(asker, 0) >= WRONG_KEYS:
        return _no_certificate(request, 429)
    found = selectors.certificate_by_key(key)
    if found is not None:
        return found
    cache.set(asker, cache.get(asker, 0) + 1, MINUTE)
    return _no_certificate(request, 404)


def _no_certificate(request: HttpRequest, status: int) -> HttpResponse:
    sentence = _("Too many were tried from here. Wait a minute, then open the address again.")
    if status == 404:
        sentence = _(
            "There is no certificate under this address. Perhaps a part of it is missing: scan the code on the paper once more."
        )
    response = page(request, "certificates/no_certificate.html", sentence=sentence)
    response.status_code = status
    return kept_by_nobody(response)


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_cache=True)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
