"""The reader's language, and refusals that no view has caught."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tejido.foundation.errors import NotAllowed, Refusal
from tejido.web.queue import from_queue


class ReaderLanguage:
    """Django's LocaleMiddleware, with the account's own choice before everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "") if hasattr(request, "user") else ""
        language = chosen or translation.get_language_from_request(request)
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.setdefault("Content-Language", language)
        if not chosen:
            patch_vary_headers(response, ["Accept-Language"])
        return response


class KeptByNobodyElse:
    """What a signed-in reader sees is kept by no proxy, and asked for anew after signing out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.setdefault("Cache-Control", "private, no-cache")
        return response


class RefusalsInWords:
    """A refusal that a view lets pass becomes a page that says why: 403 where the actor may not, 409 otherwise.

    The queue of a page gets it as JSON, so that the act leaves the queue and its row says why.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        status = 403 if isinstance(error, NotAllowed) else 409
        if from_queue(request):
            return JsonResponse(
                {"outcome": "refused", "code": error.code, "message": error.message}, status=status
            )
        return render(request, f"{status}.html", {"reason": error.message}, status=status)
