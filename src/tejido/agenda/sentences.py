"""How the facts of this domain read in a history."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence

GATHERING = "gatherings.Gathering"
PAGE = ("agenda:agenda", "gathering_id")
COMMUNITY = "communities.Community"


def _words(names: Names, **more: object) -> dict[str, object]:
    return {"actor": names.actor, "gathering": names["gathering_id"], **more}


@sentence("agenda.changed", gathering_id=GATHERING, link=PAGE)
def _changed(entry: JournalEntry, names: Names) -> str:
    said = {
        "added": _("%(actor)s put something on the agenda of «%(gathering)s»."),
        "removed": _("%(actor)s took something off the agenda of «%(gathering)s»."),
        "moved": _("%(actor)s put the agenda of «%(gathering)s» in another order."),
        "changed": _("%(actor)s changed the agenda of «%(gathering)s»."),
    }
    return said[entry.payload["how"]] % _words(names)


@sentence("agenda.segment_begun", gathering_id=GATHERING, segment_id="agenda.Segment", link=PAGE)
def _begun(entry: JournalEntry, names: Names) -> str:
    return _("At «%(gathering)s», «%(segment)s» began.") % _words(names, segment=names["segment_id"])


@sentence("agenda.segment_ended", gathering_id=GATHERING, segment_id="agenda.Segment", link=PAGE)
def _ended(entry: JournalEntry, names: Names) -> str:
    return _("At «%(gathering)s», «%(segment)s» ended.") % _words(names, segment=names["segment_id"])


@sentence("agenda.tap_taken_back", gathering_id=GATHERING, link=PAGE)
def _taken_back(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took back the last tap on the clock of «%(gathering)s».") % _words(names)


@sentence(
    "agenda.activity_written",
    community_id=COMMUNITY,
    activity_id="agenda.Activity",
    link=("agenda:activities", "community_id"),
)
def _written(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s wrote down the activity «%(activity)s».") % {
        "actor": names.actor, "activity": names["activity_id"]
    }  # fmt: skip


@sentence("agenda.activity_removed", community_id=COMMUNITY, link=("agenda:activities", "community_id"))
def _removed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s removed an activity of %(community)s.") % {
        "actor": names.actor, "community": names["community_id"]
    }  # fmt: skip
