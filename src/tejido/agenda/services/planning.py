"""Deeds on the plan: which segments there are, in which order, who leads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from tejido.accounts.models import User
from tejido.agenda.events import AgendaChanged
from tejido.agenda.models import Leading, Segment
from tejido.agenda.usual import usual_parts
from tejido.agenda.values import SegmentFields
from tejido.directory.models import Person
from tejido.directory.policies import people_for
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering

MOST_SEGMENTS = 60


def locked(gathering_id: int) -> Gathering:
    """The gathering, so that two helpers do not renumber one agenda at once."""
    return Gathering.objects.select_for_update().get(pk=gathering_id)


@transaction.atomic
def add_segment(gathering: Gathering, fields: SegmentFields, *, actor: User) -> Segment:
    """One more segment, at the end.

    Raises: NotAllowed; Refusal("too_many_segments"), Refusal("unknown_person"); ValidationError for impossible fields.
    Announces AgendaChanged.
    """
    gathering = locked(gathering.pk)
    require(actor, "agenda.plan", gathering)
    count = gathering.segments.count()
    if count >= MOST_SEGMENTS:
        raise Refusal(
            "too_many_segments",
            _("An agenda has room for %(most)d segments. Remove one first.") % {"most": MOST_SEGMENTS},
            most=MOST_SEGMENTS,
        )
    given: dict[str, Any] = {key: value for key, value in fields.items() if key != "leaders"}
    segment = Segment(gathering=gathering, position=count + 1, **given)
    segment.full_clean()
    segment.save()
    _led_by(segment, fields.get("leaders", ()), actor)
    announce(AgendaChanged(gathering.community_id, gathering.pk, "added"), actor=actor)
    return segment


@transaction.atomic
def begin_as_usual(gathering: Gathering, *, actor: User) -> list[Segment]:
    """The agenda that is usual for this kind of gathering, in the language of its community, to be changed.

    Raises: NotAllowed; Refusal("has_agenda"), Refusal("nothing_usual"). Announces AgendaChanged.
    """
    gathering = locked(gathering.pk)
    require(actor, "agenda.plan", gathering)
    if gathering.segments.exists():
        raise Refusal("has_agenda", _("There is an agenda already. Change it as it stands."))
    parts = usual_parts(gathering)
    if not parts:
        raise Refusal(
            "nothing_usual",
            _("Nothing is usual for a gathering of this kind or length. Add the first segment."),
        )
    with override(gathering.community.language):
        rows = [
            Segment(gathering=gathering, position=number, kind=kind, title=str(title), minutes=minutes)
            for number, (kind, title, minutes) in enumerate(parts, start=1)
        ]
    Segment.objects.bulk_create(rows)
    announce(AgendaChanged(gathering.community_id, gathering.pk, "added"), actor=actor)
    return rows


@transaction.atomic
def change_segment(segment: Segment, fields: SegmentFields, *, actor: User) -> Segment:
    """Correct a segment; what is not given stays.

    Raises: NotAllowed; Refusal("unknown_person"); ValidationError. Announces AgendaChanged.
    """
    gathering = locked(segment.gathering_id)
    require(actor, "agenda.plan", gathering)
    segment = Segment.objects.get(pk=segment.pk)
    for name, value in fields.items():
        if name != "leaders":
            setattr(segment, name, value)
    segment.full_clean()
    segment.save()
    if "leaders" in fields:
        _led_by(segment, fields["leaders"], actor)
    announce(AgendaChanged(gathering.community_id, gathering.pk, "changed"), actor=actor)
    return segment


@transaction.atomic
def remove_segment(segment: Segment, *, actor: User) -> None:
    """Take a segment out; those after it move up. Raises NotAllowed. Announces AgendaChanged."""
    gathering = locked(segment.gathering_id)
    require(actor, "agenda.plan", gathering)
    segment = Segment.objects.get(pk=segment.pk)
    segment.delete()
    gathering.segments.filter(position__gt=segment.position).update(position=F("position") - 1)
    announce(AgendaChanged(gathering.community_id, gathering.pk, "removed"), actor=actor)


@transaction.atomic
def move_segment(segment: Segment, *, up: bool, actor: User) -> None:
    """Change places with the one before (or after). At the edge nothing changes.

    Raises NotAllowed. Announces AgendaChanged where something moved.
    """
    gathering = locked(segment.gathering_id)
    require(actor, "agenda.plan", gathering)
    here = Segment.objects.get(pk=segment.pk)
    other = gathering.segments.filter(position=here.position + (-1 if up else 1)).first()
    if other is None:
        return
    here.position, other.position = other.position, here.position
    Segment.objects.bulk_update([here, other], ["position"])
    announce(AgendaChanged(gathering.community_id, gathering.pk, "moved"), actor=actor)


def carry_over(source_id: int, gathering_ids: Iterable[int]) -> None:
    """Gatherings planned like another begin with its agenda; what really happened is left behind. No fact of its own.

    One that has an agenda already keeps it, so doing it again changes nothing.
    """
    rows = list(Segment.objects.filter(gathering_id=source_id).prefetch_related("leadings"))
    taken = set(Segment.objects.filter(gathering_id__in=gathering_ids).values_list("gathering_id", flat=True))
    same = (
        "position",
        "kind",
        "title",
        "minutes",
        "guest",
        "organisation_id",
        "material",
        "prompt",
        "activity_id",
    )
    copies = [
        (Segment(gathering_id=pk, **{name: getattr(row, name) for name in same}), row)
        for pk in gathering_ids
        if pk not in taken
        for row in rows
    ]
    Segment.objects.bulk_create([copy for copy, _row in copies], batch_size=500)
    Leading.objects.bulk_create(
        [
            Leading(segment=copy, person_id=one.person_id)
            for copy, row in copies
            for one in row.leadings.all()
        ],
        batch_size=500,
    )


def _led_by(segment: Segment, person_ids: Iterable[int], actor: User) -> None:
    """These people lead it, and nobody else. Whoever led it already may stay; others must be known to the actor."""
    wanted = set(person_ids)
    before = set(segment.leadings.values_list("person_id", flat=True))
    new = wanted - before
    if new and Person.objects.filter(people_for(actor, "see"), pk__in=new).count() != len(new):
        raise Refusal("unknown_person", _("Somebody of these is not in the directory. Choose again."))
    segment.leadings.exclude(person_id__in=wanted).delete()
    Leading.objects.bulk_create(Leading(segment=segment, person_id=pk) for pk in sorted(new))
