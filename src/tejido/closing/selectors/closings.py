"""What was written down of a gathering, what is missing, who helped, what changed since it was opened again."""

from __future__ import annotations

from collections.abc import Collection as Some
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from tejido.alliances.models import Contribution
from tejido.closing.models import Closing, Contributor, Decision, Door, Photo, Reopening, Shown
from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.directory.models import Consent, Organisation, Purpose
from tejido.foundation.links import token_hash
from tejido.foundation.models import JournalEntry
from tejido.gatherings.models import FormGiven, Gathering
from tejido.gatherings.selectors import SheetLine, on_sheet
from tejido.instruments.models import Response

CHANGES = {  # fact -> the piece that it changes
    "gatherings.attendance_recorded": "attendance",
    "gatherings.tables_recorded": "tables",
    "gatherings.round_removed": "tables",
    "closing.commitment_made": "commitments",
    "closing.commitment_changed": "commitments",
    "closing.commitment_removed": "commitments",
}


def closing_of(gathering: Gathering) -> Closing:
    """What is written of its closing; an empty one (not saved) where nothing is. One query, none where it is joined."""
    try:
        return gathering.closing
    except Closing.DoesNotExist:
        return Closing(gathering=gathering)


def closings_of(community: Community) -> QuerySet[Closing]:
    """Closing acts that are done, of the community and below, the newest gathering first, gathering joined. One query."""
    done = Closing.objects.filter(
        gathering__community_id__in=below(community), gathering__sealed_at__isnull=False
    )
    return done.select_related("gathering__community").order_by("-gathering__starts_at", "-pk")


def decisions_of(gathering: Gathering) -> QuerySet[Decision]:
    """What was decided, in the order in which it was written down. One query."""
    return Decision.objects.filter(gathering=gathering).order_by("pk")


def reopenings_of(gathering: Gathering) -> QuerySet[Reopening]:
    """When it was opened again and why, the last first. One query."""
    return Reopening.objects.filter(gathering=gathering).select_related("by").order_by("-pk")


@dataclass(frozen=True, slots=True)
class Helper:
    """An organisation that contributed. contributor_id: of the row here, None where an agreement or the venue says it."""

    organisation: Organisation
    what: str
    contributor_id: int | None
    hosts: bool
    by_agreement: bool


def helpers_of(gathering: Gathering) -> list[Helper]:
    """Organisations that contributed: named here, by an agreement, or as host; by name. One query."""
    named = Contributor.objects.filter(gathering=gathering, organisation_id=OuterRef("pk"))
    given = Contribution.objects.filter(
        gathering=gathering, delivered=True, agreement__organisation_id=OuterRef("pk")
    )
    rows: Any = (
        Organisation.objects.annotate(
            here=Subquery(named.values("pk")[:1]),
            words=Coalesce(Subquery(named.values("what")[:1], output_field=CharField()), Subquery(given.values("what")[:1])),
            agreed=Exists(given),
        )
        .filter(Q(here__isnull=False) | Q(agreed=True) | Q(pk=gathering.organisation_id or 0))
        .order_by("search_name", "pk")
    )  # fmt: skip
    return [
        Helper(row, row.words or "", row.here, row.pk == gathering.organisation_id, row.agreed)
        for row in rows
    ]


# Photographs -------------------------------------------------------------------------------------


def _without_consent(**of: Any) -> QuerySet[Shown]:
    agreed = Consent.objects.filter(
        person_id=OuterRef("person_id"), purpose=Purpose.PHOTOGRAPH, is_current=True, given=True
    )
    return Shown.objects.filter(~Exists(agreed), **of)


def photos_of(gathering: Gathering) -> QuerySet[Photo]:
    """All of them, with `.may_be_seen`: it was said who is on it, and everybody on it agrees today. One query."""
    lacking = _without_consent(photo_id=OuterRef("pk"))
    return (
        Photo.objects.filter(gathering=gathering)
        .annotate(held_back=Exists(lacking))
        .annotate(may_be_seen=~Q(held_back=True) & Q(marked_at__isnull=False))
        .order_by("pk")
    )


def published_photos(gathering: Gathering) -> QuerySet[Photo]:
    """Those that members may see at this moment. One query."""
    lacking = _without_consent(photo_id=OuterRef("pk"))
    return Photo.objects.filter(~Exists(lacking), gathering=gathering, marked_at__isnull=False).order_by("pk")


def without_consent_on(photo: Photo) -> list[int]:
    """Ids of the people on it who have not agreed to photographs. One query."""
    return list(_without_consent(photo=photo).values_list("person_id", flat=True))


def with_pieces(rows: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """Gatherings with their closing joined, and how many photographs there are: `.photos_all`, `.photos_unmarked`,
    `.photos_held_back`. No query by itself."""
    lacking = _without_consent(photo_id=OuterRef("pk"))
    return rows.select_related("closing").annotate(
        photos_all=_number(),
        photos_unmarked=_number(Q(marked_at=None)),
        photos_held_back=_number(Q(Exists(lacking)), Q(marked_at__isnull=False)),
    )


def _number(*which: Q) -> Coalesce:
    photos = Photo.objects.filter(*which, gathering_id=OuterRef("pk")).order_by()
    counted = photos.values("gathering_id").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


# What is missing, what changed, who is told --------------------------------------------------------


def changed_since_reopening(gathering: Gathering) -> set[str]:
    """Pieces that were changed since it was last opened again; keys of `wording.PIECES`. One query."""
    about = JournalEntry.objects.filter(
        community_id=gathering.community_id, payload__gathering_id=gathering.pk
    )
    last = about.filter(fact="closing.reopened").order_by("-pk").values("pk")[:1]
    since = about.filter(pk__gt=Subquery(last), fact__in=[*CHANGES, "closing.piece_written"])
    rows = since.values_list("fact", "payload")
    return {CHANGES.get(fact) or str(payload["piece"]) for fact, payload in rows}


@dataclass(frozen=True, slots=True)
class Readers:
    """To whom a closing is written: who was there, and who was invited and was not."""

    attended: tuple[int, ...]
    missed: tuple[int, ...]


def readers_among(lines: Some[SheetLine]) -> Readers:
    """From a sheet that is at hand. No query."""
    return Readers(
        tuple(line.person.pk for line in lines if line.attended),
        tuple(line.person.pk for line in lines if line.invited and not line.attended),
    )


def door_by_token(token: str) -> Door | None:
    """Whose link this is; None where nobody's, or where its owner is not on the sheet any more. Three queries."""
    rows = Door.objects.filter(token_hash=token_hash(token), person__merged_into=None)
    door = rows.select_related(
        "gathering__community", "gathering__school", "gathering__organisation", "gathering__closing", "person"
    ).first()
    return door if door and door.person_id in on_sheet(door.gathering) else None


def given_at(gathering: Gathering) -> FormGiven | None:
    """The newest form that was given there, with `.came`: answers that count. One query."""
    came = Count("collection__responses", filter=Q(collection__responses__state__in=Response.COUNTED))
    rows = FormGiven.objects.filter(gathering=gathering).annotate(came=came)
    joined = rows.select_related("collection__community", "collection__version__instrument")
    return joined.order_by(F("pk").desc()).first()
