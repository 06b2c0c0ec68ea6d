"""The history of a community: what the journal holds on it and on all below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from tejido.accounts.models import User
from tejido.communities.models import Community
from tejido.communities.policies import visible_to
from tejido.communities.selectors.tree import below
from tejido.foundation import journal
from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import first_lines, wordings

PER_PAGE = 50
DIGITS_OF_AN_ID = 19
ITSELF = ["founded", "changed", "moved", "closed", "reopened"]
KINDS: dict[str, tuple[Any, Q]] = {
    "people": (
        pgettext_lazy("kind of history", "People"),
        Q(fact__startswith="communities.") & ~Q(fact__in=[f"communities.{fact}" for fact in ITSELF]),
    ),
    "community": (
        pgettext_lazy("kind of history", "The community itself"),
        Q(fact__in=[f"communities.{fact}" for fact in ITSELF]),
    ),
}
OF_NO_COMMUNITY = {"communities", "directory"}  # told above, or told of people and schools


def kinds_of_history() -> dict[str, tuple[Any, Q]]:
    """Kinds by which a history can be narrowed: key -> (words, `Q` on JournalEntry). One for each higher domain."""
    domains = sorted({fact.split(".")[0] for fact in wordings()} - OF_NO_COMMUNITY)
    return KINDS | {domain: (_name_of(domain), Q(fact__startswith=f"{domain}.")) for domain in domains}


def _name_of(domain: str) -> Any:
    """What the domain is called; its app is found by its place, because Django has a `messages` of its own."""
    return next(app.verbose_name for app in apps.get_app_configs() if app.name == f"tejido.{domain}")


def history_of(community: Community, actor: User, *, kind: str = "") -> QuerySet[JournalEntry]:
    """The journal of the community and of those below it that the actor may see, newest first. One query, unsliced.

    kind: a key of `kinds_of_history`; anything else asks for all.
    """
    seen = Community.objects.filter(visible_to(actor), pk__in=below(community)).values_list("pk", flat=True)
    entries = journal.history(community_ids=seen)
    kinds = kinds_of_history()
    return entries.filter(kinds[kind][1]) if kind in kinds else entries


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some entries of a history. `kind` as it was understood; `older`: what to ask `before` for the next ones."""

    entries: list[JournalEntry]
    kind: str
    is_newest: bool
    older: int | None


def history_page(community: Community, actor: User, *, kind: str = "", before: str = "") -> HistoryPage:
    """The entries of the newest PER_PAGE sentences, or of those before an entry; a kind or an entry that makes no sense asks for all.

    Pages are told apart by entries, not by numbers: what happens meanwhile moves nothing. One query.
    """
    entries = history_of(community, actor, kind=kind)
    earlier = before.isdecimal() and len(before) < DIGITS_OF_AN_ID
    shown, more = first_lines(entries.filter(pk__lt=int(before)) if earlier else entries, PER_PAGE)
    return HistoryPage(
        entries=shown,
        kind=kind if kind in kinds_of_history() else "",
        is_newest=not earlier,
        older=shown[-1].pk if more else None,
    )
