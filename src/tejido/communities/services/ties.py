"""Deeds on ties that were written down: a list of them comes in, or is taken back."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.events import TiesRecorded, TiesTakenBack, TiesTold
from tejido.communities.models import Community, RecordedTie
from tejido.foundation.bulk import insert_many
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require

Key = tuple[int, int, str, date | None]


class TieLine(NamedTuple):
    """One line of a list of ties: from whom to whom, of which kind (`RecordedTie.Kind`), how strong, on which day."""

    source_id: int
    target_id: int
    kind: str
    weight: float = 1.0
    day: date | None = None


@transaction.atomic
def record_ties(
    community: Community, lines: Iterable[TieLine], *, actor: User, brought_in: int | None = None
) -> int:
    """These people are tied as the lines say. How many ties are new.

    Lines of the same two people in the same direction, of one kind and day, are one tie, and their weights add up. A
    tie that is there already stays as it is, so the same list twice changes nothing.

    Args:   brought_in: the number of the list, for `take_back_ties`; below 0 that of a talk between buddies. Person ids must exist (also of people who
            are still arriving).
    Raises: NotAllowed; Refusal("tie_with_oneself", "unknown_tie", "tie_without_weight"): nothing is written.
    Announces TiesRecorded where anything is new. Two queries, and one insert for each 5 000 new ties.
    """
    require(actor, "communities.record_ties", community)
    wanted: dict[Key, float] = {}
    for line in lines:
        _check(line)
        key = (line.source_id, line.target_id, str(line.kind), line.day)
        wanted[key] = wanted.get(key, 0.0) + line.weight
    held = RecordedTie.objects.filter(community=community, asked_in=None)
    known = set(held.values_list("source_id", "target_id", "kind", "day"))
    new = [(key, weight) for key, weight in wanted.items() if key not in known]
    insert_many(
        RecordedTie,
        ["community", "source", "target", "kind", "day", "weight", "brought_in"],
        ((community.pk, *key, weight, brought_in) for key, weight in new),
    )
    if new:
        announce(TiesRecorded(community.pk, len(new)), actor=actor)
    return len(new)


def _check(line: TieLine) -> None:
    if line.source_id == line.target_id:
        raise Refusal("tie_with_oneself", _("A tie is between two people. Leave out who is tied to herself."))
    if line.kind not in RecordedTie.Kind.values:
        raise Refusal("unknown_tie", _("«%(kind)s» is not a kind of tie.") % {"kind": line.kind})
    if not 0 < line.weight < math.inf:
        raise Refusal("tie_without_weight", _("The weight of a tie is a number above 0."))


class Asking(NamedTuple):
    """On what occasion somebody was asked. collection_id: of the form; answer: key of their answer, "" where none counts."""

    collection_id: int
    answer: str


@transaction.atomic
def tell_ties(
    community: Community, source_id: int, lines: Iterable[TieLine], asking: Asking, *, actor: User
) -> int:
    """What this person said on this occasion, instead of what they said on it before. How many ties stand now.

    lines: all from `source_id`; none takes back what was said. Nobody is tied to themselves. The same twice changes nothing.
    Raises: NotAllowed; Refusal as `record_ties`. Announces TiesTold where anything changed. Four queries at most.
    """
    require(actor, "communities.record_ties", community)
    wanted = {(line.target_id, str(line.kind)): line for line in lines if line.target_id != source_id}
    for line in wanted.values():
        _check(line)
    told = RecordedTie.objects.filter(asked_in=asking.collection_id, source_id=source_id)
    there = {(tie.target_id, tie.kind): tie for tie in told}
    kept = {key for key, tie in there.items() if key in wanted and _same(tie, wanted[key], community)}
    gone = [tie.pk for key, tie in there.items() if key not in kept]
    new = [line for key, line in wanted.items() if key not in kept]
    RecordedTie.objects.filter(pk__in=gone).delete()
    RecordedTie.objects.bulk_create(
        RecordedTie(
            community=community, source_id=source_id, target_id=line.target_id, kind=line.kind,
            weight=line.weight, day=line.day, asked_in=asking.collection_id,
        )
        for line in new
    )  # fmt: skip
    if gone or new:
        announce(TiesTold(community.pk, asking.collection_id, [asking.answer]), actor=actor)
    return len(wanted)


def _same(tie: RecordedTie, line: TieLine, community: Community) -> bool:
    return (tie.community_id, tie.weight, tie.day) == (community.pk, line.weight, line.day)


@transaction.atomic
def take_back_ties(community: Community, *, brought_in: int, actor: User) -> int:
    """Undo `record_ties` of one list. How many ties went. Raises NotAllowed. Announces TiesTakenBack."""
    require(actor, "communities.record_ties", community)
    gone, _by_model = RecordedTie.objects.filter(community=community, brought_in=brought_in).delete()
    if gone:
        announce(TiesTakenBack(community.pk, gone), actor=actor)
    return gone
