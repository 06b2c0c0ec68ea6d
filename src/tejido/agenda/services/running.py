"""Deeds while it runs: begin, next, end – and back, where a finger slipped."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.agenda.events import SegmentBegun, SegmentEnded, TapTakenBack
from tejido.agenda.models import Segment
from tejido.agenda.selectors import too_early
from tejido.agenda.services.planning import locked
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.models import Gathering


@transaction.atomic
def begin_segment(segment: Segment, *, actor: User, now: datetime | None = None) -> Segment:
    """It begins now, and whatever ran ends in the same moment. Nothing where it runs already.

    Raises: NotAllowed; Refusal("not_yet"): before the gathering's day; Refusal("already_over"). Announces SegmentBegun.
    """
    gathering = locked(segment.gathering_id)
    require(actor, "agenda.plan", gathering)
    segment = Segment.objects.get(pk=segment.pk)
    if segment.runs:
        return segment
    if segment.started_at is not None:
        raise Refusal(
            "already_over", _("This segment is over. Take back the last tap, or write down how long it took.")
        )
    now = now or timezone.now()
    _on_its_day(gathering, now)
    _end_running(gathering, now)
    segment.started_at = now
    segment.save(update_fields=["started_at"])
    announce(SegmentBegun(gathering.community_id, gathering.pk, segment.pk), actor=actor)
    return segment


@transaction.atomic
def end_segment(segment: Segment, *, actor: User, now: datetime | None = None) -> bool:
    """It ends now, and nothing follows yet. False where it does not run (any more).

    Raises NotAllowed. Announces SegmentEnded where it ran.
    """
    gathering = locked(segment.gathering_id)
    require(actor, "agenda.plan", gathering)
    segment = Segment.objects.get(pk=segment.pk)
    if not segment.runs:
        return False
    _end_running(gathering, now or timezone.now())
    announce(SegmentEnded(gathering.community_id, gathering.pk, segment.pk), actor=actor)
    return True


@transaction.atomic
def take_back(gathering: Gathering, *, actor: User) -> bool:
    """Undo the last tap: what began in it has not begun, what ended in it still runs. False where there was none.

    Several in a row go back tap by tap. Raises NotAllowed. Announces TapTakenBack.
    """
    gathering = locked(gathering.pk)
    require(actor, "agenda.plan", gathering)
    rows = list(gathering.segments.exclude(started_at=None))
    moments = [moment for row in rows for moment in (row.started_at, row.ended_at) if moment]
    if not moments:
        return False
    last = max(moments)
    # what began goes first: only one may run at a time
    gathering.segments.filter(started_at=last).update(started_at=None, ended_at=None)
    gathering.segments.filter(ended_at=last).update(ended_at=None)
    announce(TapTakenBack(gathering.community_id, gathering.pk), actor=actor)
    return True


def _end_running(gathering: Gathering, now: datetime) -> None:
    running = gathering.segments.filter(started_at__isnull=False, ended_at=None).first()
    if running is not None:
        assert running.started_at is not None
        running.ended_at = max(now, running.started_at)
        running.save(update_fields=["ended_at"])


def _on_its_day(gathering: Gathering, now: datetime) -> None:
    if too_early(gathering, now):
        raise Refusal(
            "not_yet", _("The clock of an agenda runs from twelve hours before the gathering begins.")
        )
