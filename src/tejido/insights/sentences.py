"""How the facts of this domain read in a history. They name nobody: whom a signal was about stays on its page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence

COMMUNITY = "communities.Community"
LINK = ("insights:attention", "community_id")


@sentence("insights.attention_done", community_id=COMMUNITY, link=LINK)
def _done(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took care of something that needed attention in %(community)s.") % _words(names)


@sentence("insights.attention_snoozed", community_id=COMMUNITY, link=LINK)
def _snoozed(entry: JournalEntry, names: Names) -> str:
    days = entry.payload["days"]
    return ngettext(
        "%(actor)s put off something that needs attention in %(community)s for %(days)d day.",
        "%(actor)s put off something that needs attention in %(community)s for %(days)d days.",
        days,
    ) % {**_words(names), "days": days}


@sentence("insights.attention_dismissed", community_id=COMMUNITY, link=LINK)
def _dismissed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s set aside something that needed attention in %(community)s.") % _words(names)


@sentence("insights.attention_reopened", community_id=COMMUNITY, link=LINK)
def _reopened(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s put something back on the list of what needs attention in %(community)s.") % _words(
        names
    )


def _words(names: Names) -> dict[str, str]:
    return {"actor": names.actor, "community": names["community_id"]}
