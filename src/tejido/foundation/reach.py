"""Who may see whose row, where the answer lies on a higher floor. Wired in config/reach.py.

The directory knows people but not communities, and yet a coordinator sees the people of her
communities. So the directory asks here, and the communities domain answers with a `Q`.
``"gatherings.sheet"`` asks of people, with the gathering instead of an actor: who else is expected there ("come").
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

Answer = Callable[[Any, str], Q]
NOBODY = Q(pk__in=[])


def within_reach(rows: str, actor: Any, verb: str) -> Q:
    """The rows (``"directory.person"``) on which `actor` may do `verb`, by all higher floors together."""
    answers: dict[str, list[str]] = import_string(settings.REACH)
    asked: list[Answer] = [import_string(path) for path in answers.get(rows, [])]
    return reduce(or_, (ask(actor, verb) for ask in asked), NOBODY)
