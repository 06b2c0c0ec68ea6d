"""The shapes of a prepared step, and a message in the language of whom it goes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils import translation

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.directory.models import ContactPoint, Person
from tejido.foundation.policies import can
from tejido.insights.models import AttentionItem


@dataclass(frozen=True, slots=True)
class Message:
    """A text ready to send. whatsapp: opens it there, to the person's number where this reader may know it.
    phone: to call, or ""."""

    to: str
    language: str
    text: str
    whatsapp: str
    phone: str


@dataclass(frozen=True, slots=True)
class Buddy:
    """Somebody to introduce, why, and the message for it."""

    person: Person
    why: str
    message: Message


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to do: a sentence, perhaps people to choose from, perhaps one message, perhaps a page to go to: `url`, called `button`."""

    sentence: str
    buddies: tuple[Buddy, ...] = ()
    message: Message | None = None
    plans_gathering: bool = False
    invites_heads: bool = False
    url: str = ""
    button: str = ""


def _in_language(person: Person | None, community: Community, words: Callable[[], str]) -> tuple[str, str]:
    """`words` as said in the language of the person, else of the community: (language, text)."""
    language = (person.language if person else "") or community.language
    with translation.override(language):
        return language, words()


def phone_of(person: Person | None, actor: User) -> str:
    """The number under which `actor` may reach the person, or "". A policy and one query."""
    if person is None or not can(actor, "directory.see_contact", person):
        return ""
    found = ContactPoint.objects.filter(person=person, kind=ContactPoint.Kind.PHONE).first()
    return found.value if found else ""


def message_to(person: Person | None, item: AttentionItem, phone: str, words: Callable[[], str]) -> Message:
    language, text = _in_language(person, item.community, words)
    number = "".join(character for character in phone if character.isdigit())
    whatsapp = f"https://wa.me/{number}?" + urlencode({"text": text}, quote_via=quote)
    return Message(person.name if person else "", language, text, whatsapp, phone)
