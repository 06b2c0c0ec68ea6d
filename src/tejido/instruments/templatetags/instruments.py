"""Texts of forms on pages: {{ field.label|marked }} with its markup, {{ field.label|unmarked }} without. See tejido_forms.markup."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from tejido_forms.markup import as_html, without_marks

register = template.Library()


@register.filter
def marked(text: str) -> SafeString:
    """Emphasis, headings and links of a label or hint as HTML; everything else escaped."""
    return mark_safe(as_html(text))  # noqa: S308 - as_html escapes what it does not make itself


@register.filter
def unmarked(text: str) -> str:
    """The words alone."""
    return without_marks(text)
