"""Closings and commitments in templates. {% load closing %}"""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from tejido.closing import wording
from tejido.closing.models import Commitment
from tejido.closing.selectors import Helper, is_late
from tejido_forms.markup import as_html

register = template.Library()


@register.filter
def minutes(text: str) -> SafeString:
    """Minutes as they are typed on a phone: paragraphs, lines, lists with a dash; the light markup of forms; the rest escaped.

    >>> minutes("We *met*.\\nAll of us.\\n\\n- one\\n- <two>")
    '<p>We <em>met</em>.<br>All of us.</p><ul><li>one</li><li>&lt;two&gt;</li></ul>'
    """
    out: list[str] = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        plain = [line for line in lines if not _is_item(line)]
        items = [line[2:] for line in lines if _is_item(line)]
        out += [f"<p>{'<br>'.join(map(as_html, plain))}</p>"] if plain else []
        out += [f"<ul>{''.join(f'<li>{as_html(item)}</li>' for item in items)}</ul>"] if items else []
    return mark_safe("".join(out))  # noqa: S308 - every piece is escaped by as_html


def _is_item(line: str) -> bool:
    return line[:2] in ("- ", "• ", "* ")


@register.filter
def due(commitment: Commitment) -> str:
    """By when, "" without a day."""
    return wording.due_words(commitment)


@register.filter
def settled(commitment: Commitment) -> str:
    """When it was done or dropped, "" while it is open."""
    return wording.settled_words(commitment)


@register.filter
def state_words(state: str) -> str:
    """The words of a state: open, late, done, dropped."""
    return str(wording.STATES[state][0])


@register.filter
def state_tone(state: str) -> str:
    """The tone of its chip."""
    return wording.STATES[state][1]


@register.filter
def late(commitment: Commitment) -> bool:
    """Whether its day has gone by and it is open; `community` is joined."""
    return is_late(commitment)


@register.filter
def gave(helper: Helper) -> str:
    """What an organisation gave."""
    return wording.helper_words(helper)
