"""{% slot "gatherings.detail" gathering %}: what other domains add to a page. See config/slots.py."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html_join
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from tejido.web.slots import with_something

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, subject: Any) -> SafeString:
    """Render the panels that other domains add at `name`, each called as panel(request, subject)."""
    pages: dict[str, list[str]] = import_string(settings.SLOTS)
    panels = with_something([import_string(path) for path in pages.get(name, [])], subject)
    shown = (panel(context["request"], subject) for panel in panels)
    return format_html_join("\n", "{}", ((panel,) for panel in shown if panel))
