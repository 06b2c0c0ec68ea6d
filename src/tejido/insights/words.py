"""What the library says in code phrases, in the words of the reader: why there is no value, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tejido_analytics import reasons

BECAUSE: dict[str, Promise] = {
    reasons.NO_GATHERINGS: _("No gathering is recorded yet."),
    reasons.NO_GATHERINGS_IN_PERIOD: _("There was no gathering in this period."),
    reasons.NO_ATTENDANCE: _("No attendance is recorded yet."),
    reasons.NO_ATTENDANCE_IN_PERIOD: _("No attendance is recorded in this period."),
    reasons.NO_STATES: _("Nobody noted which gatherings were held."),
    reasons.NOBODY_ACTIVE: _("No member was active in this period."),
    reasons.NOBODY_ACTIVE_BEFORE: _(
        "Nobody was active in the period before, so there is nothing to compare with."
    ),
    reasons.NOTHING_BEFORE: _("Nothing is recorded before this period."),
    reasons.NO_TIMES: _("No agenda of this period says how long its segments take."),
    reasons.NO_VOICES: _("No agenda of this period says who led its segments."),
    reasons.NOBODY_LED: _("Nobody is recorded as having led anything in this period."),
    reasons.NO_CONTRIBUTIONS: _("Neither an agenda nor a contribution is recorded in this period."),
    reasons.NO_TICKETS: _("No exit ticket was given in this period."),
    reasons.NO_RATINGS: _(
        "No exit ticket of this period asked for a rating from 1 to 5, or nobody answered."
    ),
    reasons.NOBODY_INVITED: _("No member was invited to the gatherings of this period."),
    reasons.TOO_FEW_GATHERINGS: _("It takes at least three gatherings to which a member was invited."),
    reasons.NO_LATER_PERIOD: _("Those who came for the first time have had no later period yet."),
    reasons.NO_CONSENT: _("None of the active members has agreed to appear in the network yet."),
    reasons.NO_PEOPLE: _("No active member has agreed to appear in the network yet."),
    reasons.TOO_FEW_PEOPLE: _("There are too few people to say."),
    reasons.NO_SMALL_GROUPS: _(
        "All gatherings had more than 30 people and no tables, so it is not known who met whom."
    ),
    reasons.NO_TIES: _("No ties stand yet."),
    reasons.NO_TIES_BEFORE: _("No ties stood in the period before."),
    reasons.NO_DATES_OF_TIES: _("The recorded ties carry no dates, so they cannot be told apart by period."),
    reasons.NO_TRIADS: _("Nobody is tied to two others yet."),
    reasons.NO_BETWEENNESS: _("Nobody stands between two others."),
    reasons.NO_DIRECTED_TIES: _("Nobody has been asked yet whom they turn to for advice."),
    reasons.NO_GROUPS_KNOWN: _("It is not known to which group people belong."),
    reasons.ONE_GROUP: _("Everybody belongs to the same group."),
    reasons.NO_TIES_WITH_GROUPS: _("No tie joins two people whose groups are known."),
    reasons.NO_WANTED_SKILLS: _("Nobody has said yet what they would like to learn."),
    reasons.NO_SCHOOLS: _("It is not known at which schools people work."),
    reasons.NO_TERRITORIES: _("It is not known in which territory the schools are."),
    reasons.NO_RURAL: _("It is not known which schools are rural."),
    reasons.NO_COORDINATES: _("The places of schools and gatherings are not known."),
    reasons.NO_ON_SITE: _("Nobody whose way is known attended on site."),
    reasons.NO_ATTRIBUTES: _("Nothing is recorded by which groups could be compared."),
    reasons.NO_GROUP_TO_COMPARE: _("No group is large enough to be compared with the rest."),
    reasons.NO_LEADERS_KNOWN: _("It is not known who leads in the schools."),
    reasons.NO_SCHOOLS_ACTIVE: _("No school was active in this period."),
    reasons.NO_SCHOOLS_ACTIVE_BEFORE: _("No school was active in the period before."),
    reasons.NO_MEMBERSHIPS: _("No memberships or posts are recorded, so it is not known who left."),
    reasons.NO_DEPARTURES: _("No school has lost its only active member."),
    reasons.EQUAL_DEGREES: _("Everybody has the same number of ties."),
    reasons.ALL_TIED: _("Everybody is tied to everybody alike."),
    reasons.NO_DIVISION: _("The core is nobody, or everybody, so there is nothing to compare."),
    reasons.NOBODY_CAME_AGAIN: _("Nobody who met others came more than once."),
    reasons.NO_MEMBER_LEFT: _("No active member has left a school."),
    reasons.SHORT_FOLLOW_UP: _("No school that lost a member could be followed for a whole year yet."),
    reasons.SUPPRESSED: _("Not shown, because it rests on fewer than five people."),
    reasons.SUPPRESSED_WITH_ANOTHER: _("Not shown, so that a smaller group cannot be worked out."),
}

LEFT_OUT: dict[str, Promise] = {
    reasons.PEOPLE_WITHOUT_CONSENT: ngettext_lazy(
        "%(n)s person who has not agreed to appear in the network",
        "%(n)s people who have not agreed to appear in the network",
        "n",
    ),
    reasons.PEOPLE_WITHOUT_SCHOOL: ngettext_lazy(
        "%(n)s person without a school", "%(n)s people without a school", "n"
    ),
    reasons.PEOPLE_WITHOUT_GROUP: ngettext_lazy(
        "%(n)s person whose group is not known", "%(n)s people whose group is not known", "n"
    ),
    reasons.PEOPLE_WITHOUT_ROLE: ngettext_lazy(
        "%(n)s person whose post is not known", "%(n)s people whose post is not known", "n"
    ),
    reasons.PEOPLE_NOT_LISTED: ngettext_lazy(
        "%(n)s person who is not in the directory", "%(n)s people who are not in the directory", "n"
    ),
    reasons.VISITORS: ngettext_lazy(
        "%(n)s guest who came without being a member", "%(n)s guests who came without being members", "n"
    ),
    reasons.GATHERINGS_WITHOUT_ATTENDANCE: ngettext_lazy(
        "%(n)s gathering without attendance", "%(n)s gatherings without attendance", "n"
    ),
    reasons.GATHERINGS_WITHOUT_STATE: ngettext_lazy(
        "%(n)s gathering of which nobody noted whether it was held",
        "%(n)s gatherings of which nobody noted whether they were held",
        "n",
    ),
    reasons.GATHERINGS_NOT_DUE: ngettext_lazy(
        "%(n)s gathering still to come", "%(n)s gatherings still to come", "n"
    ),
    reasons.GATHERINGS_WITHOUT_PLACE: ngettext_lazy(
        "%(n)s gathering whose place is not known", "%(n)s gatherings whose place is not known", "n"
    ),
    reasons.GATHERINGS_WITHOUT_AGENDA: ngettext_lazy(
        "%(n)s gathering without an agenda", "%(n)s gatherings without an agenda", "n"
    ),
    reasons.GATHERINGS_WITHOUT_TICKET: ngettext_lazy(
        "%(n)s gathering without an exit ticket", "%(n)s gatherings without an exit ticket", "n"
    ),
    reasons.SEGMENTS_WITHOUT_LEADER: ngettext_lazy(
        "%(n)s segment of which nobody noted who led it",
        "%(n)s segments of which nobody noted who led them",
        "n",
    ),
    reasons.MORE_ANSWERS: ngettext_lazy(
        "%(n)s answer beyond the number of people who were there",
        "%(n)s answers beyond the number of people who were there",
        "n",
    ),
    reasons.GATHERINGS_NOT_LISTED: ngettext_lazy(
        "%(n)s attendance at a gathering that is not recorded",
        "%(n)s attendances at gatherings that are not recorded",
        "n",
    ),
    reasons.HALLS: ngettext_lazy(
        "%(n)s gathering of more than 30 people without tables",
        "%(n)s gatherings of more than 30 people without tables",
        "n",
    ),
    reasons.WITHOUT_TABLE: ngettext_lazy(
        "%(n)s attendance without a table where tables were recorded",
        "%(n)s attendances without a table where tables were recorded",
        "n",
    ),
    reasons.NOT_INVITED: ngettext_lazy(
        "%(n)s attendance without an invitation", "%(n)s attendances without an invitation", "n"
    ),
    reasons.FEW_INVITATIONS: ngettext_lazy(
        "%(n)s active member invited to fewer than three gatherings",
        "%(n)s active members invited to fewer than three gatherings",
        "n",
    ),
    reasons.SCHOOLS_WITHOUT_PLACE: ngettext_lazy(
        "%(n)s person the place of whose school is not known",
        "%(n)s people the place of whose school is not known",
        "n",
    ),
    reasons.SCHOOLS_WITHOUT_TERRITORY: ngettext_lazy(
        "%(n)s school whose territory is not known", "%(n)s schools whose territory is not known", "n"
    ),
    reasons.SCHOOLS_WITHOUT_RURAL: ngettext_lazy(
        "%(n)s person whose school is not known to be rural or urban",
        "%(n)s people whose school is not known to be rural or urban",
        "n",
    ),
    reasons.TIES_WITHOUT_GROUP: ngettext_lazy(
        "%(n)s tie with somebody whose group is not known",
        "%(n)s ties with somebody whose group is not known",
        "n",
    ),
    reasons.SELF_TIES: ngettext_lazy(
        "%(n)s tie of a person with herself", "%(n)s ties of people with themselves", "n"
    ),
    reasons.DISTANCES_UNKNOWN: ngettext_lazy(
        "%(n)s wish of which it is not known how far away help is",
        "%(n)s wishes of which it is not known how far away help is",
        "n",
    ),
}


class Count(int):
    """A whole number that is written as the reader's language writes large ones: 15,585 or 15.585."""

    def __str__(self) -> str:
        return str(number_format(int(self), 0))


def because(phrase: str) -> str:
    """Why there is no value, as a sentence; a phrase this version does not know is said to be unknown."""
    known = BECAUSE.get(phrase)
    return str(known) if known is not None else _now("There is too little data to say.")


def left_out(missing: Mapping[str, int]) -> list[str]:
    """What a number could not take into account, the most first. "Nothing before" is a sentence of its own."""
    said = []
    for phrase, count in sorted(missing.items(), key=lambda pair: (-pair[1], pair[0])):
        if phrase == reasons.NOTHING_BEFORE:
            said.append(_now("everything before this period, of which nothing is recorded"))
        elif phrase in LEFT_OUT:
            said.append(str(LEFT_OUT[phrase] % {"n": Count(count)}))
    return said
