from __future__ import annotations

import uuid
from typing import Any

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.directory.models import ContactPoint, Person
from tejido.directory.tests.factories import PersonFactory
from tejido.messages.kinds import Kind, register
from tejido.messages.models import Message
from tejido.messages.services import Writing, write

NOTE = register(
    Kind(
        "tests.note",
        "Note",
        subject="News for {name}",
        text="Hello {name}, read this: {link}",
        placeholders=("name", "link"),
        needed=("link",),
        link=lambda message: f"https://example.org/for/{message.person_id}",
    )
)
CODE = register(Kind("tests.code", "Code", subject="Your code", text="It is 1234.", always=True))
no_longer: set[int] = set()  # ids of people to whom nothing of this kind is news any more
PASSING = register(
    Kind(
        "tests.passing",
        "Passing",
        subject="Still open",
        text="Please answer.",
        unwanted=lambda message: message.person_id in no_longer,
    )
)


def reader(name: str = "Ana", **more: Any) -> Person:
    """Somebody who can be written to."""
    person = PersonFactory(given_names=name, **more)
    ContactPoint.objects.create(person=person, kind="email", value=f"{name.lower()}@example.org")
    return person


def written(*people: Any, actor: User | None = None, **more: Any) -> list[Message]:
    """Messages in the queue, as a deed puts them there; at noon nobody's hours are quiet."""
    writing = Writing(**{"kind": "tests.note", "key": uuid.uuid4().hex, "sender": "Red Tejer", **more})
    found = write(writing, people, actor=actor or system_account())
    return list(found.batch.messages.order_by("pk"))
