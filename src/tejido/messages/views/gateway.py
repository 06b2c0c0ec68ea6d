"""Where the gateway to phones tells what became of messages and what people wrote back."""

from __future__ import annotations

import hmac
import json
import time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tejido.accounts.access import public
from tejido.foundation.errors import Refusal
from tejido.messages import services
from tejido.messages.services.carriers import signature

OLDEST = 300  # seconds: what is signed longer ago may be somebody's copy


@public
@csrf_exempt  # another program; the signature is the key
@require_POST
def hear(request: HttpRequest) -> HttpResponse:
    """200 once it is kept (also the second time), 403 without a true signature, 422 where it makes no sense."""
    if not settings.TEJIDO_GATEWAY:
        raise Http404
    if not _is_signed(request):
        return JsonResponse({"outcome": "not signed"}, status=403)
    try:
        told = json.loads(request.body)
        outcome = services.hear(told if isinstance(told, dict) else {})
    except ValueError:
        return JsonResponse({"outcome": "no JSON"}, status=422)
    except Refusal as refusal:
        return JsonResponse({"outcome": refusal.code, "message": refusal.message}, status=422)
    return JsonResponse({"outcome": outcome})


def _is_signed(request: HttpRequest) -> bool:
    stamp = request.headers.get("X-Tejido-Timestamp", "")
    given = request.headers.get("X-Tejido-Signature", "")
    fresh = stamp.isdecimal() and len(stamp) < 15 and abs(time.time() - int(stamp)) <= OLDEST
    if not fresh:
        return False
    return hmac.compare_digest(f"sha256={signature(stamp, request.body)}".encode(), given.encode())
