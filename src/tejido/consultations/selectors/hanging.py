"""What of the consultations hangs on somebody who runs a community: those that are not decided yet."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from tejido.communities.models import Community
from tejido.communities.selectors import Hanging, run_by
from tejido.consultations.models import Consultation
from tejido.directory.models import Person


def hanging_on(person: Person, community: Community) -> list[Hanging]:
    """Questions that collect proposals or votes in what the person runs, from the community down. One query."""
    states = Consultation.State
    undecided = Consultation.objects.filter(
        community_id__in=run_by(person, community), state__in=[states.COLLECTING, states.VOTING]
    )
    return [
        Hanging(
            f"consultations.consultation:{one.pk}",
            _("Consultations"),
            one.question,
            reverse("consultations:consultation", args=[one.pk]),
        )
        for one in undecided
    ]
