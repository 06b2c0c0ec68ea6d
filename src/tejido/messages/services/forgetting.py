"""What was written is not kept for ever."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tejido.messages.models import Message, Reply

KEPT = timedelta(days=365)
DONE = (Message.State.SENT, Message.State.FAILED, Message.State.CANCELLED)


@transaction.atomic
def forget_old_texts() -> int:
    """Empty texts and addresses of what was done KEPT ago, and what people wrote back. How many messages.

    That something was written, when, under which subject and to which person stays. Safe to run again. Two statements.
    """
    before = timezone.now() - KEPT
    old = Message.objects.filter(state__in=DONE, batch__written_at__lt=before, not_before__lt=before)
    Reply.objects.filter(received_at__lt=before).exclude(text="").update(text="", address="")
    return old.exclude(text="").update(text="", address="", trouble_detail="")
