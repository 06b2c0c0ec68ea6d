"""Deeds between accounts and people: who somebody is when they sign in."""

from __future__ import annotations

from django.db import transaction

from tejido.accounts.models import User
from tejido.directory.events import PersonChanged
from tejido.directory.models import Person
from tejido.directory.selectors import claimable_by
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


@transaction.atomic
def link_account(person: Person, user: User | None, *, actor: User) -> Person:
    """Say which account a person signs in with (None: none). Raises NotAllowed. Announces PersonChanged."""
    require(actor, "directory.edit_person", person)
    person.user = user
    person.save(update_fields=["user"])
    announce(PersonChanged(person.pk, ["user"]), actor=actor)
    return person


@transaction.atomic
def claim_person(*, actor: User) -> Person | None:
    """The account opens the page of the one person without account who has a confirmed address of it.

    None, and nothing happens, where nobody has it, where two have (they are doubles to be merged first), and
    where the account opens a page already. Announces PersonChanged.
    """
    if Person.every.filter(user_id=actor.pk).exists():
        return None
    people = list(claimable_by(actor).select_for_update()[:2])
    if len(people) != 1:
        return None
    person = people[0]
    person.user = actor
    person.save(update_fields=["user"])
    announce(PersonChanged(person.pk, ["user"]), actor=actor)
    return person
