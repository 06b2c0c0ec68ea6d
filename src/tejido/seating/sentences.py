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


@sentence("seating.set", gathering_id=GATHERING, link=PAGE)
def _set(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s said how people are to sit at «%(gathering)s».") % _words(names)


@sentence("seating.proposed", gathering_id=GATHERING, link=PAGE)
def _proposed(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s had tables proposed for %(count)d person at «%(gathering)s».",
        "%(actor)s had tables proposed for %(count)d people at «%(gathering)s».",
        count,
    ) % _words(names, count=count)


@sentence("seating.moved", gathering_id=GATHERING, link=PAGE)
def _moved(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s changed who sits where at «%(gathering)s».") % _words(names)


@sentence("seating.confirmed", gathering_id=GATHERING, link=PAGE)
def _confirmed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s confirmed the tables of «%(gathering)s».") % _words(names)


@sentence("seating.talk_noted", gathering_id=GATHERING, link=PAGE)
def _noted(entry: JournalEntry, names: Names) -> str:
    number = entry.payload["round"]
    return _(
        "%(actor)s wrote down what the tables of round %(number)d of «%(gathering)s» talk about."
    ) % _words(names, number=number)


@sentence("seating.harvested", gathering_id=GATHERING, link=PAGE)
def _harvested(entry: JournalEntry, names: Names) -> str:
    return _("Table %(table)d of «%(gathering)s» wrote down what came out of round %(number)d.") % _words(
        names, number=entry.payload["round"], table=entry.payload["table"]
    )
