"""Questions to instruments. Read only; every list says what it costs."""

from tejido.instruments.selectors.changes import Changed, changes, earlier_and_later, in_order
from tejido.instruments.selectors.definitions import definition_of, definition_with, files_shown
from tejido.instruments.selectors.doors import (
    Door,
    collection_for,
    collections_open_in,
    door_of,
    is_open,
    to_answer,
    version_named,
)
from tejido.instruments.selectors.engine import BUILT, engine_form_of
from tejido.instruments.selectors.groups import compare, groupings_of
from tejido.instruments.selectors.hanging import hanging_on
from tejido.instruments.selectors.lists import (
    asked_people,
    audience_of,
    collections_for,
    collections_of,
    counted,
    instruments_of,
    responses_of,
    versions_of,
)
from tejido.instruments.selectors.open_answers import OpenAnswer, TopicCount, key_of, open_answers
from tejido.instruments.selectors.phones import (
    Place,
    files_for,
    for_phone,
    offered_to,
    phone_at,
    phones_for,
    place_of,
    settings_of,
)
from tejido.instruments.selectors.ratings import Rated, ratings_of
from tejido.instruments.selectors.results import (
    Asked,
    Cell,
    Rate,
    Results,
    questions_of,
    rate_of,
    results_of,
)
from tejido.instruments.selectors.rosters import asks_for_people, schools_of
from tejido.instruments.selectors.scales import (
    RESAMPLES,
    Reliability,
    ScaleResult,
    reliability,
    reliability_with_interval,
    scales_of,
)
from tejido.instruments.shelf import shelf
from tejido.instruments.wording import language_for

__all__ = [
    "BUILT",
    "RESAMPLES",
    "Asked",
    "Cell",
    "Changed",
    "Door",
    "OpenAnswer",
    "Place",
    "Rate",
    "Rated",
    "Reliability",
    "Results",
    "ScaleResult",
    "TopicCount",
    "asked_people",
    "asks_for_people",
    "audience_of",
    "changes",
    "collection_for",
    "collections_for",
    "collections_of",
    "collections_open_in",
    "compare",
    "counted",
    "definition_of",
    "definition_with",
    "door_of",
    "earlier_and_later",
    "engine_form_of",
    "files_for",
    "files_shown",
    "for_phone",
    "groupings_of",
    "hanging_on",
    "in_order",
    "instruments_of",
    "is_open",
    "key_of",
    "language_for",
    "offered_to",
    "open_answers",
    "phone_at",
    "phones_for",
    "place_of",
    "questions_of",
    "rate_of",
    "ratings_of",
    "reliability",
    "reliability_with_interval",
    "responses_of",
    "results_of",
    "scales_of",
    "schools_of",
    "settings_of",
    "shelf",
    "to_answer",
    "version_named",
    "versions_of",
]
