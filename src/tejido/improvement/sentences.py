"""How the facts of this domain read in a history."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence

CYCLE = "improvement.Cycle"
PAGE = ("improvement:cycle", "cycle_id")


def _words(names: Names) -> dict[str, object]:
    return {"actor": names.actor, "cycle": names["cycle_id"]}


@sentence("improvement.cycle_started", cycle_id=CYCLE, link=PAGE)
def _started(entry: JournalEntry, names: Names) -> str:
    if entry.payload["after_id"]:
        return _("%(actor)s began the cycle «%(cycle)s», which goes on from an earlier one.") % _words(names)
    return _("%(actor)s began the cycle «%(cycle)s».") % _words(names)


@sentence("improvement.piece_written", cycle_id=CYCLE, link=PAGE)
def _piece(entry: JournalEntry, names: Names) -> str:
    told = {
        "plan": _("%(actor)s wrote the plan of the cycle «%(cycle)s»."),
        "study": _("%(actor)s wrote what was learnt in the cycle «%(cycle)s»."),
        "tasks": _("%(actor)s looked after the tasks of the cycle «%(cycle)s»."),
        "factors": _("%(actor)s noted what helped or hindered in the cycle «%(cycle)s»."),
    }
    other = _("%(actor)s changed who takes part in the cycle «%(cycle)s».")
    return told.get(entry.payload["piece"], other) % _words(names)


@sentence("improvement.stage_moved", cycle_id=CYCLE, link=PAGE)
def _moved(entry: JournalEntry, names: Names) -> str:
    told = {
        "do": _("Doing goes on in the cycle «%(cycle)s»; its prediction is fixed."),
        "study": _("The cycle «%(cycle)s» is being studied."),
    }
    return told.get(entry.payload["stage"], _("The cycle «%(cycle)s» is about to be decided.")) % _words(
        names
    )


@sentence("improvement.prediction_corrected", cycle_id=CYCLE, link=PAGE)
def _corrected(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s added a correction to the prediction of the cycle «%(cycle)s».") % _words(names)


@sentence("improvement.entry_written", cycle_id=CYCLE, link=PAGE)
def _entry(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s wrote in the log of the cycle «%(cycle)s».") % _words(names)


@sentence("improvement.entry_taken_off", cycle_id=CYCLE, link=PAGE)
def _entry_off(entry: JournalEntry, names: Names) -> str:
    if entry.payload["back"]:
        return _("%(actor)s put an entry back into the log of the cycle «%(cycle)s».") % _words(names)
    return _("%(actor)s took an entry out of the log of the cycle «%(cycle)s».") % _words(names)


@sentence("improvement.decided", cycle_id=CYCLE, link=PAGE)
def _decided(entry: JournalEntry, names: Names) -> str:
    told = {
        "adopt": _("The cycle «%(cycle)s» is closed: the idea is kept."),
        "adapt": _("The cycle «%(cycle)s» is closed: the idea is changed and tried again."),
    }
    left = _("The cycle «%(cycle)s» is closed: the idea is left.")
    return told.get(entry.payload["decision"], left) % _words(names)
