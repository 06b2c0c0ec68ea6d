"""Choosing: accept, waiting list, not accepted, each with a reason; telling people; a place that falls free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.accounts.models import User
from tejido.calls.events import ApplicantsTold, ApplicationsChosen, ChoiceUndone, PlaceGoneOn
from tejido.calls.models import Application, OpenCall
from tejido.calls.selectors import free_places, is_over, next_in_line
from tejido.calls.services.calls import locked
from tejido.calls.services.letters import tell
from tejido.calls.values import Choice
from tejido.communities.services import undo_joining
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require

UNDO_FOR = timedelta(days=1)
State = Application.State


@transaction.atomic
def choose(call: OpenCall, choices: Sequence[Choice], *, actor: User) -> int:
    """Decide about some or all applications in one deed. Returns about how many. Nobody is told yet: see `tell_applicants`.

    The waiting list keeps the places given, and the others behind them in the order in which they come here.
    Raises: NotAllowed; Refusal("still_open", "unknown_application", "unknown_outcome", "no_reason", "taken_in",
    "too_few_places"); nothing is decided then. Announces ApplicationsChosen.
    """
    call = locked(call, actor)
    _check_over(call)
    rows = {one.pk: one for one in call.applications.select_for_update().exclude(state=State.WITHDRAWN)}
    for choice in choices:
        _check(rows, choice, actor)
    now = timezone.now()
    for choice in choices:
        _put(rows[choice.application_id], choice, now)
    _line_up(call, rows, choices)
    _check_places(call)
    fact = ApplicationsChosen(
        call.community_id, call.pk, *(_count(call, state) for state in Application.CHOSEN)
    )
    announce(fact, actor=actor)
    return len(choices)


def _check_over(call: OpenCall) -> None:
    if not is_over(call):
        raise Refusal("still_open", _("The call still takes applications. Close it first, then choose."))


def _check(rows: dict[int, Application], choice: Choice, actor: User) -> None:
    row = rows.get(choice.application_id)
    if row is None or row.forgotten_at is not None:
        raise Refusal(
            "unknown_application",
            _("One of these applications was withdrawn or is not here. Load the page again."),
        )
    require(actor, "calls.choose", row)
    if choice.outcome not in Application.CHOSEN or choice.reason not in ("", *Application.Reason.values):
        raise Refusal("unknown_outcome", _("Choose accepted, waiting list or not accepted, and a reason."))
    if not choice.reason and not choice.words.strip():
        raise Refusal(
            "no_reason",
            _("Application %(number)d has no reason. Choose one, or write it in your own words.")
            % {"number": row.number},
        )
    if row.membership_id is not None and choice.outcome != State.ACCEPTED:
        raise Refusal(
            "taken_in",
            _("Application %(number)d was taken in already. Undo that first.") % {"number": row.number},
        )


def _put(row: Application, choice: Choice, now: object) -> None:
    if row.state != choice.outcome:
        row.told_at = None  # whatever she was told before is no longer so
    row.state, row.reason, row.reason_words = choice.outcome, choice.reason, choice.words.strip()[:2000]
    row.place_in_line = None
    row.chosen_at = now  # type: ignore[assignment]
    row.save(update_fields=["state", "told_at", "reason", "reason_words", "place_in_line", "chosen_at"])


def _line_up(call: OpenCall, rows: dict[int, Application], choices: Sequence[Choice]) -> None:
    """Number the waiting list anew: who has a place by it, then the rest as they come."""
    asked = {choice.application_id: (choice.place or 10_000, at) for at, choice in enumerate(choices)}
    there = {one.pk: (one.place_in_line, -1) for one in rows.values() if one.place_in_line}
    waiting = list(call.applications.filter(state=State.WAITING))
    waiting.sort(key=lambda one: (asked.get(one.pk) or there.get(one.pk) or (10_000, 10_000), one.number))
    call.applications.filter(state=State.WAITING).update(place_in_line=None)
    for place, one in enumerate(waiting, start=1):
        Application.objects.filter(pk=one.pk).update(place_in_line=place)


def _count(call: OpenCall, state: str) -> int:
    return call.applications.filter(state=state).count()


def _check_places(call: OpenCall) -> None:
    taken = _count(call, State.ACCEPTED)
    if call.places is not None and taken > call.places:
        raise Refusal(
            "too_few_places",
            ngettext(
                "That accepts %(taken)d, and there is %(places)d place. Put some on the waiting list, or raise the places.",
                "That accepts %(taken)d, and there are %(places)d places. Put some on the waiting list, or raise the places.",
                call.places,
            )
            % {"taken": taken, "places": call.places},
            taken=taken,
            places=call.places,
        )


@transaction.atomic
def undo_choice(application: Application, *, actor: User) -> Application:
    """What was decided within the last day is open again; who was taken in by it goes out again, as a joining is undone.

    Raises: NotAllowed; Refusal("not_chosen", "too_late_to_undo"). Announces ChoiceUndone.
    """
    call = locked(application.call, actor)
    found = Application.objects.select_for_update(of=("self",)).select_related("membership__community")
    application = found.get(pk=application.pk)
    require(actor, "calls.choose", application)
    if application.state not in Application.CHOSEN or application.chosen_at is None:
        raise Refusal("not_chosen", _("Nothing is decided about this application."))
    if application.chosen_at < timezone.now() - UNDO_FOR:
        raise Refusal(
            "too_late_to_undo", _("This can be undone for a day. Decide anew instead, and say why.")
        )
    if application.membership is not None:
        undo_joining(application.membership, actor=actor)
    for name in ("chosen_at", "told_at", "place_in_line", "membership"):
        setattr(application, name, None)
    application.state, application.reason, application.reason_words = State.RECEIVED, "", ""
    application.save()
    _line_up(call, {one.pk: one for one in call.applications.all()}, [])
    announce(ChoiceUndone(call.community_id, call.pk, application.pk), actor=actor)
    return application


@transaction.atomic
def tell_applicants(call: OpenCall, *, actor: User) -> tuple[int, int]:
    """Let everybody about whom was decided read it on her page, and write to those who left an e-mail address.

    Returns (how many may read it now, to how many a letter goes). Who was told already is not told again. When nothing is
    left to decide, the call is decided. Raises: NotAllowed; Refusal("nobody_to_tell"). Announces ApplicantsTold.
    """
    call = locked(call, actor)
    waiting = call.applications.filter(state__in=Application.CHOSEN, told_at=None, forgotten_at=None)
    rows = list(waiting.select_related("call__community"))
    if not rows:
        raise Refusal("nobody_to_tell", _("Everybody about whom was decided knows it already."))
    written = sum(tell(one, actor=actor) for one in rows)
    now = timezone.now()
    Application.objects.filter(pk__in=[one.pk for one in rows]).update(told_at=now)
    if not call.applications.filter(state=State.RECEIVED).exists():
        call.state, call.decided_at = OpenCall.State.DECIDED, now
        call.save(update_fields=["state", "decided_at"])
    announce(ApplicantsTold(call.community_id, call.pk, len(rows)), actor=actor)
    return len(rows), written


@transaction.atomic
def give_place_on(call: OpenCall, *, actor: User) -> Application:
    """A place that fell free goes to the next on the waiting list, who is told at once.

    Raises: NotAllowed; Refusal("no_place_free", "nobody_waits"). Announces PlaceGoneOn.
    """
    call = locked(call, actor)
    if free_places(call) == 0:
        raise Refusal(
            "no_place_free", _("All places are taken. Raise their number, or wait until one falls free.")
        )
    found = next_in_line(call)
    if found is None:
        raise Refusal("nobody_waits", _("Nobody is on the waiting list."))
    require(actor, "calls.choose", found)
    now = timezone.now()
    found.state, found.place_in_line, found.chosen_at, found.told_at = State.ACCEPTED, None, now, now
    found.reason, found.reason_words = Application.Reason.FITS, ""
    found.save()
    _line_up(call, {one.pk: one for one in call.applications.all()}, [])
    tell(found, actor=actor)
    announce(PlaceGoneOn(call.community_id, call.pk, found.pk), actor=actor)
    return found
