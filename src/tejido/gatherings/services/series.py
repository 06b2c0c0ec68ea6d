"""Deeds on series: gatherings that belong together."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.gatherings.events import SeriesChanged, SeriesMade
from tejido.gatherings.models import Series


@transaction.atomic
def make_series(community: Community, name: str, *, actor: User) -> Series:
    """A new series. Raises: NotAllowed; Refusal("series_called_alike"). Announces SeriesMade."""
    require(actor, "gatherings.plan", community)
    series = Series(community=community, name=name.strip())
    _check_name(series)
    series.full_clean()
    series.save()
    announce(SeriesMade(community.pk, series.pk), actor=actor)
    return series


@transaction.atomic
def rename_series(series: Series, name: str, *, actor: User) -> Series:
    """Raises: NotAllowed; Refusal("series_called_alike"). Announces SeriesChanged where the name differs."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    require(actor, "gatherings.plan", series.community)
    if series.name == name.strip():
        return series
    series.name = name.strip()
    _check_name(series)
    series.full_clean()
    series.save(update_fields=["name"])
    announce(SeriesChanged(series.community_id, series.pk, "renamed"), actor=actor)
    return series


@transaction.atomic
def end_series(series: Series, on: date | None, *, actor: User) -> Series:
    """No more are planned in it from now on; None opens it again. What is planned stays. Announces SeriesChanged."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    require(actor, "gatherings.plan", series.community)
    if (series.ended_on is None) == (on is None):
        return series
    series.ended_on = on
    series.save(update_fields=["ended_on"])
    announce(SeriesChanged(series.community_id, series.pk, "ended" if on else "opened_again"), actor=actor)
    return series


def _check_name(series: Series) -> None:
    alike = Series.objects.filter(community=series.community, name__iexact=series.name).exclude(
        pk=series.pk or 0
    )
    if alike.exists():
        raise Refusal(
            "series_called_alike",
            _(
                "There is a series of that name already. Choose another name, or put the gathering into that one."
            ),
        )
