from __future__ import annotations

from datetime import UTC, datetime, timedelta

import factory

from tejido.accounts.services import system_account
from tejido.communities.tests.factories import CommunityFactory
from tejido.directory.models import Person
from tejido.gatherings.models import Attendance, Gathering
from tejido.gatherings.times import day_in


class GatheringFactory(factory.django.DjangoModelFactory[Gathering]):
    class Meta:
        model = Gathering

    class Params:
        closed = factory.Trait(closed_at=datetime(2025, 3, 2, tzinfo=UTC))

    community = factory.SubFactory(CommunityFactory)
    title = "Reading circle"
    starts_at = datetime(2025, 3, 1, 14, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda gathering: gathering.starts_at + timedelta(hours=2))
    day = factory.LazyAttribute(lambda gathering: day_in(gathering.community.time_zone, gathering.starts_at))


def was_at(gathering: Gathering, *people: Person, status: str = Attendance.Status.ON_SITE) -> None:
    """These people were there (or not, by `status`)."""
    for person in people:
        Attendance.objects.create(
            gathering=gathering, person=person, status=status, recorded_by=system_account()
        )
