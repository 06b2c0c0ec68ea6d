"""Questions to the directory. Read only; every list says what it costs."""

from tejido.directory.names import search_form
from tejido.directory.selectors.consents import (
    Answer,
    consents_of,
    purposes_with_words,
    who_consented,
)
from tejido.directory.selectors.doubles import Doubles, MergeLine, compare, likely_doubles, merges_undoable_by
from tejido.directory.selectors.history import history_of
from tejido.directory.selectors.people import (
    CURRENT_POSTS,
    claimable_by,
    people_for,
    people_to_edit,
    people_to_merge,
    person_of,
    person_page,
    posts_of,
    skills_of,
    topics,
    with_contacts,
)
from tejido.directory.selectors.places import (
    organisations_for,
    organisations_named,
    place_label,
    schools_named,
    territories_named,
    territory_path,
    within_territories,
)
from tejido.directory.selectors.schools import (
    SchoolPeople,
    people_of,
    people_of_organisation,
    profiles_of,
    schools_for,
)

__all__ = [
    "CURRENT_POSTS",
    "Answer",
    "Doubles",
    "MergeLine",
    "SchoolPeople",
    "claimable_by",
    "compare",
    "consents_of",
    "history_of",
    "likely_doubles",
    "merges_undoable_by",
    "organisations_for",
    "organisations_named",
    "people_for",
    "people_of",
    "people_of_organisation",
    "people_to_edit",
    "people_to_merge",
    "person_of",
    "person_page",
    "place_label",
    "posts_of",
    "profiles_of",
    "purposes_with_words",
    "schools_for",
    "schools_named",
    "search_form",
    "skills_of",
    "territories_named",
    "territory_path",
    "topics",
    "who_consented",
    "with_contacts",
    "within_territories",
]
