"""One registry of verbs. Each domain declares its own in ``policies.py``.

Actors are accounts (``accounts.User``); the system is one of them (``is_system``) and may do
everything. A policy answers yes or no and why; its list twin answers with a ``Q``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from tejido.foundation.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and why. The reason of a no is shown to people, so it is translated."""

    allowed: bool
    because: str

    def __bool__(self) -> bool:
        return self.allowed


Policy = Callable[[Any, Any], Decision]
P = TypeVar("P", bound=Policy)
_verbs: dict[str, Policy] = {}


def policy(verb: str) -> Callable[[P], P]:
    """Register the one function that decides `verb` (``"domain.act"``)."""

    def register(function: P) -> P:
        known = _verbs.setdefault(verb, function)
        if known is not function:
            raise RuntimeError(f"{verb} is already decided by {known}")
        return function

    return register


def verbs() -> list[str]:
    """Every verb that some domain decides, sorted."""
    return sorted(_verbs)


def can(actor: Any, verb: str, subject: Any) -> Decision:
    """Ask. An unknown verb raises KeyError: a typo must never mean yes or no."""
    decide = _verbs[verb]
    if getattr(actor, "is_system", False):
        return Decision(True, "the system itself")
    return decide(actor, subject)


def require(actor: Any, verb: str, subject: Any) -> None:
    """Ask, and refuse on no. Services call this first. Raises NotAllowed(code=verb)."""
    decision = can(actor, verb, subject)
    if not decision:
        raise NotAllowed(verb, decision.because)
