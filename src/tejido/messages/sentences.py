"""How the facts of this domain read in a history. To whom something was written is not told."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence


@sentence("messages.cancelled")
def _cancelled(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s took back %(count)d message before it went out.",
        "%(actor)s took back %(count)d messages before they went out.",
        count,
    ) % {"actor": names.actor, "count": count}


@sentence("messages.sent_again")
def _sent_again(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s sent %(count)d message again.", "%(actor)s sent %(count)d messages again.", count
    ) % {"actor": names.actor, "count": count}


@sentence("messages.preferences_changed", person_id="directory.Person")
def _preferences_changed(entry: JournalEntry, names: Names) -> str:
    return _("%(person)s chose which messages reach them.") % {"person": names["person_id"]}
