"""What of the agreements hangs on somebody: those of which they are the contact."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from tejido.alliances.models import Agreement
from tejido.communities.models import Community
from tejido.communities.selectors import Hanging, below
from tejido.directory.models import Person


def hanging_on(person: Person, community: Community) -> list[Hanging]:
    """Agreements of the community and below it that the person looks after and that have not ended. One query."""
    kept = Agreement.objects.filter(community_id__in=below(community), contact_here=person)
    going_on = kept.exclude(state=Agreement.State.ENDED).select_related("organisation")
    return [
        Hanging(
            f"alliances.agreement:{one.pk}",
            _("Agreements"),
            f"{one.title} · {one.organisation.name}",
            reverse("alliances:agreement", args=[one.pk]),
        )
        for one in going_on.order_by("title", "pk")
    ]
