"""How the facts of this domain read in a history."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence

GATHERING = "gatherings.Gathering"
PAGE = ("gatherings:gathering", "gathering_id")


@sentence("checkin.door_opened", gathering_id=GATHERING, link=PAGE)
def _opened(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s opened check-in for «%(gathering)s».") % {
        "actor": names.actor,
        "gathering": names["gathering_id"],
    }


@sentence("checkin.door_closed", gathering_id=GATHERING, link=PAGE)
def _closed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s closed check-in for «%(gathering)s».") % {
        "actor": names.actor,
        "gathering": names["gathering_id"],
    }
