"""How the facts of this domain read in a history."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence

CONSULTATION = "consultations.Consultation"
PAGE = ("consultations:consultation", "consultation_id")


def _words(names: Names, **more: object) -> dict[str, object]:
    return {"actor": names.actor, "question": names["consultation_id"], **more}


@sentence("consultations.asked", consultation_id=CONSULTATION, link=PAGE)
def _asked(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s asked: «%(question)s».") % _words(names)


@sentence("consultations.proposals_collected", consultation_id=CONSULTATION, link=PAGE)
def _collected(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s wrote down %(count)d proposal for «%(question)s».",
        "%(actor)s wrote down %(count)d proposals for «%(question)s».",
        count,
    ) % _words(names, count=count)


@sentence("consultations.proposals_merged", consultation_id=CONSULTATION, link=PAGE)
def _merged(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s joined %(count)d proposal for «%(question)s» with another.",
        "%(actor)s joined %(count)d proposals for «%(question)s» with another.",
        count,
    ) % _words(names, count=count)


@sentence("consultations.voting_opened", consultation_id=CONSULTATION, link=PAGE)
def _opened(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["voters"]
    return ngettext(
        "%(actor)s opened the vote on «%(question)s» to %(count)d person.",
        "%(actor)s opened the vote on «%(question)s» to %(count)d people.",
        count,
    ) % _words(names, count=count)


@sentence("consultations.voting_extended", consultation_id=CONSULTATION, link=PAGE)
def _extended(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s gave the vote on «%(question)s» more time.") % _words(names)


@sentence("consultations.voting_closed", consultation_id=CONSULTATION, link=PAGE)
def _closed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s closed the vote on «%(question)s».") % _words(names)


@sentence("consultations.withdrawn", consultation_id=CONSULTATION, link=PAGE)
def _withdrawn(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s withdrew the question «%(question)s».") % _words(names)


@sentence("consultations.carried_out", consultation_id=CONSULTATION, link=PAGE)
def _carried_out(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    words = _words(names, count=count)
    if entry.payload["what"] == "name":
        return _("%(actor)s gave the community the name that won in «%(question)s».") % words
    if entry.payload["what"] == "challenge":
        return _("%(actor)s made what won in «%(question)s» the shared challenge.") % words
    return (
        ngettext(
            "%(actor)s founded %(count)d node from what won in «%(question)s».",
            "%(actor)s founded %(count)d nodes from what won in «%(question)s».",
            count,
        )
        % words
    )
