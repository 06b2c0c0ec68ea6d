"""Tags of the pages of imports."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from tejido.imports.models import ImportRun
from tejido.web.templatetags.parts import stepper

register = template.Library()


@register.simple_tag
def list_steps(step: int, run: Any = "") -> SafeString:
    """Choose, columns, review, done: where bringing a list is."""
    back = ""
    if isinstance(run, ImportRun) and run.state == ImportRun.State.REVIEW:
        back = reverse("imports:columns", args=[run.pk])
    steps = [
        pgettext("step of bringing a list", "Choose"),
        (pgettext("step of bringing a list", "Columns"), back),
        pgettext("step of bringing a list", "Review"),
        pgettext("step of bringing a list", "Done"),
    ]
    return SafeString(render_to_string("web/components/stepper.html", stepper(steps, step)))
