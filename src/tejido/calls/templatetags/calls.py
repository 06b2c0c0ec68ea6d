"""What the templates of this domain ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def of_hundred(share: float | None) -> str:
    """A share of the whole as points of a hundred; a dash where there is none."""
    return "–" if share is None else number_format(round(100 * share, 1), use_l10n=True)


@register.filter
def of_key(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key, or None."""
    return mapping.get(key)
