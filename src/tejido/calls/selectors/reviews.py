"""How applications were scored: shares of the whole, their mean and how far reviewers are apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, pstdev

from tejido.accounts.models import User
from tejido.calls.models import Application, Criterion, OpenCall, Review, Score
from tejido.calls.selectors.applications import applications_of

APART = 0.25  # of the whole: from here on two reviewers do not see the same


@dataclass(frozen=True, slots=True)
class Row:
    """One application in the table. shares: each review as a share of the whole, 0..1. mean, spread: None without reviews.

    apart: the widest distance between two reviews, 0..1; None below two.
    """

    application: Application
    shares: tuple[float, ...] = ()

    @property
    def number(self) -> int:
        return len(self.shares)

    @property
    def mean(self) -> float | None:
        return fmean(self.shares) if self.shares else None

    @property
    def spread(self) -> float | None:
        """The standard deviation of the reviews as they are (not of a sample)."""
        return pstdev(self.shares) if len(self.shares) > 1 else None

    @property
    def apart(self) -> float | None:
        return max(self.shares) - min(self.shares) if len(self.shares) > 1 else None

    @property
    def disagrees(self) -> bool:
        return self.apart is not None and self.apart >= APART


@dataclass(frozen=True, slots=True)
class Table:
    """All applications that count, those with the highest mean first, and the criteria."""

    rows: list[Row]
    criteria: list[Criterion] = field(default_factory=list)


def table_of(call: OpenCall, actor: User) -> Table:
    """Every application of the call that the actor may read and that was not withdrawn. Three queries, at any number."""
    criteria = list(call.criteria.all())
    shares: dict[int, list[float]] = defaultdict(list)
    scores: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    found = Score.objects.filter(review__reviewer__call=call).order_by("review_id", "criterion_id")
    for review, application, criterion, points in found.values_list(
        "review_id", "review__application_id", "criterion_id", "points"
    ):
        scores[review, application][criterion] = points
    for (_review, application), points_by in scores.items():
        share = share_of(criteria, points_by)
        if share is not None:
            shares[application].append(share)
    alive = applications_of(call, actor).exclude(state=Application.State.WITHDRAWN)
    rows = [Row(one, tuple(shares.get(one.pk, ()))) for one in alive]
    rows.sort(key=lambda row: (row.mean is None, -(row.mean or 0), row.application.number))
    return Table(rows, criteria)


def share_of(criteria: Sequence[Criterion], points: Mapping[int, int]) -> float | None:
    """One review as a share of the whole, 0..1: each criterion's points of its most, by its weight. None: not all are scored."""
    if not criteria or any(one.pk not in points for one in criteria):
        return None
    whole = sum(one.weight for one in criteria)
    return sum(one.weight * points[one.pk] / one.most for one in criteria) / whole


@dataclass(frozen=True, slots=True)
class ShownReview:
    """A review as it is read: whose, its share of the whole, points for each criterion, the note."""

    reviewer: str
    share: float | None
    lines: list[tuple[str, int, int]]  # criterion, points, most
    note: str


def reviews_of(application: Application, *, user: User | None = None) -> list[ShownReview]:
    """The reviews of an application; with `user` only theirs. Three queries."""
    criteria = list(application.call.criteria.all())
    found = Review.objects.filter(application=application).select_related("reviewer__user__person")
    if user is not None:
        found = found.filter(reviewer__user=user)
    shown = []
    for one in found.prefetch_related("scores").order_by("pk"):
        points = {score.criterion_id: score.points for score in one.scores.all()}
        lines = [(c.name, points[c.pk], c.most) for c in criteria if c.pk in points]
        shown.append(
            ShownReview(reviewer_name(one.reviewer.user), share_of(criteria, points), lines, one.note)
        )
    return shown


def reviewer_name(user: User) -> str:
    """The person of an account, or its address. No query where the person is joined."""
    person = getattr(user, "person", None)
    return person.name if person is not None else user.email
