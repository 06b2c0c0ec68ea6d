"""What people said when they were asked for people: it becomes ties of the community, and follows the answer that counts."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator

from tejido.accounts.services import system_account
from tejido.communities.models import RecordedTie
from tejido.communities.services import Asking, TieLine, tell_ties
from tejido.instruments.models import Answer, Collection, Response
from tejido.instruments.rosters import tie_kinds
from tejido.instruments.selectors.definitions import definition_of
from tejido.instruments.selectors.rosters import people_meant


def follow(response: Response) -> None:
    """Let the ties of this collection say what the person's newest answer that counts says. Runs inside the deed's transaction.

    Without a collection or a person, and where the form tells of no tie, nothing happens. Whoever calls has asked whether the
    actor may do what changed the answer; the ties follow by themselves.
    """
    collection, person_id = response.collection, response.person_id
    if collection is None or person_id is None or not _kinds(collection):
        return
    newest = (
        Response.objects.filter(collection=collection, person=person_id, state__in=Response.COUNTED)
        .order_by("-received_at", "-pk")
        .first()
    )
    lines = list(_lines(collection, newest)) if newest is not None else []
    asking = Asking(collection.pk, str(response.pk))
    tell_ties(collection.community, person_id, lines, asking, actor=system_account())


def _kinds(collection: Collection) -> dict[str, str]:
    kinds = tie_kinds(definition_of(collection.version))
    return {path: kind for path, kind in kinds.items() if kind in RecordedTie.Kind.values}


def _lines(collection: Collection, response: Response) -> Iterator[TieLine]:
    kinds = _kinds(collection)
    said = Answer.objects.filter(response=response, path__in=kinds).values_list("path", "text")
    people = people_meant(code for _path, code in said)
    zone = zoneinfo.ZoneInfo(collection.community.time_zone)
    day = response.received_at.astimezone(zone).date()
    for path, code in said:
        if code in people and response.person_id is not None:
            yield TieLine(response.person_id, people[code], kinds[path], 1.0, day)
