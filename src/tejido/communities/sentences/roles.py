"""How terms, handing over, pauses and seats read in a history. Why somebody pauses is not said."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.communities.models import Role
from tejido.communities.sentences import AS, COMMUNITY, ORGANISATION, PERSON
from tejido.foundation.models import JournalEntry
from tejido.foundation.sentences import Names, sentence

ROLES = ("communities:roles", "community_id")
SEATS = ("communities:seats", "community_id")
PAGE = ("directory:person", "person_id")


def _words(entry: JournalEntry, names: Names) -> dict[str, str]:
    words = {"actor": names.actor, "community": names["community_id"]}
    for key, name in (("person_id", "person"), ("giver_id", "giver"), ("organisation_id", "organisation")):
        if key in names:
            words[name] = names[key]
    if "role" in entry.payload:
        words["as_role"] = str(AS[Role(entry.payload["role"])])
    return words


@sentence("communities.term_set", community_id=COMMUNITY, person_id=PERSON, link=ROLES)
def _term_set(entry: JournalEntry, names: Names) -> str:
    until = entry.payload["until"]
    if not until:
        return _("%(actor)s noted that %(person)s is in %(community)s %(as_role)s without a term.") % _words(
            entry, names
        )
    day = date_format(date.fromisoformat(until), "DATE_FORMAT")
    return _("%(actor)s noted a term until %(day)s for %(person)s in %(community)s %(as_role)s.") % {
        **_words(entry, names),
        "day": day,
    }


@sentence(
    "communities.role_handed_over",
    community_id=COMMUNITY,
    person_id=PERSON,
    giver_id=PERSON,
    link=ROLES,
)
def _handed_over(entry: JournalEntry, names: Names) -> str:
    return _("%(person)s follows %(giver)s in %(community)s %(as_role)s.") % _words(entry, names)


@sentence("communities.handing_over_undone", community_id=COMMUNITY, person_id=PERSON, link=ROLES)
def _handing_over_undone(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took back a hand-over; %(person)s is still in %(community)s %(as_role)s.") % _words(
        entry, names
    )


@sentence("communities.hand_over_noted", community_id=COMMUNITY, person_id=PERSON, link=ROLES)
def _hand_over_noted(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s brought up to date what %(person)s hands over in %(community)s.") % _words(
        entry, names
    )


@sentence("communities.membership_paused", community_id=COMMUNITY, person_id=PERSON, link=PAGE)
def _paused(entry: JournalEntry, names: Names) -> str:
    if names.by_self("person_id"):
        return _("%(person)s pauses in %(community)s.") % _words(entry, names)
    return _("%(actor)s noted that %(person)s pauses in %(community)s.") % _words(entry, names)


@sentence("communities.pause_ended", community_id=COMMUNITY, person_id=PERSON, link=PAGE)
def _pause_ended(entry: JournalEntry, names: Names) -> str:
    return _("%(person)s takes part in %(community)s again after a pause.") % _words(entry, names)


@sentence("communities.pause_taken_back", community_id=COMMUNITY, person_id=PERSON, link=PAGE)
def _pause_taken_back(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s took back that %(person)s pauses in %(community)s.") % _words(entry, names)


@sentence("communities.seats_followed", community_id=COMMUNITY, link=SEATS, folds="seat_ids")
def _seats_followed(entry: JournalEntry, names: Names) -> str:
    count = len(entry.payload["seat_ids"])
    return ngettext(
        "%(count)d seat of %(community)s followed its node.",
        "%(count)d seats of %(community)s followed their nodes.",
        count,
    ) % {"community": names["community_id"], "count": count}


@sentence("communities.seat_named", community_id=COMMUNITY, link=SEATS)
def _seat_named(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s said who sits in a seat of %(community)s.") % _words(entry, names)


@sentence("communities.outside_seat_given", community_id=COMMUNITY, organisation_id=ORGANISATION, link=SEATS)
def _outside_given(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s gave %(organisation)s a seat in %(community)s.") % _words(entry, names)


@sentence("communities.outside_seat_taken", community_id=COMMUNITY, organisation_id=ORGANISATION, link=SEATS)
def _outside_taken(entry: JournalEntry, names: Names) -> str:
    return _("%(actor)s ended the seat of %(organisation)s in %(community)s.") % _words(entry, names)
