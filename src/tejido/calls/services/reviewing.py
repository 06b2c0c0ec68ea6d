"""Naming reviewers, conflicts of interest, scores, closing the review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.calls.events import (
    ApplicationsSharedOut,
    ConflictDeclared,
    ReviewClosed,
    ReviewersNamed,
    ReviewReopened,
)
from tejido.calls.models import Application, Assignment, Conflict, OpenCall, Review, Reviewer, Score
from tejido.calls.policies import own
from tejido.calls.services.calls import locked
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require


@transaction.atomic
def name_reviewers(call: OpenCall, users: Sequence[User], *, actor: User) -> int:
    """These people read the applications too; those who are named already stay. Returns how many are new.

    Raises: NotAllowed; Refusal("no_account"): an account that is closed, or the system's. Announces ReviewersNamed.
    """
    call = locked(call, actor)
    if any(user.is_system or not user.is_active for user in users):
        raise Refusal("no_account", _("Only people who can sign in read applications. Choose others."))
    there = set(call.reviewers.values_list("user_id", flat=True))
    new = [user for user in users if user.pk not in there]
    Reviewer.objects.bulk_create(Reviewer(call=call, user=user) for user in new)
    if new:
        announce(ReviewersNamed(call.community_id, call.pk, len(new)), actor=actor)
    return len(new)


@transaction.atomic
def dismiss_reviewer(reviewer: Reviewer, *, actor: User) -> None:
    """She reads them no more. Raises: NotAllowed; Refusal("has_scored"): what she gave stays, and so does she."""
    locked(reviewer.call, actor)
    if reviewer.reviews.exists():
        raise Refusal(
            "has_scored", _("This person has scored already. Her points would be lost, so she stays named.")
        )
    reviewer.delete()


def _reading(application: Application, actor: User) -> Reviewer:
    """The reviewer as whom the actor reads it, while the review is open. Raises: NotAllowed; Refusal("review_closed")."""
    require(actor, "calls.review", application)
    call = OpenCall.objects.select_for_update().get(pk=application.call_id)
    if call.review_closed_at is not None:
        raise Refusal("review_closed", _("The review is closed, and scores stay as they are."))
    return Reviewer.objects.get(call=call, user_id=actor.pk)


@transaction.atomic
def declare_conflict(application: Application, words: str = "", *, actor: User) -> None:
    """The reviewer should not judge it: she no longer sees it, and what she scored goes.

    Raises: NotAllowed; Refusal("review_closed"). Announces ConflictDeclared.
    """
    reviewer = _reading(application, actor)
    Conflict.objects.get_or_create(
        reviewer=reviewer, application=application, defaults={"words": words.strip()[:300]}
    )
    Review.objects.filter(reviewer=reviewer, application=application).delete()
    Assignment.objects.filter(reviewer=reviewer, application=application).delete()
    announce(ConflictDeclared(application.call_id, application.pk), actor=actor)


@transaction.atomic
def score(application: Application, points: Mapping[int, int], note: str = "", *, actor: User) -> Review:
    """The actor's points by criterion, and a note; again replaces both. All criteria are scored, 0 to the most of each.

    Raises: NotAllowed; Refusal("review_closed", "no_criteria", "not_all_scored", "out_of_range"). Nothing is announced.
    """
    reviewer = _reading(application, actor)
    criteria = {one.pk: one for one in application.call.criteria.all()}
    if not criteria:
        raise Refusal("no_criteria", _("The call has no criteria yet. Ask the coordination for them."))
    if criteria.keys() != points.keys():
        raise Refusal("not_all_scored", _("Give points for each criterion; 0 is a score too."))
    if any(not 0 <= given <= criteria[pk].most for pk, given in points.items()):
        raise Refusal("out_of_range", _("Points go from 0 to the most of each criterion."))
    review, _made = Review.objects.update_or_create(
        reviewer=reviewer,
        application=application,
        defaults={"note": note.strip()[:4000], "saved_at": timezone.now()},
    )
    review.scores.all().delete()
    Score.objects.bulk_create(
        Score(review=review, criterion_id=pk, points=given) for pk, given in points.items()
    )
    return review


@transaction.atomic
def share_out(call: OpenCall, each: int, *, actor: User) -> int:
    """Give each application to `each` reviewers, so that all have about the same number, and nobody her own or one with a
    conflict. What was given before stays. Returns how many were given anew.

    Where fewer reviewers can read an application than were asked for, those read it.
    Raises: NotAllowed; Refusal("nobody_reads", "how_many"). Announces ApplicationsSharedOut.
    """
    call = locked(call, actor)
    reviewers = list(call.reviewers.select_related("user").order_by("pk"))
    if not reviewers:
        raise Refusal("nobody_reads", _("Name reviewers first."))
    if each < 1:
        raise Refusal("how_many", _("At least one reviewer reads each application."))
    new = _given(call, reviewers, each)
    Assignment.objects.bulk_create(new)
    OpenCall.objects.filter(pk=call.pk).update(shared_out=True)
    announce(ApplicationsSharedOut(call.community_id, call.pk, len(new)), actor=actor)
    return len(new)


def _given(call: OpenCall, reviewers: list[Reviewer], each: int) -> list[Assignment]:
    """The missing assignments: always to whoever may read it and has least; an application few may read comes first."""
    alive = call.applications.exclude(state=Application.State.WITHDRAWN).filter(forgotten_at=None)
    keys = list(alive.order_by("number").values_list("pk", flat=True))
    there = set(Assignment.objects.filter(reviewer__call=call).values_list("application_id", "reviewer_id"))
    barred = set(Conflict.objects.filter(reviewer__call=call).values_list("application_id", "reviewer_id"))
    for one in reviewers:
        barred |= {(pk, one.pk) for pk in alive.filter(own(one.user)).values_list("pk", flat=True)}
    load = {one.pk: sum(reviewer == one.pk for _pk, reviewer in there) for one in reviewers}
    able = {pk: [one for one in reviewers if (pk, one.pk) not in barred] for pk in keys}
    new: list[Assignment] = []
    for pk in sorted(keys, key=lambda key: (len(able[key]), key)):
        missing = each - sum(application == pk for application, _reviewer in there)
        free = [one for one in able[pk] if (pk, one.pk) not in there]
        for one in sorted(free, key=lambda reviewer: (load[reviewer.pk], reviewer.pk))[: max(0, missing)]:
            load[one.pk] += 1
            new.append(Assignment(reviewer=one, application_id=pk))
    return new


@transaction.atomic
def stop_sharing_out(call: OpenCall, *, actor: User) -> None:
    """Everybody who was named reads everything again. Raises NotAllowed."""
    call = locked(call, actor)
    Assignment.objects.filter(reviewer__call=call).delete()
    OpenCall.objects.filter(pk=call.pk).update(shared_out=False)


@transaction.atomic
def close_review(call: OpenCall, *, actor: User) -> OpenCall:
    """Scores stay as they are, and reviewers read those of the others. Raises NotAllowed. Announces ReviewClosed."""
    call = locked(call, actor)
    if call.review_closed_at is None:
        call.review_closed_at = timezone.now()
        call.save(update_fields=["review_closed_at"])
        announce(ReviewClosed(call.community_id, call.pk), actor=actor)
    return call


@transaction.atomic
def reopen_review(call: OpenCall, *, actor: User) -> OpenCall:
    """Undo of `close_review`. Raises: NotAllowed; Refusal("decided"). Announces ReviewReopened."""
    call = locked(call, actor)
    if call.state == OpenCall.State.DECIDED:
        raise Refusal("decided", _("This call is decided and people were told. Scores stay as they are."))
    if call.review_closed_at is not None:
        call.review_closed_at = None
        call.save(update_fields=["review_closed_at"])
        announce(ReviewReopened(call.community_id, call.pk), actor=actor)
    return call
