"""Deeds that plan like another: one more of its kind, or a whole term."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.models import JournalEntry
from tejido.foundation.policies import require
from tejido.gatherings.events import GatheringsCloned
from tejido.gatherings.models import Gathering, Invitation, Series
from tejido.gatherings.repeating import MOST_DAYS
from tejido.gatherings.services.bulk import discard_gatherings
from tejido.gatherings.services.planning import ask_for_host, change_gathering, settle
from tejido.gatherings.services.series import make_series
from tejido.gatherings.values import GatheringFields

SAME = (
    "kind", "modality", "title", "description", "school", "organisation", "address", "latitude", "longitude",
    "online_link",
)  # fmt: skip
CHUNK = 500


class Planned(NamedTuple):
    """What came of it. entry: the line of the journal, by which it can be taken back."""

    gatherings: list[Gathering]
    entry: JournalEntry


@transaction.atomic
def clone_gathering(
    source: Gathering, community: Community, fields: GatheringFields, *, actor: User
) -> Gathering:
    """One more like `source`: what `fields` do not say is the same, within one community also its series and its list of the invited.

    What other domains keep of the source (its agenda …) they carry over when they hear of it.
    Raises: NotAllowed; Refusal("ends_before_it_starts", "series_of_another", "series_ended", "host_missing"); ValidationError.
    Announces GatheringsCloned.
    """
    require(actor, "gatherings.see", source)
    require(actor, "gatherings.plan", community)
    made = _like(source, community, fields)
    made.full_clean()
    made.save()
    _same_guests(source, [made])
    announce(GatheringsCloned(community.pk, source.pk, [made.pk]), actor=actor)
    return made


@transaction.atomic
def plan_like(
    source: Gathering,
    times: Sequence[tuple[datetime, datetime]],
    *,
    actor: User,
    series: Series | None = None,
) -> Planned:
    """Many like `source`, at these times (aware; from, until), in `series` or in the one of the source. All or none.

    As many queries for two hundred as for one. Raises: NotAllowed; Refusal("nothing_chosen", "too_many_at_once",
    "ends_before_it_starts", "series_of_another", "series_ended", "host_missing"). Announces GatheringsCloned, once.
    """
    require(actor, "gatherings.plan", source.community)
    if not times:
        raise Refusal("nothing_chosen", _("Tick the days on which people meet."))
    if len(times) > MOST_DAYS:
        raise Refusal(
            "too_many_at_once",
            _("At most %(most)d gatherings are planned at once. Choose fewer days.") % {"most": MOST_DAYS},
            most=MOST_DAYS,
        )
    rows = []
    for starts_at, ends_at in sorted(times):
        fields: GatheringFields = {"starts_at": starts_at, "ends_at": ends_at}
        if series is not None:
            fields["series"] = series
        rows.append(_like(source, source.community, fields))
    made: list[Gathering] = Gathering.objects.bulk_create(rows, batch_size=CHUNK)
    _same_guests(source, made)
    ids = [gathering.pk for gathering in made]
    return Planned(made, announce(GatheringsCloned(source.community_id, source.pk, ids), actor=actor))


@transaction.atomic
def plan_term(
    source: Gathering,
    times: Sequence[tuple[datetime, datetime]],
    series: Series | None,
    name: str,
    *,
    actor: User,
) -> Planned:
    """`plan_like`, in a series that there is or in a new one called `name`; the source goes into a new one too.

    Raises as `plan_like`, `make_series` and `change_gathering` do; then nothing is written.
    """
    if name.strip():
        series = make_series(source.community, name, actor=actor)
        change_gathering(source, {"series": series}, actor=actor)
    return plan_like(source, times, actor=actor, series=series)


@transaction.atomic
def take_back_planned(community: Community, entry_id: int, *, actor: User) -> int:
    """Undo `plan_like`: what it had planned was never there. Those that have attendance meanwhile stay. Returns how many went.

    Raises: NotAllowed; Http404 where the line tells of nothing planned here. Announces GatheringsDiscarded.
    """
    require(actor, "gatherings.plan", community)
    lines = JournalEntry.objects.filter(fact=GatheringsCloned.NAME, community_id=community.pk)
    return discard_gatherings(get_object_or_404(lines, pk=entry_id).payload["gathering_ids"], actor=actor)


def _like(source: Gathering, community: Community, fields: GatheringFields) -> Gathering:
    same: dict[str, Any] = {name: getattr(source, name) for name in SAME}
    if source.community_id == community.pk and source.series is not None and source.series.ended_on is None:
        same["series"] = source.series
    made = Gathering(community=community, **{**same, **fields})
    settle(made)
    ask_for_host(made)
    return made


def _same_guests(source: Gathering, made: Collection[Gathering]) -> None:
    """The same people are invited, where the source had a list and they meet in the same community."""
    alike = [gathering for gathering in made if gathering.community_id == source.community_id]
    if source.everyone_invited or not alike:
        return
    Gathering.objects.filter(pk__in=[gathering.pk for gathering in alike]).update(everyone_invited=False)
    for gathering in alike:
        gathering.everyone_invited = False
    people = list(source.invitations.order_by("pk").values_list("person_id", flat=True))
    Invitation.objects.bulk_create(
        (Invitation(gathering=gathering, person_id=pk) for gathering in alike for pk in people),
        batch_size=CHUNK,
    )
