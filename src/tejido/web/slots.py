"""What a panel of a slot may say beforehand: where it has anything to show. See config/slots.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Exists, Model

Panel = Callable[[Any, Any], str]


def only_where(found: Callable[[], Exists]) -> Callable[[Panel], Panel]:
    """A panel of a row that is asked for only where `found()`, a condition on that row, holds.

    All conditions of a slot are asked in one query, so panels that seldom have anything to say cost one query together.
    The panel still decides what this reader may see of it.
    """

    def mark(panel: Panel) -> Panel:
        panel.only_where = found  # type: ignore[attr-defined]
        return panel

    return mark


def with_something(panels: Sequence[Panel], subject: Any) -> list[Panel]:
    """The panels that may have something to say of `subject`. One query where any has a condition, else none."""
    conditions = {
        f"panel_{number}": panel.only_where()
        for number, panel in enumerate(panels)
        if hasattr(panel, "only_where")
    }
    if not conditions:
        return list(panels)
    assert isinstance(subject, Model)
    rows = subject.__class__._base_manager.filter(pk=subject.pk)  # the reader of a request is a lazy object
    holds = rows.values(**conditions).first() or {}
    return [panel for number, panel in enumerate(panels) if holds.get(f"panel_{number}", True)]
