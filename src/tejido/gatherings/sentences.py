"""How the facts of this domain read in a history."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, listed, sentence

GATHERING = "gatherings.Gathering"
PAGE = ("gatherings:gathering", "gathering_id")
FIELDS = {
    "title": pgettext_lazy("field of a gathering", "title"),
    "kind": pgettext_lazy("field of a gathering", "kind"),
    "modality": pgettext_lazy("field of a gathering", "on site or online"),
    "description": pgettext_lazy("field of a gathering", "description"),
    "starts_at": pgettext_lazy("field of a gathering", "time"),
    "ends_at": pgettext_lazy("field of a gathering", "time"),
    "school": pgettext_lazy("field of a gathering", "place"),
    "organisation": pgettext_lazy("field of a gathering", "place"),
    "address": pgettext_lazy("field of a gathering", "place"),
    "latitude": pgettext_lazy("field of a gathering", "place"),
    "longitude": pgettext_lazy("field of a gathering", "place"),
    "online_link": pgettext_lazy("field of a gathering", "link"),
    "invitations": pgettext_lazy("field of a gathering", "who is invited"),
    "series": pgettext_lazy("field of a gathering", "series"),
    "everyone_invited": pgettext_lazy("field of a gathering", "who is invited"),
}


def _words(names: Names, **more: object) -> dict[str, object]:
    return {"actor": names.actor, "gathering": names["gathering_id"], **more}


@sentence("gatherings.planned", gathering_id=GATHERING, link=PAGE)
def _planned(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s planned the gathering «%(gathering)s».") % _words(names)


@sentence("gatherings.cloned", source_id=GATHERING, link=("gatherings:gathering", "source_id"))
def _cloned(entry: JournalEntry, names: Names) -> str:
    count = len(entry.payload["gathering_ids"])
    return ngettext(
        "%(actor)s planned %(count)d more gathering like «%(gathering)s».",
        "%(actor)s planned %(count)d more gatherings like «%(gathering)s».",
        count,
    ) % {"actor": names.actor, "count": count, "gathering": names["source_id"]}


@sentence("gatherings.changed", gathering_id=GATHERING, link=PAGE)
def _changed(entry: JournalEntry, names: Names) -> str:
    other = pgettext_lazy("field of a gathering", "further details")
    fields = listed(FIELDS.get(name, other) for name in entry.payload["fields"])
    return _("%(actor)s changed the gathering «%(gathering)s»: %(fields)s.") % _words(names, fields=fields)


@sentence("gatherings.cancelled", gathering_id=GATHERING, link=PAGE)
def _cancelled(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s called off the gathering «%(gathering)s».") % _words(names)


@sentence("gatherings.planned_again", gathering_id=GATHERING, link=PAGE)
def _planned_again(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s planned the cancelled gathering «%(gathering)s» again.") % _words(names)


@sentence("gatherings.discarded")
def _discarded(entry: JournalEntry, names: Names) -> str:
    count = len(entry.payload["gathering_ids"])
    return ngettext(
        "%(actor)s took back %(count)d gathering that had just been planned or brought by a list.",
        "%(actor)s took back %(count)d gatherings that had just been planned or brought by a list.",
        count,
    ) % {"actor": names.actor, "count": count}


@sentence("gatherings.attendance_recorded", gathering_id=GATHERING, link=PAGE, folds="person_ids")
def _recorded(entry: JournalEntry, names: Names) -> str:
    count = len(entry.payload["person_ids"])
    if entry.payload.get("late"):
        words = ngettext(
            "%(actor)s corrected the attendance of %(count)d person at «%(gathering)s» after it had been closed.",
            "%(actor)s corrected the attendance of %(count)d people at «%(gathering)s» after it had been closed.",
            count,
        )
    else:
        words = ngettext(
            "%(actor)s noted the attendance of %(count)d person at «%(gathering)s».",
            "%(actor)s noted the attendance of %(count)d people at «%(gathering)s».",
            count,
        )
    return words % _words(names, count=count)


@sentence("gatherings.attendance_closed", gathering_id=GATHERING, link=PAGE)
def _closed(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["attended"]
    return ngettext(
        "%(actor)s closed the attendance of «%(gathering)s»: %(count)d person came.",
        "%(actor)s closed the attendance of «%(gathering)s»: %(count)d people came.",
        count,
    ) % _words(names, count=count)


@sentence("gatherings.attendance_reopened", gathering_id=GATHERING, link=PAGE)
def _reopened(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s opened the attendance of «%(gathering)s» again.") % _words(names)


@sentence("gatherings.tables_recorded", gathering_id=GATHERING, link=PAGE)
def _tables(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s noted who sat together in round %(round)d of «%(gathering)s».") % _words(
        names, round=entry.payload["round_number"]
    )


@sentence("gatherings.round_removed", gathering_id=GATHERING, link=PAGE)
def _round_removed(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s removed round %(round)d of «%(gathering)s».") % _words(
        names, round=entry.payload["round_number"]
    )


@sentence("gatherings.feed_opened")
def _feed_opened(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s made a private address for their calendar.") % {"actor": names.actor}


@sentence("gatherings.feed_revoked")
def _feed_revoked(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s revoked a private address of their calendar.") % {"actor": names.actor}


SERIES = "gatherings.Series"
PAGE_OF_SERIES = ("gatherings:one_series", "series_id")


@sentence("gatherings.series_made", series_id=SERIES, link=PAGE_OF_SERIES)
def _series_made(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s began the series «%(series)s».") % {
        "actor": names.actor,
        "series": names["series_id"],
    }


@sentence("gatherings.series_changed", series_id=SERIES, link=PAGE_OF_SERIES)
def _series_changed(entry: JournalEntry, names: Names) -> str:
    said = {
        "renamed": _("%(actor)s gave the series «%(series)s» its name."),
        "ended": _("%(actor)s ended the series «%(series)s»."),
        "opened_again": _("%(actor)s opened the series «%(series)s» again."),
    }
    return said[entry.payload["how"]] % {"actor": names.actor, "series": names["series_id"]}
