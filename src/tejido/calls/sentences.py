"""How the facts of this domain read in a history. Nobody's name but that of whoever did it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence

CALL = "calls.OpenCall"
PAGE = ("calls:call", "call_id")

SIMPLE = {
    "calls.made": gettext_lazy("%(actor)s began the open call «%(title)s»."),
    "calls.published": gettext_lazy("%(actor)s published the open call «%(title)s»."),
    "calls.extended": gettext_lazy("%(actor)s changed the closing of the open call «%(title)s»."),
    "calls.withdrawn": gettext_lazy("%(actor)s withdrew the open call «%(title)s»."),
    "calls.application_sent": gettext_lazy("Somebody applied to «%(title)s»."),
    "calls.application_changed": gettext_lazy("Somebody changed an application to «%(title)s»."),
    "calls.application_withdrawn": gettext_lazy("Somebody withdrew an application to «%(title)s»."),
    "calls.conflict_declared": gettext_lazy("%(actor)s declared a conflict of interest in «%(title)s»."),
    "calls.review_closed": gettext_lazy("%(actor)s closed the review of «%(title)s»."),
    "calls.review_reopened": gettext_lazy("%(actor)s opened the review of «%(title)s» again."),
    "calls.choice_undone": gettext_lazy(
        "%(actor)s took back a decision about an application to «%(title)s»."
    ),
    "calls.taken_in": gettext_lazy("%(actor)s took in somebody who had applied to «%(title)s»."),
    "calls.place_gone_on": gettext_lazy(
        "%(actor)s gave a free place of «%(title)s» to the next on the waiting list."
    ),
}


def _words(names: Names, **more: object) -> dict[str, object]:
    return {"actor": names.actor, "title": names["call_id"], **more}


def _simple(words: object) -> Callable[[JournalEntry, Names], str]:
    def tell(entry: JournalEntry, names: Names) -> str:
        return str(words) % _words(names)

    return tell


for _fact, _said in SIMPLE.items():
    sentence(_fact, call_id=CALL, link=PAGE)(_simple(_said))


@sentence("calls.closed", call_id=CALL, link=PAGE)
def _closed(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["applications"]
    return ngettext(
        "%(actor)s closed the open call «%(title)s» with %(count)d application.",
        "%(actor)s closed the open call «%(title)s» with %(count)d applications.",
        count,
    ) % _words(names, count=count)


@sentence("calls.reviewers_named", call_id=CALL, link=PAGE)
def _named(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s named %(count)d person to read the applications to «%(title)s».",
        "%(actor)s named %(count)d people to read the applications to «%(title)s».",
        count,
    ) % _words(names, count=count)


@sentence("calls.shared_out", call_id=CALL, link=PAGE)
def _shared_out(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s shared the applications to «%(title)s» out among the reviewers.") % _words(names)


@sentence("calls.chosen", call_id=CALL, link=PAGE)
def _chosen(entry: JournalEntry, names: Names) -> str:
    counts = {key: entry.payload[key] for key in ("accepted", "waiting", "declined")}
    said = _(
        "%(actor)s decided about applications to «%(title)s»: %(accepted)d accepted, %(waiting)d on the waiting list, "
        "%(declined)d not accepted."
    )
    return said % _words(names, **counts)


@sentence("calls.applicants_told", call_id=CALL, link=PAGE)
def _told(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(actor)s told %(count)d person what was decided about «%(title)s».",
        "%(actor)s told %(count)d people what was decided about «%(title)s».",
        count,
    ) % _words(names, count=count)


@sentence("calls.forgotten", call_id=CALL, link=PAGE)
def _forgotten(entry: JournalEntry, names: Names) -> str:
    count = entry.payload["count"]
    return ngettext(
        "%(count)d application to «%(title)s» was deleted, as had been promised.",
        "%(count)d applications to «%(title)s» were deleted, as had been promised.",
        count,
    ) % _words(names, count=count)
