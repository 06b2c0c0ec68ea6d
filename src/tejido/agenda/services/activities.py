"""Deeds on ways of working: those that come along, and a community's own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.agenda.events import ActivityRemoved, ActivityWritten
from tejido.agenda.models import Activity, ActivityStep
from tejido.agenda.reference import ACTIVITIES
from tejido.agenda.values import ActivityWords
from tejido.communities.models import Community
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


@transaction.atomic
def write_activity(
    community: Community, words: ActivityWords, *, actor: User, activity: Activity | None = None
) -> Activity:
    """A way of working of the community's own; with `activity`, that one in other words.

    Raises: NotAllowed; Refusal("called_alike"), Refusal("not_its_own"); ValidationError. Announces ActivityWritten.
    """
    require(actor, "agenda.write_activity", community)
    if activity is not None and activity.community_id != community.pk:
        raise Refusal("not_its_own", _("What comes along stays as it is. Write one of your own like it."))
    alike = Activity.objects.filter(community=community, name__iexact=words.name)
    if activity is not None:
        alike = alike.exclude(pk=activity.pk)
    if alike.exists():
        raise Refusal("called_alike", _("There is one of that name already. Choose another name."))
    row = activity or Activity(community=community)
    for name in ("name", "kind", "purpose", "material", "online"):
        setattr(row, name, getattr(words, name))
    row.full_clean()
    row.save()
    _take_steps(row, words.steps)
    announce(ActivityWritten(community.pk, row.pk), actor=actor)
    return row


@transaction.atomic
def remove_activity(activity: Activity, *, actor: User) -> None:
    """It is offered no more; the agendas in which it stands keep their segments.

    Raises: NotAllowed; Refusal("not_its_own"). Announces ActivityRemoved.
    """
    if activity.community is None:
        raise Refusal("not_its_own", _("What comes along stays as it is. Write one of your own like it."))
    require(actor, "agenda.write_activity", activity.community)
    community_id = activity.community.pk
    activity.delete()
    announce(ActivityRemoved(community_id), actor=actor)


@transaction.atomic
def seed_activities(*, actor: User) -> tuple[int, int]:
    """The activities that come along, in three languages: (new, of how many). Idempotent; words that were bettered arrive.

    Raises NotAllowed.
    """
    require(actor, "directory.keep_schools", None)
    new = 0
    for given in ACTIVITIES:
        row, made = Activity.objects.update_or_create(
            community=None,
            key=given["key"],
            language=given["language"],
            defaults={name: given[name] for name in ("name", "kind", "purpose", "material", "online")},
        )
        steps = [(int(minutes), str(words)) for minutes, words in given["steps"]]
        if list(row.steps.values_list("minutes", "words")) != steps:
            _take_steps(row, steps)
        new += made
    return new, len(ACTIVITIES)


def _take_steps(activity: Activity, steps: Iterable[tuple[int, str]]) -> None:
    activity.steps.all().delete()
    ActivityStep.objects.bulk_create(
        ActivityStep(activity=activity, position=number, minutes=minutes, words=words)
        for number, (minutes, words) in enumerate(steps, start=1)
    )
