"""Ways of working that can be chosen."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet, Sum
from django.utils.translation import get_language

from tejido.agenda.models import Activity, ActivityStep
from tejido.communities.models import Community, Lineage

LANGUAGES = {"es": "es", "en": "en", "pt": "pt-br"}  # of the reader, to those that come along


def activities_for(community: Community, *, also: int | None = None) -> QuerySet[Activity]:
    """A community's own, those of the communities above, and those that come along, in the reader's language. One query.

    With `.minutes`: how long their steps take together. also: the id of one that is there in any case.
    """
    language = LANGUAGES.get((get_language() or "en")[:2], "en")
    above = Lineage.objects.filter(community=community).values("ancestor_id")
    rows = Activity.objects.filter(
        Q(community=None, language=language) | Q(community_id__in=above) | Q(community=community) | Q(pk=also)
    )
    return rows.annotate(minutes=Sum("steps__minutes")).order_by("community_id", "name")


def with_steps(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """With their steps in order. One query more."""
    return rows.prefetch_related(Prefetch("steps", ActivityStep.objects.order_by("position")))
