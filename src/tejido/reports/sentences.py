"""How the facts of this domain read in a history."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence


@sentence("reports.made", community_id="communities.Community", link=("reports:reports", "community_id"))
def _made(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s made a report of %(community)s.") % {
        "actor": names.actor,
        "community": names["community_id"],
    }
