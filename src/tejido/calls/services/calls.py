"""Making a call, publishing it, giving it more time, closing it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.accounts.services import system_account
from tejido.calls.events import CallClosed, CallExtended, CallMade, CallPublished, CallWithdrawn
from tejido.calls.models import Criterion, OpenCall, Requirement
from tejido.calls.selectors import columns_of, is_published
from tejido.calls.tokens import call_token
from tejido.calls.values import CallFields
from tejido.communities.models import Community
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.instruments.models import Collection, Version
from tejido.instruments.selectors import definition_of
from tejido.instruments.services import (
    Terms,
    close_collection,
    open_collection,
    reopen_collection,
    withdraw_collection,
)

MOST_LINES = 20  # requirements, and criteria, of one call


@transaction.atomic
def make_call(community: Community, fields: CallFields, *, actor: User) -> OpenCall:
    """A draft of a call. Raises: NotAllowed; Refusal as `change_call`; ValidationError. Announces CallMade."""
    require(actor, "calls.make", community)
    call = OpenCall(community=community)
    _write(call, fields, actor)
    announce(CallMade(community.pk, call.pk), actor=actor)
    return call


@transaction.atomic
def change_call(call: OpenCall, fields: CallFields, *, actor: User) -> OpenCall:
    """Say it otherwise. What applicants rely on – the kind, the form, blindness – stays as it is once it is published.

    Raises: NotAllowed; Refusal("published", "no_title", "node_elsewhere", "not_simple"); ValidationError.
    """
    call = locked(call, actor)
    if call.state not in {OpenCall.State.DRAFT, OpenCall.State.OPEN}:
        raise Refusal("published", _("This call is closed. What it said stays as applicants read it."))
    fixed = {"kind", "version", "blind", "keep_months", "nodes", "opens_at", "closes_at"}
    if is_published(call):
        fields = {name: value for name, value in fields.items() if name not in fixed}  # type: ignore[assignment]
    _write(call, fields, actor)
    return call


def _write(call: OpenCall, fields: CallFields, actor: User) -> None:
    given: dict[str, Any] = dict(fields)
    nodes = given.pop("nodes", None)
    for name, value in given.items():
        setattr(call, name, value)
    title, _text = columns_of(call.community.language)
    if not getattr(call, title).strip():
        raise Refusal("no_title", _("The call needs a title in the language of the community."))
    if call.opens_at and call.closes_at and call.closes_at <= call.opens_at:
        raise Refusal("closes_too_early", _("It closes before it opens. Check the two moments."))
    if call.term_starts and call.term_ends and call.term_ends < call.term_starts:
        raise Refusal("term_ends_too_early", _("The term ends before it starts. Check the two days."))
    if call.version is not None:
        require(actor, "instruments.see", call.version.instrument)
        check_form(call.version)
    call.full_clean(exclude=["token"])
    call.save()
    if nodes is not None:
        _set_nodes(call, list(nodes))


def _set_nodes(call: OpenCall, nodes: list[Community]) -> None:
    inside = set(call.community.descent.values_list("community_id", flat=True))
    if not inside.issuperset(node.pk for node in nodes):
        raise Refusal(
            "node_elsewhere", _("One of these nodes is not part of this community. Choose its own nodes.")
        )
    call.nodes.set(nodes)


def check_form(version: Version) -> None:
    """Whether the form can stand inside an application. Raises Refusal("not_simple")."""
    asks_files = any(node.control == "upload" for node in _questions(version))
    if version.way == Version.Way.ENGINE or asks_files:
        raise Refusal(
            "not_simple",
            _(
                "This form needs a page of its own: it repeats questions or asks for files. Applications bring their files by "
                "themselves; choose a form of simple questions."
            ),
        )


def _questions(version: Version) -> list[Any]:
    return [node for node in definition_of(version).nodes() if node.kind == "question"]


def locked(call: OpenCall, actor: User) -> OpenCall:
    """The call, locked, for whoever manages it. For services. Raises NotAllowed."""
    call = OpenCall.objects.select_for_update(of=("self",)).select_related("community").get(pk=call.pk)
    require(actor, "calls.manage", call)
    return call


def _draft(call: OpenCall, actor: User) -> OpenCall:
    call = locked(call, actor)
    if is_published(call):
        raise Refusal(
            "published",
            _(
                "Applicants have read this call already: what it asks stays. Withdraw it and make another one."
            ),
        )
    return call


@transaction.atomic
def add_requirement(call: OpenCall, fields: Mapping[str, Any], *, actor: User) -> Requirement:
    """One more question of yes or no. Raises: NotAllowed; Refusal("published", "no_question", "too_many")."""
    call = _draft(call, actor)
    code = _code(call)
    if not str(fields.get(f"question_{code}", "")).strip():
        raise Refusal("no_question", _("Write the question in the language of the community."))
    made = Requirement(call=call, number=_next(call.requirements), **fields)
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def add_criterion(call: OpenCall, fields: Mapping[str, Any], *, actor: User) -> Criterion:
    """One more criterion, as long as nobody has scored. Raises: NotAllowed; Refusal("scored", "too_many"); ValidationError."""
    call = _unscored(call, actor)
    made = Criterion(call=call, number=_next(call.criteria), **fields)
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def remove_requirement(requirement: Requirement, *, actor: User) -> None:
    """Raises: NotAllowed; Refusal("published")."""
    _draft(requirement.call, actor)
    requirement.delete()


@transaction.atomic
def remove_criterion(criterion: Criterion, *, actor: User) -> None:
    """Raises: NotAllowed; Refusal("scored")."""
    _unscored(criterion.call, actor)
    criterion.delete()


def _unscored(call: OpenCall, actor: User) -> OpenCall:
    call = locked(call, actor)
    if call.criteria.filter(scores__isnull=False).exists():
        raise Refusal("scored", _("Somebody has scored by these criteria already, so they stay as they are."))
    return call


def _code(call: OpenCall) -> str:
    return columns_of(call.community.language)[0].removeprefix("title_")


def _next(rows: Any) -> int:
    if rows.count() >= MOST_LINES:
        raise Refusal("too_many", _("That is more than one reads with care. Take one out first."))
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def publish_call(call: OpenCall, *, actor: User) -> OpenCall:
    """Give it a public address, from its opening on. Again changes nothing.

    Raises: NotAllowed; Refusal("no_node", "closes_too_early", "withdrawn"). Announces CallPublished.
    """
    call = locked(call, actor)
    if call.state == OpenCall.State.OPEN:
        return call
    if call.state != OpenCall.State.DRAFT:
        raise Refusal("withdrawn", _("This call is over. Make another one."))
    if call.kind == OpenCall.Kind.LEAD and not call.nodes.exists():
        raise Refusal("no_node", _("Choose at least one node for which a leader is looked for."))
    _check_closing(call.closes_at)
    call.state, call.token = OpenCall.State.OPEN, call_token()
    if call.version is not None:
        terms = Terms(
            title=str(call), audience=Collection.Audience.LINK, many=True,
            opens_at=call.opens_at, closes_at=call.closes_at,
        )  # fmt: skip
        call.collection = open_collection(call.version, call.community, terms, actor=actor)
    call.save()
    announce(CallPublished(call.community_id, call.pk), actor=actor)
    return call


def _check_closing(closes_at: datetime) -> None:
    if closes_at <= timezone.now():
        raise Refusal("closes_too_early", _("The closing has passed already. Choose a later moment."))


@transaction.atomic
def extend_call(call: OpenCall, closes_at: datetime, *, actor: User) -> OpenCall:
    """Another closing, later or earlier, also after it has closed, as long as nothing is decided.

    Raises: NotAllowed; Refusal("not_open", "decided", "closes_too_early"). Announces CallExtended.
    """
    call = locked(call, actor)
    if call.state not in {OpenCall.State.OPEN, OpenCall.State.CLOSED}:
        raise Refusal("not_open", _("This call takes no applications any more. Make another one."))
    if call.applications.exclude(chosen_at=None).exists():
        raise Refusal(
            "decided", _("Some are chosen already, so the call is not opened again. Make another one.")
        )
    _check_closing(closes_at)
    call.closes_at, call.state, call.closed_at = closes_at, OpenCall.State.OPEN, None
    call.save(update_fields=["closes_at", "state", "closed_at"])
    if call.collection is not None:
        reopen_collection(call.collection, actor=actor)
    announce(CallExtended(call.community_id, call.pk), actor=actor)
    return call


@transaction.atomic
def close_call(call: OpenCall, *, actor: User) -> OpenCall:
    """No more applications are taken. Again changes nothing. Raises: NotAllowed; Refusal("not_open"). Announces CallClosed."""
    call = locked(call, actor)
    if call.state in {OpenCall.State.CLOSED, OpenCall.State.DECIDED}:
        return call
    if call.state != OpenCall.State.OPEN:
        raise Refusal("not_open", _("This call is not open, so there is nothing to close."))
    now = timezone.now()
    call.state, call.closed_at = OpenCall.State.CLOSED, now
    if call.opens_at < now < call.closes_at:
        call.closes_at = now
    call.save(update_fields=["state", "closed_at", "closes_at"])
    if call.collection is not None:
        close_collection(call.collection, actor=actor)
    announce(CallClosed(call.community_id, call.pk, call.applications.count()), actor=actor)
    return call


def close_what_is_over() -> int:
    """Close every call whose moment has passed, as the system. Returns how many. Done again and again."""
    over = list(OpenCall.objects.filter(state=OpenCall.State.OPEN, closes_at__lte=timezone.now()))
    for call in over:
        close_call(call, actor=system_account())
    return len(over)


@transaction.atomic
def withdraw_call(call: OpenCall, *, actor: User) -> OpenCall:
    """Take it back; what came in stays until it is forgotten, and applicants read it on their page.

    Raises: NotAllowed; Refusal("decided"). Announces CallWithdrawn.
    """
    call = locked(call, actor)
    if call.state == OpenCall.State.DECIDED:
        raise Refusal("decided", _("This call is decided and people were told. It stays in the history."))
    if call.state == OpenCall.State.DRAFT:
        call.token = call_token()  # a published row has an address; nobody was ever given this one
    if call.state != OpenCall.State.WITHDRAWN:
        call.state, call.closed_at = OpenCall.State.WITHDRAWN, timezone.now()
        call.save(update_fields=["state", "closed_at", "token"])
        if call.collection is not None:
            withdraw_collection(call.collection, actor=actor)
        announce(CallWithdrawn(call.community_id, call.pk), actor=actor)
    return call
