"""How the facts of this domain read in a history. Who is paired with whom is told to nobody else."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence


@sentence("buddies.skills_asked")
def _asked(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["people"]
    return ngettext(
        "%(actor)s asked %(count)d person what they can share and would like to learn.",
        "%(actor)s asked %(count)d people what they can share and would like to learn.",
        count,
    ) % {"actor": names.actor, "count": count}


@sentence("buddies.topic_added", topic_id="directory.Topic")
def _added(entry: JournalEntry, names: Names) -> str:
    if entry.payload["is_new"]:
        return _("%(actor)s put a topic on the list that somebody had missed.") % {"actor": names.actor}
    return _("%(actor)s joined a suggested topic with one on the list.") % {"actor": names.actor}


@sentence("buddies.proposals_sent")
def _sent(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["pairs"]
    return ngettext(
        "%(actor)s proposed %(count)d pair of buddies.",
        "%(actor)s proposed %(count)d pairs of buddies.",
        count,
    ) % {"actor": names.actor, "count": count}


@sentence("buddies.came_together")
def _together(entry: JournalEntry, names: Names) -> str:
    return _("Two or three people became buddies.")


@sentence("buddies.pair_ended")
def _ended(entry: JournalEntry, names: Names) -> str:
    return _("A pair of buddies came to its end.")


@sentence("buddies.round_closed")
def _closed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s closed a round of buddies.") % {"actor": names.actor}
