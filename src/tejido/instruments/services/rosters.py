"""The list of people for one reader of a form, and the codes by which it speaks of them."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.crypto import salted_hmac

from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.instruments.models import Collection, RosterCode
from tejido.instruments.rosters import Listed, Roster
from tejido.instruments.selectors.definitions import definition_of
from tejido.instruments.selectors.doors import Door
from tejido.instruments.selectors.rosters import asks_for_people, named_before, people_to_name, schools_of

SALT = "tejido.instruments.roster"


def with_roster(door: Door) -> Door:
    """The door with the list of people for whoever comes in by it, where the form asks for people."""
    if door.invitation is None or not asks_for_people(door.collection.version):
        return door
    return replace(door, roster=roster_for(door.collection, door.invitation.person))


def lists_for(collection: Collection, person: Person) -> dict[str, bytes]:
    """The files that the form asks for and nobody brought: name -> CSV, made for this person. Empty where it asks for none.

    What phones get as media of the form, and form engines as its lists.
    """
    wanted = set(definition_of(collection.version).files)
    if not asks_for_people(collection.version):
        return {}
    return {
        name: content for name, content in roster_for(collection, person).files().items() if name in wanted
    }


def roster_for(collection: Collection, person: Person) -> Roster:
    """Whom the person can name. Nobody names themselves. Five queries; who is on a list for the first time gets a code."""
    people = [one for one in people_to_name(collection.community) if one.pk != person.pk]
    codes = codes_for(collection.community, people)
    schools = schools_of(people)
    before, last = named_before(collection, person)
    listed = (
        Listed(
            codes[one.pk].code,
            one.name,
            schools.get(one.pk, ""),
            before=one.pk in before,
            new=last is not None and codes[one.pk].since > last and one.pk not in before,
        )
        for one in people
    )
    return Roster(tuple(listed), is_first=last is None)


def codes_for(community: Community, people: Iterable[Person]) -> Mapping[int, RosterCode]:
    """person id -> their code here, made where there is none. One query; three where somebody is new."""
    wanted = [one.pk for one in people]
    found = _codes(community, wanted)
    missing = [pk for pk in wanted if pk not in found]
    if missing:
        rows = (RosterCode(community=community, person_id=pk, code=_code(community.pk, pk)) for pk in missing)
        RosterCode.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)  # two at once make one
        found = _codes(community, wanted)
    return found


def _codes(community: Community, wanted: Iterable[int]) -> dict[int, RosterCode]:
    rows = RosterCode.objects.filter(community=community, person__in=list(wanted)).order_by("-pk")
    return {row.person_id: row for row in rows}  # the oldest of a person stands


def _code(community_id: int, person_id: int) -> str:
    """Twelve characters that say nothing, and can stand in a list of choices."""
    digest = salted_hmac(SALT, f"{community_id}:{person_id}", algorithm="sha256").digest()
    return "p" + base64.b32encode(digest[:10]).decode().lower()[:11]
