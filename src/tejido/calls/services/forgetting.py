"""After the time that applicants were told, what says who they are goes, and what they sent."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.calls.events import ApplicationsForgotten
from tejido.calls.models import Application, Fulfilment, OpenCall, Review
from tejido.calls.services.files import remove_file
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.instruments.services import forget_responses


def forget_old_applications() -> int:
    """Forget what is due, as the system. Returns how many. Done again and again."""
    return sum(forget_applications(call, actor=system_account()) for call in _due())


def _due() -> list[OpenCall]:
    now = timezone.now()
    over = OpenCall.objects.exclude(state=OpenCall.State.DRAFT).filter(
        closes_at__lte=now, applications__forgotten_at=None, applications__membership=None
    )
    return [call for call in over.distinct() if forgets_at(call) <= now]


def forgets_at(call: OpenCall) -> datetime:
    """From when on what came in to this call is deleted: so many months after it was decided, else after its closing."""
    return months_after(call.decided_at or call.closed_at or call.closes_at, call.keep_months)


def months_after(moment: datetime, months: int) -> datetime:
    """The same day so many months later, or the last one of that month.

    >>> months_after(datetime(2026, 1, 31), 13)
    datetime.datetime(2027, 2, 28, 0, 0)
    """
    year, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + year, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


@transaction.atomic
def forget_applications(call: OpenCall, *, actor: User) -> int:
    """Empty the applications of a call, but for those of people who were taken in: number, outcome and points stay.

    Files go from the disk, answers to the form with what was written in them. Raises NotAllowed. Announces
    ApplicationsForgotten where there were any.
    """
    require(actor, "calls.manage", call)
    rows = list(call.applications.select_for_update(of=("self",)).filter(forgotten_at=None, membership=None))
    now = timezone.now()
    for one in rows:
        _empty(one, now)
    if call.collection is not None:  # earlier answers of applications that were changed go too
        kept = call.applications.exclude(response=None).values("response_id")
        forget_responses(call.collection.responses.exclude(pk__in=kept), actor=system_account())
    if rows:
        announce(ApplicationsForgotten(call.pk, len(rows)), actor=actor)
    return len(rows)


def _empty(application: Application, now: datetime) -> None:
    for file in application.files.all():
        remove_file(file)
    application.response = None
    texts = (
        "given_names", "family_names", "email", "phone", "school_typed", "motivation", "video_link", "reason_words", "agreed_to",
    )  # fmt: skip
    for name in texts:
        setattr(application, name, "")
    application.school = application.user = application.person = None
    application.forgotten_at = now
    application.save()
    Review.objects.filter(application=application).update(note="")
    Fulfilment.objects.filter(application=application).delete()
