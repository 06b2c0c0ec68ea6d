"""Every phrase by which this library says that a number is missing, or what it left out. Callers translate them.

The phrases are stable: they are written to files and looked up in catalogues. Add, do not reword.
"""

from __future__ import annotations

from typing import Final

# Why a value is None -------------------------------------------------------------------------------
NO_GATHERINGS: Final = "no gatherings recorded"
NO_GATHERINGS_IN_PERIOD: Final = "no gatherings in the period"
NO_ATTENDANCE: Final = "no attendance recorded"
NO_ATTENDANCE_IN_PERIOD: Final = "no attendance recorded in the period"
NO_STATES: Final = "no record of which gatherings were held"
NO_TIMES: Final = "no times of agendas recorded"
NO_VOICES: Final = "no agenda says who led"
NOBODY_LED: Final = "nobody is recorded as having led anything"
NO_CONTRIBUTIONS: Final = "no agenda and no contribution recorded"
NO_TICKETS: Final = "no exit ticket was given"
NO_RATINGS: Final = "no exit ticket asked for a rating"
NOBODY_ACTIVE: Final = "nobody was active in the period"
NOBODY_ACTIVE_BEFORE: Final = "nobody was active in the period before"
NOTHING_BEFORE: Final = "nothing recorded before the period"
NOBODY_INVITED: Final = "nobody was invited"
TOO_FEW_GATHERINGS: Final = "nobody was invited to three gatherings"
NO_LATER_PERIOD: Final = "no first attendance has a later period yet"
NO_CONSENT: Final = "nobody active gave consent for analytics"
NO_PEOPLE: Final = "no people known"
TOO_FEW_PEOPLE: Final = "fewer than two people"
NO_SMALL_GROUPS: Final = "no recorded group was small enough to say who met whom"
NO_TIES: Final = "no standing ties"
NO_TIES_BEFORE: Final = "no standing ties in the period before"
NO_DATES_OF_TIES: Final = "the recorded ties carry no dates"
NO_TRIADS: Final = "nobody has two ties"
NO_BETWEENNESS: Final = "nobody stands between two others"
NO_DIRECTED_TIES: Final = "no directed ties recorded"
NO_GROUPS_KNOWN: Final = "nobody's group is known"
ONE_GROUP: Final = "everybody belongs to the same group"
NO_TIES_WITH_GROUPS: Final = "no standing tie joins two people whose groups are known"
NO_WANTED_SKILLS: Final = "no wanted skills recorded"
NO_SCHOOLS: Final = "no schools known"
NO_TERRITORIES: Final = "no territories known"
NO_RURAL: Final = "it is not known which schools are rural"
NO_COORDINATES: Final = "no coordinates of schools and venues"
NO_ON_SITE: Final = "nobody whose distance is known attended on site"
NO_ATTRIBUTES: Final = "no attributes recorded"
NO_GROUP_TO_COMPARE: Final = "no group can be compared with the rest"
NO_LEADERS_KNOWN: Final = "it is not known who leads in the schools"
NO_SCHOOLS_ACTIVE: Final = "no school was active in the period"
NO_SCHOOLS_ACTIVE_BEFORE: Final = "no school was active in the period before"
NO_MEMBERSHIPS: Final = "no memberships or posts recorded, so it is not known who left"
NO_DEPARTURES: Final = "no school lost its only active member"
EQUAL_DEGREES: Final = "everybody has the same number of ties"
ALL_TIED: Final = "everybody is tied to everybody alike"
NO_DIVISION: Final = "the core is nobody, or everybody"
NOBODY_CAME_AGAIN: Final = "nobody who met others came more than once"
NO_MEMBER_LEFT: Final = "no active member has left a school"
SHORT_FOLLOW_UP: Final = "no school could be followed for long enough"
SUPPRESSED: Final = "rests on fewer than five people"
SUPPRESSED_WITH_ANOTHER: Final = "hidden so that a smaller group cannot be worked out"

REASONS: Final = frozenset(
    {
        NO_GATHERINGS,
        NO_GATHERINGS_IN_PERIOD,
        NO_ATTENDANCE,
        NO_ATTENDANCE_IN_PERIOD,
        NO_STATES,
        NO_TIMES,
        NO_VOICES,
        NOBODY_LED,
        NO_CONTRIBUTIONS,
        NO_TICKETS,
        NO_RATINGS,
        NOBODY_ACTIVE,
        NOBODY_ACTIVE_BEFORE,
        NOTHING_BEFORE,
        NOBODY_INVITED,
        TOO_FEW_GATHERINGS,
        NO_LATER_PERIOD,
        NO_CONSENT,
        NO_PEOPLE,
        TOO_FEW_PEOPLE,
        NO_SMALL_GROUPS,
        NO_TIES,
        NO_TIES_BEFORE,
        NO_DATES_OF_TIES,
        NO_TRIADS,
        NO_BETWEENNESS,
        NO_DIRECTED_TIES,
        NO_GROUPS_KNOWN,
        ONE_GROUP,
        NO_TIES_WITH_GROUPS,
        NO_WANTED_SKILLS,
        NO_SCHOOLS,
        NO_TERRITORIES,
        NO_RURAL,
        NO_COORDINATES,
        NO_ON_SITE,
        NO_ATTRIBUTES,
        NO_GROUP_TO_COMPARE,
        NO_LEADERS_KNOWN,
        NO_SCHOOLS_ACTIVE,
        NO_SCHOOLS_ACTIVE_BEFORE,
        NO_MEMBERSHIPS,
        NO_DEPARTURES,
        EQUAL_DEGREES,
        ALL_TIED,
        NO_DIVISION,
        NOBODY_CAME_AGAIN,
        NO_MEMBER_LEFT,
        SHORT_FOLLOW_UP,
        SUPPRESSED,
        SUPPRESSED_WITH_ANOTHER,
    }
)

# What a number had to leave out (keys of `Measure.missing`) ------------------------------------------
PEOPLE_WITHOUT_CONSENT: Final = "people without consent for analytics"
PEOPLE_WITHOUT_SCHOOL: Final = "people without a school"
PEOPLE_WITHOUT_GROUP: Final = "people whose group is not known"
PEOPLE_WITHOUT_ROLE: Final = "people whose role is not known"
PEOPLE_NOT_LISTED: Final = "people in attendance or ties who are not in the list of people"
VISITORS: Final = "people who attended without being members"
GATHERINGS_WITHOUT_ATTENDANCE: Final = "gatherings without attendance"
GATHERINGS_WITHOUT_STATE: Final = "gatherings not marked as held or cancelled"
GATHERINGS_NOT_DUE: Final = "gatherings that are still to come"
GATHERINGS_WITHOUT_PLACE: Final = "gatherings without coordinates"
GATHERINGS_WITHOUT_AGENDA: Final = "gatherings without an agenda"
GATHERINGS_WITHOUT_TICKET: Final = "gatherings without an exit ticket"
SEGMENTS_WITHOUT_LEADER: Final = "segments of which nobody noted who led them"
MORE_ANSWERS: Final = "answers beyond the number of people who attended"
GATHERINGS_NOT_LISTED: Final = "attendance at gatherings that are not in the list of gatherings"
HALLS: Final = "larger gatherings without tables"
WITHOUT_TABLE: Final = "attendances without a table where tables were recorded"
NOT_INVITED: Final = "attendances without an invitation"
FEW_INVITATIONS: Final = "active members invited to fewer than three gatherings"
SCHOOLS_WITHOUT_PLACE: Final = "people whose school has no coordinates"
SCHOOLS_WITHOUT_TERRITORY: Final = "schools without a territory"
SCHOOLS_WITHOUT_RURAL: Final = "people whose school is not known to be rural or urban"
TIES_WITHOUT_GROUP: Final = "ties with a person whose group is not known"
SELF_TIES: Final = "ties of people with themselves"
DISTANCES_UNKNOWN: Final = "wishes whose distance to others is not known"

MISSING: Final = frozenset(
    {
        PEOPLE_WITHOUT_CONSENT,
        PEOPLE_WITHOUT_SCHOOL,
        PEOPLE_WITHOUT_GROUP,
        PEOPLE_WITHOUT_ROLE,
        PEOPLE_NOT_LISTED,
        VISITORS,
        GATHERINGS_WITHOUT_ATTENDANCE,
        GATHERINGS_WITHOUT_STATE,
        GATHERINGS_NOT_DUE,
        GATHERINGS_WITHOUT_PLACE,
        GATHERINGS_WITHOUT_AGENDA,
        GATHERINGS_WITHOUT_TICKET,
        SEGMENTS_WITHOUT_LEADER,
        MORE_ANSWERS,
        GATHERINGS_NOT_LISTED,
        HALLS,
        WITHOUT_TABLE,
        NOT_INVITED,
        FEW_INVITATIONS,
        SCHOOLS_WITHOUT_PLACE,
        SCHOOLS_WITHOUT_TERRITORY,
        SCHOOLS_WITHOUT_RURAL,
        TIES_WITHOUT_GROUP,
        SELF_TIES,
        DISTANCES_UNKNOWN,
        NOTHING_BEFORE,
    }
)

# Why an Estimate (of scales, effects, agreement) has no value ------------------------------------------
NO_UNIT_RATED_TWICE: Final = "no unit was rated by two raters"
ONE_VALUE_ONLY: Final = "every rating is the same, so agreement beyond chance has no meaning"
FEWER_THAN_TWO_CATEGORIES: Final = "fewer than two categories"
TOO_FEW_TO_SAY: Final = "too few answers to say"
FEWER_THAN_TWO_ITEMS: Final = "fewer than two items"
FEWER_THAN_THREE_ITEMS: Final = "fewer than three items"
TOO_FEW_ITEMS_FOR_GENERAL: Final = "fewer than nine items, so no general factor can be told apart"
NO_SPREAD: Final = "everybody scored the same"
NO_SOLUTION: Final = "the items do not allow a factor solution"
FEWER_THAN_TWO_GROUPS: Final = "fewer than two groups"
NO_GROUP_OF_TWO: Final = "no group has two people with answers"
NOT_LINKED: Final = "nobody can be found in both lists"
NO_GROUP_IN_BOTH: Final = "no group is in both lists"
NOT_ASKED_FOR: Final = "not asked for"

STATISTICAL: Final = frozenset(
    {
        NO_UNIT_RATED_TWICE,
        ONE_VALUE_ONLY,
        FEWER_THAN_TWO_CATEGORIES,
        TOO_FEW_TO_SAY,
        FEWER_THAN_TWO_ITEMS,
        FEWER_THAN_THREE_ITEMS,
        TOO_FEW_ITEMS_FOR_GENERAL,
        NO_SPREAD,
        NO_SOLUTION,
        FEWER_THAN_TWO_GROUPS,
        NO_GROUP_OF_TWO,
        NOT_LINKED,
        NO_GROUP_IN_BOTH,
        NOT_ASKED_FOR,
    }
)

# What a reader must know of an Estimate that has a value ------------------------------------------------
FEW_GROUPS: Final = "fewer than eight groups: the interval is a hint, not a test"
MANY_LEFT_OUT: Final = "more than a fifth of the answers could not be used"
GROUPS_NOT_KNOWN: Final = "people of one group resemble each other; without groups the interval is too narrow"

CAUTIONS: Final = frozenset({FEW_GROUPS, MANY_LEFT_OUT, GROUPS_NOT_KNOWN})
