"""Which memberships count: those that hold on a day, of people who are settled in the directory."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

SETTLED = Q(
    person__arriving_in=None, person__merged_into=None
)  # on Membership; an import's people come later


def standing_on(day: date) -> Q:
    """Memberships that hold on `day`. A `Q` on Membership."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
