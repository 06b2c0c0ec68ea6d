"""Insights that no longer know everything: marked by facts, computed by `tejido work` or when somebody looks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_tasks import task

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.communities.models import Lineage, Membership
from tejido.communities.selectors import tied_communities
from tejido.directory.models import Person
from tejido.gatherings.models import Attendance, Gathering
from tejido.insights.models import Insight, Owed
from tejido.insights.services.computing import compute_last_twelve_months

PATIENCE = timedelta(minutes=2)  # an attendance list is many taps: they make one computation


@transaction.atomic
def mark_stale(community_ids: Collection[int]) -> None:
    """These communities and all above them have changed: their insights are stale, and a new one is owed.

    The moment of the first change is kept.
    """
    now = timezone.now()
    touched = set(
        Lineage.objects.filter(community_id__in=community_ids).values_list("ancestor_id", flat=True)
    )
    Insight.objects.filter(community_id__in=touched, stale_since=None).update(stale_since=now)
    owe(touched)


def mark_all_stale(also: Collection[int] = ()) -> None:
    """As `mark_stale`, for every community that has an insight, and these."""
    mark_stale({*Insight.objects.values_list("community_id", flat=True).distinct(), *also})


@transaction.atomic
def owe(touched: Collection[int]) -> None:
    """A new rolling insight of each of these communities is owed; queued where it was not owed before."""
    now = timezone.now()
    owed = set(Owed.objects.filter(community_id__in=touched).values_list("community_id", flat=True))
    fresh = sorted(set(touched) - owed)
    Owed.objects.bulk_create((Owed(community_id=pk, since=now) for pk in fresh), ignore_conflicts=True)
    for pk in fresh:
        recompute.using(run_after=now + PATIENCE).enqueue(pk)


def mark_stale_around(people: Q) -> None:
    """As `mark_stale`, for all communities that these people belong to, have been to or are tied in. A `Q` on Person."""
    belonged = Membership.objects.filter(_about_person(people)).values_list("community_id", flat=True)
    came = Attendance.objects.filter(_about_person(people)).values_list("gathering__community_id", flat=True)
    tied = tied_communities(Person.every.filter(people))
    mark_stale({*belonged.distinct(), *came.distinct(), *tied})


def _about_person(people: Q) -> Q:
    return Q(person__in=Person.every.filter(people).values("pk"))


def recompute_owed(*, actor: User) -> int:
    """Compute every rolling insight that is owed, the longest-waiting first. Returns how many."""
    owed = list(Owed.objects.select_related("community").order_by("since", "pk"))
    for one in owed:
        compute_last_twelve_months(one.community, actor=actor)
    return len(owed)


def owe_the_new_day() -> None:
    """The last twelve months are others today: rolling insights of earlier days are owed a new one. Idempotent.

    Communities that have not met for a year keep theirs.
    """
    now = timezone.now()
    yesterday = (now - timedelta(days=1)).date()  # behind everybody's own midnight
    met = Gathering.objects.filter(
        community__lineage__ancestor=OuterRef("community"), starts_at__gte=now - timedelta(days=366)
    )
    old = Insight.objects.filter(Exists(met), is_rolling=True, ends_on__lt=yesterday)
    owe(list(old.values_list("community_id", flat=True)))


@task()
def recompute(community_id: int) -> None:
    """The queued form: compute what is owed to one community; nothing where somebody was quicker."""
    owed = Owed.objects.select_related("community").filter(pk=community_id).first()
    if owed is not None:
        compute_last_twelve_months(owed.community, actor=system_account())
