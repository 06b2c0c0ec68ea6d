"""How the facts of this domain read in a history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence

SCHOOL = "directory.School"
PAGE = ("directory:school", "school_id")


def _words(names: Names, **more: object) -> Mapping[str, Any]:
    return {"actor": names.actor, **more}


@sentence("school_leaders.heads_invited")
def _invited(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s asked the head of %(count)d school for support.",
        "%(actor)s asked the heads of %(count)d schools for support.",
        count,
    ) % _words(names, count=count)


@sentence("school_leaders.head_answered", school_id=SCHOOL, link=PAGE)
def _answered(entry: JournalEntry, names: Names) -> str:
    return _("An answer came from the head of %(school)s.") % {"school": names["school_id"]}


@sentence("school_leaders.commitment_given", school_id=SCHOOL, link=PAGE)
def _given(entry: JournalEntry, names: Names) -> str:
    return _("%(school)s committed itself to its teachers who take part.") % {"school": names["school_id"]}


@sentence("school_leaders.commitment_ended", school_id=SCHOOL, link=PAGE)
def _ended(entry: JournalEntry, names: Names) -> str:
    return _("The commitment of %(school)s ended.") % {"school": names["school_id"]}


@sentence("school_leaders.term_noted", school_id=SCHOOL, link=PAGE)
def _noted(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s looked back on the commitment of %(school)s.") % _words(
        names, school=names["school_id"]
    )


@sentence("school_leaders.offer_worded")
def _worded(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s worded what is asked of heads and what their schools get.") % _words(names)


@sentence("school_leaders.substitute_named", school_id=SCHOOL, link=PAGE)
def _named(entry: JournalEntry, names: Names) -> str:
    return _("%(school)s sends somebody to a gathering instead of its head.") % {"school": names["school_id"]}


@sentence("school_leaders.substitute_taken_back", school_id=SCHOOL, link=PAGE)
def _taken_back(entry: JournalEntry, names: Names) -> str:
    return _("The head of %(school)s comes to a gathering after all.") % {"school": names["school_id"]}
