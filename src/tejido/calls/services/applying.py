"""An application comes in, is changed, is withdrawn. Whoever holds its link acts for it; the system writes it down."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.calls.events import ApplicationChanged, ApplicationSent, ApplicationWithdrawn
from tejido.calls.models import Application, Fulfilment, OpenCall
from tejido.calls.selectors import is_open
from tejido.calls.services.letters import confirm
from tejido.calls.tokens import application_token
from tejido.calls.values import Filled
from tejido.calls.wording import stopping_sentence
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.links import token_hash
from tejido.instruments.models import Response
from tejido.instruments.services import ingest_page, settle_response

LATE_FOR = timedelta(hours=24)  # what was begun before the closing is kept for so long after it


@transaction.atomic
def apply(call: OpenCall, filled: Filled, *, actor: User) -> tuple[Application, bool]:
    """Keep an application. Returns it, and whether it is new: the same key again is the application that is here.

    actor: who is signed in, or the system. Typed before the closing and sent within a day after it, it is kept as late, and
    whoever runs the call says whether it counts.
    Raises: Refusal("not_open", "not_eligible", "unanswered", "other_node", "unreachable", "nameless"). Announces ApplicationSent.
    """
    call = OpenCall.objects.select_for_update(of=("self",)).select_related("community").get(pk=call.pk)
    known = Application.objects.filter(key=filled.key).first() if filled.key else None
    if known is not None:
        return known, False
    late = _check_open(call, filled)
    check(call, filled)
    key = filled.key or uuid.uuid4()
    last = call.applications.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            made = Application.objects.create(
                call=call, number=last + 1, key=key, token_hash=token_hash(application_token(key)), late=late,
                user=None if actor.is_system else actor, response=_answers(filled), is_invented=filled.is_invented, **filled.columns(),
            )  # fmt: skip
    except IntegrityError:  # the same form arrived twice at one moment
        return Application.objects.get(key=key), False
    _write_down(made, filled)
    announce(ApplicationSent(call.pk, made.pk), actor=actor)
    confirm(made)
    return made, True


def _check_open(call: OpenCall, filled: Filled) -> bool:
    """Whether it comes late. Raises Refusal("not_open")."""
    if is_open(call):
        return False
    begun = filled.begun_at
    over = call.state in {OpenCall.State.OPEN, OpenCall.State.CLOSED} and call.opens_at <= timezone.now()
    in_time = begun is not None and call.opens_at <= begun <= call.closes_at
    if over and in_time and timezone.now() - call.closes_at <= LATE_FOR:
        return True
    raise Refusal(
        "not_open",
        _("This call is closed, so the application was not taken. Ask %(contact)s.")
        % {"contact": call.contact},
    )


def check(call: OpenCall, filled: Filled) -> None:
    """What every application has to have. For services. Raises as `apply`."""
    if not filled.given_names.strip():
        raise Refusal("nameless", _("Write your name."))
    if not filled.email and not filled.phone:
        raise Refusal("unreachable", _("Write an e-mail address or a phone number, so that you can be told."))
    asked = list(call.requirements.all())
    if any(one.pk not in filled.met for one in asked):
        raise Refusal("unanswered", _("Answer each of the questions on what is required."))
    for one in asked:
        if one.must and not filled.met[one.pk]:
            raise Refusal("not_eligible", stopping_sentence(call, one))
    nodes = set(call.nodes.values_list("pk", flat=True))
    if nodes and (filled.node is None or filled.node.pk not in nodes):
        raise Refusal("other_node", _("Choose the node that you would like to lead."))


def _answers(filled: Filled) -> Response | None:
    """The answers to the form of the call, kept where all answers are."""
    if filled.sent is None:
        return None
    return ingest_page(replace(filled.sent, standing="free"), actor=system_account()).response


def _write_down(application: Application, filled: Filled) -> None:
    application.fulfilments.all().delete()
    asked = set(application.call.requirements.values_list("pk", flat=True))
    Fulfilment.objects.bulk_create(
        Fulfilment(application=application, requirement_id=pk, met=met)
        for pk, met in filled.met.items()
        if pk in asked
    )


def of_hers(application: Application) -> Application:
    """The application, locked, as long as it is hers to act upon. For services. Raises Refusal("withdrawn", "forgotten")."""
    found = Application.objects.select_for_update(of=("self",)).select_related("call__community")
    application = found.get(pk=application.pk)
    if application.forgotten_at is not None:
        raise Refusal("forgotten", _("What you sent was deleted, as you were told it would be."))
    if application.state == Application.State.WITHDRAWN:
        raise Refusal(
            "withdrawn", _("This application was withdrawn. Send a new one while the call is open.")
        )
    return application


@transaction.atomic
def change_application(application: Application, filled: Filled, *, actor: User) -> Application:
    """What she typed takes the place of what she had sent; the earlier answers to the form stay, and do not count.

    Raises: Refusal("not_open", "withdrawn", "forgotten") and as `apply`. Announces ApplicationChanged.
    """
    application = of_hers(application)
    call = application.call
    if not is_open(call):
        raise Refusal(
            "not_open",
            _("The call is closed, so your application stays as it was. Ask %(contact)s.")
            % {"contact": call.contact},
        )
    check(call, filled)
    before, response = application.response, _answers(filled)
    for name, value in filled.columns().items():
        setattr(application, name, value)
    application.response, application.changed_at = response, timezone.now()
    application.save()
    if before is not None and response is not None and before.pk != response.pk:
        settle_response(before, counts=False, actor=system_account())
    _write_down(application, filled)
    announce(ApplicationChanged(call.pk, application.pk), actor=actor)
    return application


@transaction.atomic
def withdraw_application(application: Application, *, actor: User) -> Application:
    """She takes it back, whatever was decided: reviewers no longer see it, and her place is free. Again changes nothing.

    Raises Refusal("forgotten", "taken_in"). Announces ApplicationWithdrawn.
    """
    application = (
        Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=application.pk)
    )
    if application.state == Application.State.WITHDRAWN:
        return application
    application = of_hers(application)
    if application.membership_id is not None:
        raise Refusal(
            "taken_in",
            _("You belong to the community already. Tell %(contact)s that you cannot take the place.")
            % {"contact": application.call.contact},
        )
    application.state, application.place_in_line = Application.State.WITHDRAWN, None
    application.withdrawn_at = timezone.now()
    application.save(update_fields=["state", "place_in_line", "withdrawn_at"])
    announce(ApplicationWithdrawn(application.call_id, application.pk), actor=actor)
    return application
