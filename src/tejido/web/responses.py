"""How views answer: a refusal in words, a partial with the right status, a page or a redirect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from tejido.foundation.errors import Refusal


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Turn a Refusal raised inside into an error of `form`."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(None, refusal.message)


def partial(
    request: HttpRequest,
    template: str,
    *,
    form: BaseForm | None = None,
    status: int | None = None,
    **context: Any,
) -> HttpResponse:
    """Render a partial: 200, or 422 when `form` has errors."""
    code = status or (422 if form is not None and form.errors else 200)
    response = render(request, template, {"form": form, **context}, status=code)
    patch_vary_headers(response, ["HX-Request"])
    return response


def page(
    request: HttpRequest, template: str, *, form: BaseForm | None = None, **context: Any
) -> HttpResponse:
    """Render a whole page: 200, or 422 when `form` was sent and has errors."""
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def saying(response: HttpResponse, message: str, *, undo: str = "") -> HttpResponse:
    """Let the page say `message` in a toast when this partial arrives; with `undo`, an address that undoes it."""
    response.headers["HX-Trigger"] = json.dumps({"toast": {"message": str(message), "undo": undo}})
    return response


def done(request: HttpRequest, message: str, to: str, *args: Any, undo: str = "") -> HttpResponse:
    """After a deed that succeeded: go to `to` and say `message` there, with a link that undoes it if given."""
    messages.success(request, message, extra_tags=f"undo:{undo}" if undo else "")
    return redirect(to, *args)


def refused(request: HttpRequest, refusal: Refusal, to: str, *args: Any) -> HttpResponse:
    """After a deed that was refused and has no form to show it on: go to `to` and say why there."""
    messages.error(request, refusal.message)
    return redirect(to, *args)
