"""How the facts of this domain read in a history."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence

OF: dict[str, Any] = {
    "community_id": "communities.Community",
    "version_id": "charters.CharterVersion",
    "link": ("charters:version", "version_id"),
}


def _words(names: Names) -> dict[str, object]:
    return {"actor": names.actor, "charter": names["version_id"], "community": names["community_id"]}


@sentence("charters.draft_begun", **OF)
def _begun(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s began a draft of the charter of %(community)s.") % _words(names)


@sentence("charters.draft_written", **OF)
def _written(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s wrote on the draft of the charter of %(community)s.") % _words(names)


@sentence("charters.draft_discarded", **OF)
def _discarded(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s discarded the draft %(charter)s of %(community)s.") % _words(names)


@sentence("charters.change_suggested", **OF)
def _suggested(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s suggested a change to the charter of %(community)s.") % _words(names)


@sentence("charters.suggestion_decided", **OF)
def _decided(entry: JournalEntry, names: Names) -> str:
    if entry.payload["accepted"]:
        return _("%(actor)s accepted a suggestion for the charter of %(community)s.") % _words(names)
    return _("%(actor)s declined a suggestion for the charter of %(community)s.") % _words(names)


@sentence("charters.proposed", **OF)
def _proposed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s put %(charter)s of %(community)s to the vote.") % _words(names)


@sentence("charters.adopted", **OF)
def _adopted(entry: JournalEntry, names: Names) -> str:
    if entry.payload["by_vote"]:
        return _("%(charter)s of %(community)s is in force: it was adopted by vote.") % _words(names)
    return _("%(actor)s declared %(charter)s of %(community)s in force.") % _words(names)


@sentence("charters.not_adopted", **OF)
def _not_adopted(entry: JournalEntry, names: Names) -> str:
    return _("%(charter)s of %(community)s was not adopted and is a draft again.") % _words(names)


@sentence("charters.asked_to_accept", **OF)
def _asked(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["people"]
    return ngettext(
        "%(actor)s asked %(count)d person of %(community)s to accept the charter.",
        "%(actor)s asked %(count)d people of %(community)s to accept the charter.",
        count,
    ) % {**_words(names), "count": count}


@sentence(
    "charters.public_page_changed",
    community_id="communities.Community",
    link=("charters:charter", "community_id"),
)
def _public(entry: JournalEntry, names: Names) -> str:
    words = {"actor": names.actor, "community": names["community_id"]}
    if entry.payload["is_open"]:
        return _("%(actor)s opened the charter of %(community)s to everybody.") % words
    return _("%(actor)s closed the public page of the charter of %(community)s.") % words
