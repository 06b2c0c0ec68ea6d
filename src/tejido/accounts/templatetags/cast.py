"""{% cast as everybody %}: the cast of the demonstration, for its sign-in page."""

from __future__ import annotations

from django import template

from tejido.accounts.cast import CAST, Role

register = template.Library()


@register.simple_tag
def cast() -> list[Role]:
    return CAST
