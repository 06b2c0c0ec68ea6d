"""How the facts of this domain read in a history."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence
from tejido.imports.models import ImportRun


def _kind(entry: JournalEntry) -> str:
    return str(ImportRun.Kind(entry.payload["kind"]).label).lower()


@sentence(
    "imports.applied",
    community_id="communities.Community",
    link=("imports:run", "run_id"),
    run_id="imports.ImportRun",
)
def _applied(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["new"]
    return ngettext(
        "%(actor)s brought a list (%(kind)s): %(count)d new entry.",
        "%(actor)s brought a list (%(kind)s): %(count)d new entries.",
        count,
    ) % {"actor": names.actor, "kind": _kind(entry), "count": count}


@sentence(
    "imports.undone",
    community_id="communities.Community",
    link=("imports:run", "run_id"),
    run_id="imports.ImportRun",
)
def _undone(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s undid a list that had been brought (%(kind)s).") % {
        "actor": names.actor,
        "kind": _kind(entry),
    }
