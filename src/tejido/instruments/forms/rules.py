"""What the script of the page needs to follow the rules of a form while it is filled in. Pure, but for its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tejido_forms.pages import Field, Page, Section


def rules_of(page: Page) -> dict[str, Any]:
    """The nodes of the page in order, each with its rules (empty ones left out), and what to say; frontend/rules.ts reads it."""
    return {
        "rules": [{name: value for name, value in rule.items() if value} for rule in _rules(page)],
        "words": {
            "integer": _("Write a whole number, for example 3."),
            "decimal": _("Write a number, for example 2.5."),
        },
    }


def _rules(page: Page) -> Iterator[dict[str, str]]:
    yield from _of_parts(page.parts)
    for one in page.hidden:
        yield {"path": one.path, "value": one.value, "calculate": one.calculate, "relevant": one.relevant}


def _of_parts(parts: Sequence[Section | Field]) -> Iterator[dict[str, str]]:
    for part in parts:
        if isinstance(part, Section):
            yield {"path": part.path, "kind": "section", "relevant": part.relevant}
            yield from _of_parts(part.parts)
        else:
            yield _of_field(part)


def _of_field(field: Field) -> dict[str, str]:
    needed = "true()" if field.required else field.required_if
    misfit = _("This answer does not fit here. Please look at it again.")
    kind = "decimal" if field.kind == "range" else field.kind
    return {
        "path": field.path,
        "kind": kind if kind in {"integer", "decimal", "note"} else "",
        "relevant": field.relevant,
        "constraint": field.constraint,
        "calculate": field.calculate,
        "required": "" if field.kind == "note" else needed,
        "needed": (field.required_message or _("This question needs an answer.")) if needed else "",
        "fits": (field.constraint_message or misfit) if field.constraint else "",
    }
