"""How the facts of this domain read in a history."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence

GATHERING = "gatherings.Gathering"
PAGE = ("gatherings:gathering", "gathering_id")


def _words(names: Names) -> dict[str, object]:
    return {"actor": names.actor, "gathering": names["gathering_id"]}


@sentence("during.room_set", gathering_id=GATHERING, link=PAGE)
def _set(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s said how questions from the room are taken at «%(gathering)s».") % _words(names)


@sentence("during.wall_opened", gathering_id=GATHERING, link=PAGE)
def _wall(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s made a link for the wall of «%(gathering)s».") % _words(names)


@sentence("during.wall_closed", gathering_id=GATHERING, link=PAGE)
def _no_wall(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took the link of the wall of «%(gathering)s» back.") % _words(names)


@sentence("during.code_renewed", gathering_id=GATHERING, link=PAGE)
def _code(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s gave the room of «%(gathering)s» another address.") % _words(names)


@sentence("during.poll_asked", gathering_id=GATHERING, link=PAGE)
def _asked(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s opened a quick question at «%(gathering)s».") % _words(names)


@sentence("during.poll_closed", gathering_id=GATHERING, link=PAGE)
def _closed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s closed a quick question at «%(gathering)s».") % _words(names)


@sentence("during.poll_removed", gathering_id=GATHERING, link=PAGE)
def _removed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took a quick question of «%(gathering)s» out, with its answers.") % _words(names)


@sentence("during.question_asked", gathering_id=GATHERING, link=PAGE)
def _from_the_room(entry: JournalEntry, names: Names) -> str:
    return _("Somebody in the room asked at «%(gathering)s».") % _words(names)


@sentence("during.question_settled", gathering_id=GATHERING, link=PAGE)
def _settled(entry: JournalEntry, names: Names) -> str:
    said = {
        "open": _("%(actor)s let a question from the room of «%(gathering)s» through."),
        "later": _(
            "%(actor)s put a question from the room of «%(gathering)s» off, to be answered in writing."
        ),
        "answered": _("%(actor)s answered a question from the room of «%(gathering)s»."),
        "hidden": _("%(actor)s does not show a question from the room of «%(gathering)s»."),
        "merged": _("%(actor)s put two questions from the room of «%(gathering)s» together."),
    }
    return said[entry.payload["state"]] % _words(names)


@sentence("during.answer_shown", gathering_id=GATHERING, link=PAGE)
def _shown(entry: JournalEntry, names: Names) -> str:
    if entry.payload["shown"]:
        return _("%(actor)s let an answer of the exit ticket onto the wall of «%(gathering)s».") % _words(
            names
        )
    return _("%(actor)s took an answer of the exit ticket off the wall of «%(gathering)s».") % _words(names)
