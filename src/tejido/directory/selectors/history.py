"""What happened to a person, from the journal, as the reader may know it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from tejido.accounts.models import User
from tejido.directory.models import Person
from tejido.foundation.journal import history
from tejido.foundation.models import JournalEntry
from tejido.foundation.reach import within_reach

OPEN_FACTS = ("directory.post_taken", "directory.post_left")  # for whoever may see the person at all


def history_of(person: Person, actor: User, *, whole: bool) -> QuerySet[JournalEntry]:
    """The journal of the person and of whoever was merged into them, newest first, with actors. One query.

    whole: for the person and those who may change the page; others read of posts only. Facts of a
    community are told to those who may see that community.
    """
    merged = Person.every.filter(merged_into=person).values("pk")
    entries = history(facts=() if whole else OPEN_FACTS).filter(
        Q(person_id=person.pk) | Q(person_id__in=merged)
    )
    if person.user_id == actor.pk or actor.is_system:
        return entries
    return entries.filter(Q(community_id=None) | within_reach("foundation.journalentry", actor, "see"))
