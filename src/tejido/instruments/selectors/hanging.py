"""What of the forms hangs on somebody who runs a community: those that are given out."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from tejido.communities.models import Community
from tejido.communities.selectors import Hanging, run_by
from tejido.directory.models import Person
from tejido.instruments.models import Collection


def hanging_on(person: Person, community: Community) -> list[Hanging]:
    """Forms that are open, or will open, in what the person runs, from the community down. One query."""
    given_out = Collection.objects.filter(
        community_id__in=run_by(person, community), state=Collection.State.OPEN
    )
    return [
        Hanging(
            f"instruments.collection:{one.pk}",
            _("Forms"),
            one.title,
            reverse("instruments:collection", args=[one.pk]),
        )
        for one in given_out
    ]
