"""Agreements, what was contributed, and what comes up for renewal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Sum, When
from django.utils import timezone

from tejido.accounts.models import User
from tejido.alliances.models import Agreement, Contribution
from tejido.alliances.policies import agreements_visible_to
from tejido.communities.models import Community
from tejido.communities.selectors import below
from tejido.directory.models import Organisation
from tejido.gatherings.models import Gathering

SOON = timedelta(days=60)


def _due() -> Q:
    return Q(state=Agreement.State.SIGNED, renew_by__lte=timezone.localdate() + SOON)


def agreements_for(actor: User) -> QuerySet[Agreement]:
    """Agreements that the actor may see, those in force first, with organisation, community, `.delivered` and `.said` (how
    many contributions), `.due` (to be renewed within 60 days). One query."""
    return (
        Agreement.objects.filter(agreements_visible_to(actor))
        .select_related("organisation", "community", "contact_here", "contact_there")
        .annotate(
            delivered=Count("contributions", filter=Q(contributions__delivered=True)),
            said=Count("contributions", filter=Q(contributions__delivered=False)),
            due=Case(When(_due(), then=True), default=False),
            rank=Case(
                When(state=Agreement.State.SIGNED, then=0),
                When(state=Agreement.State.TALKING, then=1),
                default=2,
            ),
        )
        .order_by("rank", "organisation__search_name", "-starts_on", "pk")
    )


def agreements_in(community: Community, actor: User) -> QuerySet[Agreement]:
    """Agreements of the community and of what stands below it, as `agreements_for`. One query."""
    return agreements_for(actor).filter(community_id__in=below(community))


def due_in(community: Community, actor: User) -> QuerySet[Agreement]:
    """Agreements in force of the community or below it that are to be renewed within 60 days, the first first. One query."""
    return agreements_in(community, actor).filter(_due()).order_by("renew_by", "pk")


def contributions_of(agreement: Agreement) -> QuerySet[Contribution]:
    """What was said and given under the agreement, the last first, with its gathering. One query."""
    return agreement.contributions.select_related("gathering").order_by("delivered", "-day", "-pk")


@dataclass(frozen=True, slots=True)
class Total:
    """What an organisation gave of one kind: how often, and the sum of what has a value, or of what has a unit.

    `amount` is None where nothing was counted. currency or unit: one of them, "" for things without either.
    """

    organisation: Organisation
    kind: str
    times: int
    said: int  # of these, said and not delivered yet
    amount: Decimal | None
    currency: str
    unit: str


def totals_in(community: Community, actor: User, *, organisation: Organisation | None = None) -> list[Total]:
    """Sums per organisation, kind, currency and unit over the agreements that the actor sees. Two queries."""
    seen = Agreement.objects.filter(agreements_visible_to(actor), community_id__in=below(community))
    rows = Contribution.objects.filter(agreement__in=seen)
    if organisation is not None:
        rows = rows.filter(agreement__organisation=organisation)
    summed = list(
        rows.values("agreement__organisation_id", "kind", "currency", "unit")
        .annotate(
            times=Count("pk"),
            said=Count("pk", filter=Q(delivered=False)),
            worth=Sum("value", filter=Q(delivered=True)),
            number=Sum("quantity", filter=Q(delivered=True)),
        )
        .order_by("agreement__organisation__search_name", "kind", "currency", "unit")
    )
    named = Organisation.objects.in_bulk({row["agreement__organisation_id"] for row in summed})
    return [
        Total(
            named[row["agreement__organisation_id"]],
            str(Contribution.Kind(row["kind"]).label),
            row["times"],
            row["said"],
            row["worth"] if row["currency"] else row["number"],
            row["currency"],
            "" if row["currency"] else row["unit"],
        )
        for row in summed
    ]


def agreements_with(organisation: Organisation, actor: User) -> QuerySet[Agreement]:
    """Agreements with an organisation that the actor sees. One query."""
    return agreements_for(actor).filter(organisation=organisation)


def supporters_of(gathering: Gathering) -> list[Organisation]:
    """Organisations that gave something to the gathering, by name: for everybody who sees it. One query."""
    rows = Contribution.objects.filter(gathering=gathering, delivered=True)
    return list(
        Organisation.objects.filter(pk__in=rows.values("agreement__organisation_id")).order_by(
            "search_name", "pk"
        )
    )


def is_supported() -> Exists:
    """Whether an organisation gave something: a condition on Gathering. No query by itself."""
    return Exists(Contribution.objects.filter(gathering_id=OuterRef("pk"), delivered=True))


def gatherings_to_choose(community: Community, words: str = "") -> QuerySet[Gathering]:
    """Gatherings of the community or below it to which something may have gone, the last first. One query."""
    rows = Gathering.objects.filter(community_id__in=below(community))
    return rows.filter(title__icontains=words).order_by("-starts_at", "-pk")
