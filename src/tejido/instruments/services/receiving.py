"""The one way in for answers: page, phone application and form engine all end here.

What a form asks is judged, never enforced: a phone that is told no keeps its work for ever and nobody sees it. So content is
stored with flags, and only what is no answer to a known form, or comes by a link that was taken back, is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.directory.models import Person
from tejido.foundation.errors import Refusal
from tejido.foundation.policies import require
from tejido.instruments.models import Collection, Flag, Invitation, Response, Version
from tejido.instruments.selectors.doors import collection_for, version_named
from tejido.instruments.selectors.phones import Standing
from tejido.instruments.services.attaching import attach
from tejido.instruments.services.deriving import Read, answer_rows, read_answer
from tejido.instruments.services.naming import follow
from tejido.instruments.services.places import Claim, claim, day_of, release, slot_of
from tejido_forms.answers import parsed
from tejido_forms.problems import AnswerRefused

Outcome = Literal["stored", "known", "conflict", "late"]
TRIES = 4
OTHERS: Final = {
    "free": Claim(None, first=True, counts=True),
    "uninvited": Claim(None, first=False, counts=False),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What arrived. xml: as it was sent. community: where it was sent to.

    collection: what it answers, where the door says so; else the open one of its form, else none.
    person: who answers, where that is known; kept only where answers carry names. invitation: the personal link used.
    name: what somebody with a shared link calls themselves and agreed to have kept; never kept where answers are anonymous.
    files: by name. received_at: now if missing. language: of the form, as it was shown.
    standing: asked: one answer counts, or several where that is wanted; free: every one counts, and `person` is not noted among
    those who are asked; uninvited: kept beside the others, and somebody decides.
    """

    xml: bytes = field(repr=False)
    channel: Response.Channel
    community: Community
    collection: Collection | None = None
    person: Person | None = None
    invitation: Invitation | None = None
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    language: str = ""
    name: str = ""
    standing: Standing = "asked"
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """outcome: stored; known (the same was here, and nothing was copied); conflict (kept beside another); late.

    ignored: files that the answer does not speak of; they were not kept.
    """

    response: Response
    outcome: Outcome
    ignored: tuple[str, ...] = ()


def ingest(sent: Sent, *, actor: User) -> Received:
    """Keep an answer. Sending the same again changes nothing and is no error; several at once make one row.

    actor: who is signed in, or the system for whoever came by a link or with a phone.
    Raises: NotAllowed: signed in, but not asked; Refusal("not_a_form"), ("unknown_form"), ("revoked"). Nothing else: see above.
    """
    version, exact = _version(sent)
    if sent.collection is None:
        sent = replace(sent, collection=collection_for(version, sent.community))
    collection = sent.collection
    if not actor.is_system:
        verb, thing = (
            ("instruments.answer", collection) if collection else ("communities.see", sent.community)
        )
        require(actor, verb, thing)
    if collection is not None:
        _refuse_revoked(collection, sent.invitation)
    try:
        anonymous = collection is not None and collection.anonymous
        read = read_answer(version, sent.community, sent.xml, anonymous=anonymous)
    except AnswerRefused as refused:
        raise _refusal(refused) from refused
    if not exact:
        read.flag("unknown_version", value=read.version_said)
    return _keep(sent, version, read)


def _refuse_revoked(collection: Collection, invitation: Invitation | None) -> None:
    withdrawn = collection.state == Collection.State.WITHDRAWN
    if withdrawn or (invitation is not None and invitation.revoked):
        raise Refusal("revoked", _("This link was taken back. Ask whoever gave it to you for another one."))


def _version(sent: Sent) -> tuple[Version, bool]:
    """The version that the answer names and whether it is exactly that one."""
    found = version_named(root_of(sent.xml), sent.community, sent.collection)
    if found is None:
        raise Refusal("unknown_form", _("This community has no form with that name."))
    return found


def root_of(xml: bytes) -> Any:
    """The root of what was sent. For services. Raises Refusal("not_a_form")."""
    try:
        return parsed(xml)
    except AnswerRefused as refused:
        raise _refusal(refused) from refused


def _refusal(refused: AnswerRefused) -> Refusal:
    if refused.code == "other_form":
        return Refusal("unknown_form", _("This community has no form with that name."))
    return Refusal("not_a_form", _("What was sent is not a filled-in form."), why=refused.code)


def _keep(sent: Sent, version: Version, read: Read) -> Received:
    collection = sent.collection
    scope = (
        f"collection:{collection.pk}"
        if collection
        else f"community:{sent.community.pk}:{version.instrument_id}"
    )
    slot = slot_of(scope, read.instance_id)
    known = _known(slot, read)
    if known is not None:
        return Received(known, "known", attach(known, sent.files, read))
    made = (
        claim(collection, sent.person, sent.invitation) if sent.standing == "asked" else OTHERS[sent.standing]
    )
    try:
        return _store(sent, version, read, (slot, made))
    except BaseException:
        release(made)
        raise


def _known(slot: str, read: Read) -> Response | None:
    """What is already here under the same id with the same content."""
    return Response.objects.filter(
        slot__in=[slot, slot_of(slot, read.content_hash)], content_hash=read.content_hash
    ).first()


def _store(sent: Sent, version: Version, read: Read, place: tuple[str, Claim]) -> Received:
    slot, made = place
    now = sent.received_at or timezone.now()
    usual = state, outcome = _state(sent.collection, read, now)
    if not made.counts:
        state, outcome = Response.State.CONFLICT, "conflict"
        read.flag("not_asked" if sent.standing == "uninvited" else "answered_before")
    for _try in range(TRIES):
        response = _row(sent, version, read, now)
        response.state, response.slot = state, slot
        try:
            with transaction.atomic():
                response.save(force_insert=True)
                answer_rows(response, read)
                Flag.objects.bulk_create(read.flags_of(response))
                follow(response)
        except IntegrityError:
            known = _known(place[0], read)
            if known is not None:
                return _same_at_once(known, made, usual[0], attach(known, sent.files, read))
            # The same id with other content: kept beside it, in a place of its own.
            slot, state, outcome = slot_of(place[0], read.content_hash), Response.State.CONFLICT, "conflict"
            read.flag("same_id")
            continue
        return Received(response, outcome, attach(response, sent.files, read))
    raise RuntimeError(f"no place for {read.instance_id} after {TRIES} tries")


def _same_at_once(known: Response, made: Claim, usual: str, ignored: tuple[str, ...]) -> Received:
    """The same answer was stored while this one was on its way. It counts if either of the two came first."""
    if made.first and known.state == Response.State.CONFLICT:
        with transaction.atomic():
            known.flags.filter(code="answered_before").delete()
            if not known.flags.filter(code="same_id").exists():
                known.state = usual
                known.save(update_fields=["state"])
                follow(known)
    return Received(known, "known", ignored)


def _state(collection: Collection | None, read: Read, now: datetime) -> tuple[Response.State, Outcome]:
    if collection is not None:
        over = collection.closes_at is not None and now >= collection.closes_at
        if over or collection.state != Collection.State.OPEN:
            return Response.State.LATE, "late"
        if now < collection.opens_at:
            read.flag("early")
    return (Response.State.FLAGGED if read.flags else Response.State.ACCEPTED), "stored"


def _row(sent: Sent, version: Version, read: Read, now: datetime) -> Response:
    anonymous = sent.collection is not None and sent.collection.anonymous
    person = sent.person or (sent.invitation.person if sent.invitation else None)
    return Response(
        collection=sent.collection,
        community=sent.community,
        version=version,
        person=None if anonymous else person,
        name_given="" if anonymous or person else sent.name[:200],
        instance_id=read.instance_id,
        content_hash=read.content_hash,
        xml=read.xml,
        received_at=day_of(now, sent.community) if anonymous else now,
        channel=sent.channel,
        language=sent.language[:100],
    )
