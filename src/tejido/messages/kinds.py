"""The kinds of messages. Each domain registers its own; the house's words stand in the catalogues.

KIND = register(Kind(
    "instruments.reminder", _("Reminder of a form"),
    subject=_("{title}: your answer is still missing"), text=_("Hello {name}, … {link}"),
    placeholders=("name", "title", "community", "link"), needed=("link",), link=link_of, unwanted=has_answered))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tejido.messages.models import Message


@dataclass(frozen=True, slots=True)
class Kind:
    """What the house knows of one kind of message.

    always:   it answers what the person did herself a moment ago: no limit, no quiet hours, no stopping.
    link:     makes the address for `{link}` when the message leaves; nothing of it is kept. Takes the message.
    unwanted: whether the message is not needed any more when it is its turn. Takes the message.
    """

    key: str
    name: Any  # lazy words, for lists
    subject: Any
    text: Any
    placeholders: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    always: bool = False
    link: Callable[[Message], str] | None = None
    unwanted: Callable[[Message], bool] | None = None

    def words(self, language: str) -> tuple[str, str]:
        """Subject and text of the house in this language, with their placeholders."""
        with translation.override(language or settings.LANGUAGE_CODE):
            return str(self.subject), str(self.text)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known. Raises RuntimeError where two claim the same key."""
    known = _kinds.setdefault(kind.key, kind)
    if known is not kind:
        raise RuntimeError(f"{kind.key} is already a kind of message")
    return kind


def kind_of(key: str) -> Kind | None:
    """The kind, or None where this version does not know it."""
    return _kinds.get(key)


def kinds() -> list[Kind]:
    """Every kind, by key."""
    return [_kinds[key] for key in sorted(_kinds)]


DIGEST = register(
    Kind(
        "messages.digest",
        _("Weekly digest"),
        subject=_("What came together this week"),
        text=_(
            "Hello {name},\n\nthese messages were kept for you, so that there are not too many in a week:"
        ),
        placeholders=("name",),
    )
)
