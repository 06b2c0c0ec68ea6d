"""What the templates of this domain ask for."""

from __future__ import annotations

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

from tejido_forms.markup import as_html, without_marks

register = template.Library()
_GAP = re.compile(r"\n\s*\n")


@register.filter
def paragraphs(text: str) -> SafeString:
    """The words of an article as paragraphs, with the light markup of forms; everything else is escaped there.

    >>> paragraphs("We *weave*.\\n\\nTogether.")
    '<p>We <em>weave</em>.</p><p>Together.</p>'
    """
    found = [one.strip() for one in _GAP.split(text.replace("\r\n", "\n")) if one.strip()]
    return mark_safe("".join(f"<p>{as_html(one)}</p>" for one in found))  # noqa: S308 - escaped by as_html


@register.filter
def plain_words(text: str) -> str:
    """The words alone, in one line.

    >>> plain_words("We *weave*.\\n\\nTogether.")
    'We weave. Together.'
    """
    return " ".join(without_marks(text).split())
