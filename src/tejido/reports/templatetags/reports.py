"""What the template of a report needs: cells with their headers, and a drawing as an address, which carries its own colours."""

from __future__ import annotations

import base64

from django import template

register = template.Library()


@register.filter
def under(row: list[str], headers: list[str]) -> list[tuple[str, str]]:
    """Each cell of `row` with the header above it, which a phone shows beside the cell."""
    return list(zip(row, headers, strict=True))


@register.filter
def svg_data(svg: str) -> str:
    """`svg` as a data: address for an <img>. A third longer than the drawing, and compressed with the page."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii")
