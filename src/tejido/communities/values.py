"""What is handed from a page to a deed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wants to write to people of a community.

    key: the same for the same form, however often it is sent. channel: of messages.models.Channel. role, node: "" and 0
    for everybody in the community and below it. answers_to_me: replies go to the actor's e-mail.
    """

    key: str
    subject: str
    text: str
    channel: str = "email"
    role: str = ""
    node: int = 0
    not_before: datetime | None = None
    answers_to_me: bool = False


@dataclass(frozen=True, slots=True)
class Hanging:
    """Something that hangs on a person in a community, as a domain gathers it for the list to hand over.

    source: "<domain>.<what>:<pk>", the same whenever it is asked. group: a heading. url: where it is looked after, or "".
    """

    source: str
    group: str
    words: str
    url: str = ""
