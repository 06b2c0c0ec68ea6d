"""Whom to invite: all, a node, those with a role, or a pasted list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction

from tejido.accounts.models import User
from tejido.communities.selectors import recipients_of
from tejido.directory.models import ContactPoint, Person
from tejido.directory.policies import people_for
from tejido.directory.selectors import search_form
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering
from tejido.gatherings.services import invite, invite_also
from tejido.invitations.values import Wanted

MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """What came of choosing. unknown, unclear: lines that fit nobody, and several people."""

    people: int
    unknown: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


@transaction.atomic
def choose_whom(gathering: Gathering, wanted: Wanted, *, actor: User) -> Chosen:
    """Put people on the list of the invited. Lines that fit nobody, or several people, are handed back.

    Where nobody is found nothing changes. Raises NotAllowed. Announces GatheringChanged (gatherings).
    """
    require(actor, "gatherings.change", gathering)
    unknown: list[str] = []
    unclear: list[str] = []
    if wanted.pasted.strip():
        people, unknown, unclear = _pasted(wanted.pasted, actor)
    else:
        people = list(recipients_of(gathering.community, role=wanted.role, node=wanted.node))
    if people:
        (invite_also if wanted.also else invite)(gathering, people, actor=actor)
    return Chosen(len(people), tuple(unknown), tuple(unclear))


def _pasted(text: str, actor: User) -> tuple[list[Person], list[str], list[str]]:
    """The people of the lines, among those whom the actor sees. Two queries."""
    lines = list(
        dict.fromkeys(" ".join(line.split()) for line in text.splitlines()[:MOST_LINES] if line.strip())
    )
    mails = {line.lower() for line in lines if "@" in line}
    names = {search_form(line) for line in lines if "@" not in line}
    found: dict[str, set[int]] = defaultdict(set)
    seen = Person.objects.filter(people_for(actor, "see"))
    contacts = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, value__in=mails, person__in=seen)
    for value, pk in contacts.values_list("value", "person_id"):
        found[value].add(pk)
    for name, pk in seen.filter(search_name__in=names).values_list("search_name", "pk"):
        found[name].add(pk)
    keys = {line: line.lower() if "@" in line else search_form(line) for line in lines}
    sure = {next(iter(found[key])) for key in keys.values() if len(found.get(key, ())) == 1}
    unknown = [line for line, key in keys.items() if not found.get(key)]
    unclear = [line for line, key in keys.items() if len(found.get(key, ())) > 1]
    return list(Person.objects.filter(pk__in=sure)), unknown, unclear
