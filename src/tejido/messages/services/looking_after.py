"""Taking back what has not gone out, and sending again what did not arrive."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.accounts.models import User
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import announce
from tejido.foundation.policies import require
from tejido.messages.events import MessagesCancelled, MessagesSentAgain
from tejido.messages.models import Batch, Channel, Message
from tejido.messages.selectors import OPEN
from tejido.messages.services.sending import set_off

State = Message.State


@transaction.atomic
def cancel_message(message: Message, *, actor: User) -> None:
    """Take back one message that has not gone out.

    Raises: NotAllowed; Refusal("gone_out"): it is on its way or there. Announces MessagesCancelled.
    """
    require(actor, "messages.look_after", message)
    if not _take_back(Message.objects.filter(pk=message.pk)):
        raise Refusal("gone_out", _("This message has gone out already, or is going out right now."))
    announce(MessagesCancelled(message.community_id, message.batch_id, 1), actor=actor)


@transaction.atomic
def cancel_batch(batch: Batch, *, actor: User) -> int:
    """Take back whatever of the batch has not gone out. Returns how many.

    Raises: NotAllowed; Refusal("gone_out"): nothing is left to take back. Announces MessagesCancelled.
    """
    require(actor, "messages.look_after", batch)
    count = _take_back(Message.objects.filter(batch=batch))
    if not count:
        raise Refusal("gone_out", _("Nothing of this is waiting any more; all of it has gone out."))
    announce(MessagesCancelled(batch.community_id, batch.pk, count), actor=actor)
    return count


def _take_back(rows: QuerySet[Message]) -> int:
    """One UPDATE, so that a message is either taken back or sent, never both."""
    free = rows.filter(state__in=OPEN, claim=None)
    return int(free.update(state=State.CANCELLED, trouble="taken_back", trouble_detail=""))


@transaction.atomic
def send_again(message: Message, *, actor: User) -> None:
    """Put a message that did not go out, or was taken back, in the queue once more.

    Raises: NotAllowed; Refusal("not_again"): it went out, or waits anyway. Announces MessagesSentAgain.
    """
    require(actor, "messages.look_after", message)
    if not _once_more(Message.objects.filter(pk=message.pk), {State.FAILED, State.CANCELLED}):
        raise Refusal(
            "not_again", _("This message went out, or is waiting for its turn. Write a new one instead.")
        )
    announce(MessagesSentAgain(message.community_id, message.batch_id, 1), actor=actor)


@transaction.atomic
def send_failed_again(batch: Batch, *, actor: User) -> int:
    """Put whatever of the batch did not go out in the queue once more. Returns how many.

    Raises: NotAllowed; Refusal("not_again"): nothing failed. Announces MessagesSentAgain.
    """
    require(actor, "messages.look_after", batch)
    count = _once_more(Message.objects.filter(batch=batch), {State.FAILED})
    if not count:
        raise Refusal("not_again", _("Nothing of this failed."))
    announce(MessagesSentAgain(batch.community_id, batch.pk, count), actor=actor)
    return count


def _once_more(rows: QuerySet[Message], states: set[Message.State]) -> int:
    count = (
        rows.filter(state__in=states)
        .exclude(text="")
        .update(  # an old text is no longer kept
            state=State.WAITING,
            not_before=timezone.now(),
            tries=0,
            trouble="",
            trouble_detail="",
            claim=None,
            claimed_until=None,
            folded_into=None,
        )
    )
    if count:
        transaction.on_commit(set_off)
    return int(count)


@transaction.atomic
def note_shared(message: Message, *, actor: User) -> None:
    """The text was handed on by hand. Idempotent. Raises NotAllowed; Refusal("not_to_share")."""
    require(actor, "messages.look_after", message)
    if message.channel != Channel.SHARE:
        raise Refusal("not_to_share", _("This message is sent by Tejido itself."))
    Message.objects.filter(pk=message.pk, state=State.WAITING).update(
        state=State.SENT, sent_at=timezone.now()
    )
