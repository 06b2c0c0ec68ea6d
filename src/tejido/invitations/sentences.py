"""How the facts of this domain read in a history."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence

GATHERING = "gatherings.Gathering"
PAGE = ("gatherings:gathering", "gathering_id")


def _words(names: Names, **more: object) -> dict[str, object]:
    return {"actor": names.actor, "gathering": names["gathering_id"], **more}


@sentence("invitations.people_asked", gathering_id=GATHERING, link=PAGE)
def _asked(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s invited %(count)d person to «%(gathering)s» and asked for an answer.",
        "%(actor)s invited %(count)d people to «%(gathering)s» and asked for an answer.",
        count,
    ) % _words(names, count=count)


@sentence("invitations.asking_changed", gathering_id=GATHERING, link=PAGE)
def _changed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s set the places and the reminder of «%(gathering)s».") % _words(names)


@sentence("invitations.answered", gathering_id=GATHERING, link=PAGE)
def _answered(entry: JournalEntry, names: Names) -> str:
    return _("An answer to the invitation to «%(gathering)s» came in.") % _words(names)


@sentence("invitations.substitute_named", gathering_id=GATHERING, link=PAGE)
def _substitute(entry: JournalEntry, names: Names) -> str:
    return _("Somebody comes to «%(gathering)s» in place of a colleague.") % _words(names)


@sentence("invitations.people_told", gathering_id=GATHERING, link=PAGE)
def _told(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    if entry.payload["what"] == "cancelled":
        words = ngettext(
            "%(count)d person was told that «%(gathering)s» is called off.",
            "%(count)d people were told that «%(gathering)s» is called off.",
            count,
        )
    elif entry.payload["what"] == "changed":
        words = ngettext(
            "%(count)d person was told what changed in «%(gathering)s».",
            "%(count)d people were told what changed in «%(gathering)s».",
            count,
        )
    else:
        words = ngettext(
            "%(count)d person was reminded of «%(gathering)s».",
            "%(count)d people were reminded of «%(gathering)s».",
            count,
        )
    return words % _words(names, count=count)
