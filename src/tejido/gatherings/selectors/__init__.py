"""Questions about gatherings. Read only; every list says how many queries it costs."""

from tejido.gatherings.selectors.feeds import feed_by_key, feed_of, feeds_of, gatherings_for_feed
from tejido.gatherings.selectors.lists import (
    Turnout,
    attended_by,
    coming_for,
    expected_of,
    gatherings_between,
    gatherings_for,
    gatherings_of,
    hosted_at,
    waiting_for_attendance,
    with_attended,
    with_turnout,
    years_of,
)
from tejido.gatherings.selectors.people import SheetLine, invited_to, sheet, turnout_among, turnout_of
from tejido.gatherings.selectors.rounds import RoundShown, mixed, rounds_of, seated_people

__all__ = [
    "RoundShown",
    "SheetLine",
    "Turnout",
    "attended_by",
    "coming_for",
    "expected_of",
    "feed_by_key",
    "feed_of",
    "feeds_of",
    "gatherings_between",
    "gatherings_for",
    "gatherings_for_feed",
    "gatherings_of",
    "hosted_at",
    "invited_to",
    "mixed",
    "rounds_of",
    "seated_people",
    "sheet",
    "turnout_among",
    "turnout_of",
    "waiting_for_attendance",
    "with_attended",
    "with_turnout",
    "years_of",
]
