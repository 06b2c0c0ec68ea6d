"""Announce facts; owe reactions; pay them. The map of who reacts is config/reactions.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from tejido.foundation.models import JournalEntry, PendingReaction

LEASE = timedelta(minutes=10)
FIRST_WAIT = timedelta(minutes=1)  # then 4, 16, 64 minutes
GIVE_UP_AFTER = 5


class Fact(Protocol):
    """A frozen dataclass in a domain's events.py: NAME, then ids and numbers only."""

    NAME: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


def _entry(fact: Fact, actor: Any) -> JournalEntry:
    payload = asdict(fact)
    return JournalEntry(
        fact=fact.NAME,
        payload=payload,
        actor=actor,
        community_id=payload.get("community_id"),
        person_id=payload.get("person_id"),
    )


def announce(fact: Fact, *, actor: Any) -> JournalEntry:
    """Write `fact` to the journal and owe its reactions. Call inside the deed's transaction.

    actor: the account that did it; the system account where nobody did, never None.
    Raises RuntimeError outside a transaction: a fact without its deed would be a lie.
    """
    return announce_many([fact], actor=actor)[0]


def announce_many(facts: Iterable[Fact], *, actor: Any) -> list[JournalEntry]:
    """`announce` for a batch: two inserts for any number of facts of one deed."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("announce() belongs inside the transaction of the deed it records")
    handlers: dict[str, list[str]] = import_string(settings.REACTIONS)
    entries = JournalEntry.objects.bulk_create([_entry(fact, actor) for fact in facts], batch_size=500)
    PendingReaction.objects.bulk_create(
        [
            PendingReaction(entry=entry, handler=path)
            for entry in entries
            for path in handlers.get(entry.fact, [])
        ],
        batch_size=500,
    )
    return entries


def history(
    *, community_ids: Iterable[int] | None = None, person_id: int | None = None, facts: Sequence[str] = ()
) -> QuerySet[JournalEntry]:
    """The journal of some communities or of a person, newest first, with actors. One query, unsliced."""
    entries = JournalEntry.objects.select_related("actor").order_by("-id")
    if community_ids is not None:
        entries = entries.filter(community_id__in=community_ids)
    if person_id is not None:
        entries = entries.filter(person_id=person_id)
    return entries.filter(fact__in=facts) if facts else entries


def pay_one(*, clock: Callable[[], datetime] = timezone.now) -> bool:
    """Run one owed reaction. True if there was one.

    Claiming is one UPDATE that moves `not_before` ahead by LEASE, so it works with several
    workers on any database, and a worker that dies only delays the reaction by the lease.
    """
    now = clock()
    owed = PendingReaction.objects.filter(done_at=None, not_before__lte=now, failures__lt=GIVE_UP_AFTER)
    reaction = owed.select_related("entry").order_by("id").first()
    if reaction is None:
        return False
    if not owed.filter(pk=reaction.pk).update(not_before=now + LEASE):
        return True  # another worker was quicker
    mine = PendingReaction.objects.filter(pk=reaction.pk)
    try:
        with transaction.atomic():
            import_string(reaction.handler)(**reaction.entry.payload)
            mine.update(done_at=clock())
    except Exception as error:  # noqa: BLE001 - a failing reaction must not stop the others
        mine.update(
            failures=reaction.failures + 1,
            not_before=clock() + FIRST_WAIT * 4**reaction.failures,
            last_error=repr(error)[:4000],
        )
    return True


def pay_all() -> int:
    """Run every owed reaction, including those that reactions owe. Returns how many ran."""
    paid = 0
    while pay_one():
        paid += 1
    return paid


def given_up() -> QuerySet[PendingReaction]:
    """Reactions that failed too often and wait for a person (``tejido doctor`` names them)."""
    return PendingReaction.objects.filter(done_at=None, failures__gte=GIVE_UP_AFTER).select_related("entry")
