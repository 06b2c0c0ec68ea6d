"""Refusals: errors that a person can act upon. Anything else is a bug and should crash."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """The rules of the house say no. Carries a stable code and a message for people.

    ``code`` is for tests, API clients and logs; ``message`` is already translated and says what
    happened and what to do next; ``detail`` holds the numbers of that sentence, apart.
    """

    def __init__(self, code: str, message: str, **detail: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.detail = detail


class NotAllowed(Refusal):
    """The actor may not do this. Pages answer 403; where even the thing is hidden, 404."""
