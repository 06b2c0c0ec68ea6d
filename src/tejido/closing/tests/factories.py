"""Gatherings that are over, with people who were there."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tejido.accounts.services import system_account
from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.tests.factories import GatheringFactory


def held(community: Community, *, days_ago: int = 1, **more: object) -> Gathering:
    """A gathering of two hours that was, its attendance closed."""
    begins = timezone.now() - timedelta(days=days_ago)
    ends = begins + timedelta(hours=2)
    fields = {"state": Gathering.State.HELD, "closed_at": ends, "title": "Taller de agua", **more}
    gathering: Gathering = GatheringFactory(community=community, starts_at=begins, ends_at=ends, **fields)
    return gathering


def there(gathering: Gathering, *people: Person) -> None:
    Attendance.objects.bulk_create(
        Attendance(gathering=gathering, person=person, status="on_site", recorded_by=system_account())
        for person in people
    )
