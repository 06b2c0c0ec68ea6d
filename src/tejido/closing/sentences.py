"""How the facts of this domain read in a history."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence

GATHERING, COMMITMENT, REOPENING = "gatherings.Gathering", "closing.Commitment", "closing.Reopening"
PAGE = ("gatherings:gathering", "gathering_id")
PROMISE = ("closing:commitment", "commitment_id")


def _words(names: Names, **more: object) -> dict[str, object]:
    return {"actor": names.actor, "gathering": names["gathering_id"], **more}


@sentence("closing.piece_written", gathering_id=GATHERING, link=PAGE)
def _piece(entry: JournalEntry, names: Names) -> str:
    told = {
        "minutes": _("%(actor)s wrote the minutes of «%(gathering)s»."),
        "decisions": _("%(actor)s noted what was decided at «%(gathering)s»."),
        "organisations": _("%(actor)s noted which organisations contributed to «%(gathering)s»."),
        "photographs": _("%(actor)s looked after the photographs of «%(gathering)s»."),
    }
    other = _("%(actor)s noted when people meet again after «%(gathering)s».")
    return told.get(entry.payload["piece"], other) % _words(names)


@sentence("closing.commitment_made", gathering_id=GATHERING, commitment_id=COMMITMENT, link=PROMISE)
def _made(entry: JournalEntry, names: Names) -> str:
    return _("A commitment was made at «%(gathering)s»: %(what)s") % _words(
        names, what=names["commitment_id"]
    )


@sentence("closing.commitment_changed", gathering_id=GATHERING, commitment_id=COMMITMENT, link=PROMISE)
def _changed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s changed a commitment made at «%(gathering)s»: %(what)s") % _words(
        names, what=names["commitment_id"]
    )


@sentence("closing.commitment_removed", gathering_id=GATHERING, link=PAGE)
def _removed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took out a commitment that had been written down for «%(gathering)s».") % _words(
        names
    )


@sentence("closing.commitment_settled", gathering_id=GATHERING, commitment_id=COMMITMENT, link=PROMISE)
def _settled(entry: JournalEntry, names: Names) -> str:
    told = {
        "done": _("A commitment made at «%(gathering)s» is done: %(what)s"),
        "dropped": _("A commitment made at «%(gathering)s» was dropped: %(what)s"),
    }
    again = _("A commitment made at «%(gathering)s» is open again: %(what)s")
    return told.get(entry.payload["state"], again) % _words(names, what=names["commitment_id"])


@sentence("closing.commitment_recalled", gathering_id=GATHERING, commitment_id=COMMITMENT, link=PROMISE)
def _recalled(entry: JournalEntry, names: Names) -> str:
    late = _("A letter asked about a commitment made at «%(gathering)s»: %(what)s")
    soon = _("A letter reminded of a commitment made at «%(gathering)s»: %(what)s")
    words = late if entry.payload["late"] else soon
    return words % _words(names, what=names["commitment_id"])


@sentence("closing.closed", gathering_id=GATHERING, link=PAGE)
def _closed(entry: JournalEntry, names: Names) -> str:
    told = entry.payload["told"]
    if not told:
        return _("%(actor)s closed «%(gathering)s».") % _words(names)
    words = ngettext(
        "%(actor)s closed «%(gathering)s» and wrote it to %(told)d person.",
        "%(actor)s closed «%(gathering)s» and wrote it to %(told)d people.",
        told,
    )
    return words % _words(names, told=told)


@sentence("closing.reopened", gathering_id=GATHERING, reopening_id=REOPENING, link=PAGE)
def _reopened(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s opened «%(gathering)s» again: %(why)s") % _words(names, why=names["reopening_id"])
