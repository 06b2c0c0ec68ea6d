"""Gatherings with a rule and people who were there for longer and shorter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tejido.accounts.services import system_account
from tejido.certificates import services
from tejido.certificates.models import Certificate
from tejido.certificates.values import Asked
from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.gatherings.models import Attendance, Gathering, Series
from tejido.gatherings.tests.factories import GatheringFactory

START = datetime(2025, 3, 1, 14, tzinfo=UTC)


def asked(**more: object) -> Asked:
    return Asked(**{"signer_name": "Rosa Díaz", "signer_function": "Coordinator", **more})  # type: ignore[arg-type]


def held(community: Community, *, hours: int = 4, days: int = 0, **more: object) -> Gathering:
    """A gathering that was, with attendance closed."""
    begins = START + timedelta(days=days)
    ends = begins + timedelta(hours=hours)
    fields = {"state": Gathering.State.HELD, "closed_at": ends, **more}
    gathering: Gathering = GatheringFactory(community=community, starts_at=begins, ends_at=ends, **fields)
    return gathering


def series_of(community: Community, count: int = 3, name: str = "Taller de agua") -> list[Gathering]:
    """So many gatherings of four hours each, a week apart."""
    series = Series.objects.create(community=community, name=name)
    return [held(community, days=7 * at, series=series) for at in range(count)]


def there(gathering: Gathering, person: Person, minutes: int | None = None, status: str = "on_site") -> None:
    Attendance.objects.update_or_create(
        gathering=gathering,
        person=person,
        defaults={"status": status, "minutes": minutes, "recorded_by": system_account()},
    )


def given(gathering: Gathering) -> list[Certificate]:
    return services.issue_for(gathering, actor=system_account())
