"""Who has accepted, who not yet, and who comes in by which link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from tejido.accounts.models import User
from tejido.charters.models import Acceptance, CharterVersion
from tejido.communities.selectors import recipients_of
from tejido.directory.models import Person
from tejido.foundation.links import token_hash


@dataclass(frozen=True, slots=True)
class Answer:
    """A member, and since when she accepts; None: not yet. asked: whether she has a link of her own."""

    person: Person
    accepted_at: datetime | None
    asked: bool


def answers_in(version: CharterVersion) -> list[Answer]:
    """Everybody who belongs today, by name. Who has left is not here, though she accepted. Two queries."""
    rows = dict(version.acceptances.values_list("person_id", "accepted_at"))
    return [
        Answer(person, rows.get(person.pk), person.pk in rows) for person in recipients_of(version.community)
    ]


def answer_of(version: CharterVersion, actor: User) -> Acceptance | None:
    """The actor's own, if she was asked or has accepted. One query."""
    return version.acceptances.filter(person__user_id=actor.pk).first()


def acceptances_awaited(actor: User) -> QuerySet[Acceptance]:
    """Charters in force that the actor was asked to accept and has not, with their communities. One query."""
    return (
        Acceptance.objects.filter(
            person__user_id=actor.pk, accepted_at=None, version__state=CharterVersion.State.IN_FORCE
        )
        .select_related("version__community")
        .order_by("-pk")
    )


def has_awaited() -> Exists:
    """A condition on Person: a charter in force waits for their acceptance."""
    awaited = Acceptance.objects.filter(accepted_at=None, version__state=CharterVersion.State.IN_FORCE)
    return Exists(awaited.filter(person=OuterRef("pk")))


def door_of(token: str) -> Acceptance | None:
    """Whose link this is, with version, community and person; None where nobody's. One query."""
    return (
        Acceptance.objects.select_related("version__community", "person")
        .filter(token_hash=token_hash(token))
        .first()
    )
