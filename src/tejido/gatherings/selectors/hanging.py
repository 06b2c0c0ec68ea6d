"""What of the gatherings hangs on somebody who runs a community: those that are planned."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tejido.communities.models import Community
from tejido.communities.selectors import Hanging, run_by
from tejido.directory.models import Person
from tejido.gatherings.models import Gathering


def hanging_on(person: Person, community: Community) -> list[Hanging]:
    """Gatherings to come of what the person runs, from the community down, the next one first. One query."""
    planned = Gathering.objects.filter(
        community_id__in=run_by(person, community),
        state=Gathering.State.PLANNED,
        day__gte=timezone.localdate(),
    )
    return [
        Hanging(
            f"gatherings.gathering:{one.pk}",
            _("Gatherings"),
            f"{one.title}, {date_format(one.day, 'DATE_FORMAT')}",
            reverse("gatherings:gathering", args=[one.pk]),
        )
        for one in planned.order_by("starts_at", "pk")
    ]
