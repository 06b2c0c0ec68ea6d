"""Whatever changes a number is heard: a new fact of the floors below has to be heard here, or said to be silent."""

from __future__ import annotations

import inspect
from importlib import import_module

from tejido.config.reactions import REACTIONS

CHANGES_NO_NUMBER = {
    "seating.set",  # what was confirmed is announced as gatherings.tables_recorded
    "seating.proposed",
    "seating.moved",
    "seating.confirmed",
    "seating.talk_noted",
    "seating.harvested",
    "during.room_set",  # answers without names and questions from the room are counted nowhere
    "during.wall_opened",
    "during.wall_closed",
    "during.code_renewed",
    "during.poll_asked",
    "during.poll_closed",
    "during.poll_removed",
    "during.question_asked",
    "during.question_settled",
    "during.answer_shown",
    "communities.founded",
    "communities.messages_reworded",
    "communities.organisation_joined",
    "communities.organisation_joining_undone",
    "communities.written_to",
    "communities.hand_over_noted",
    "communities.outside_seat_given",
    "communities.outside_seat_taken",
    "communities.seat_named",
    "agenda.activity_removed",
    "agenda.activity_written",
    "gatherings.feed_opened",
    "gatherings.feed_revoked",
    "gatherings.series_changed",
    "gatherings.series_made",
    "directory.person_added",
    "directory.school_added",
    "directory.organisation_added",
    "directory.organisation_changed",
    "directory.proposed_again",
    "directory.told_apart",
    "closing.commitment_made",  # what was promised is counted on the page of commitments, not here
    "closing.commitment_changed",
    "closing.commitment_removed",
    "closing.commitment_settled",
    "closing.commitment_recalled",
    "instruments.made",
    "instruments.version_published",
    "instruments.people_reminded",
    "instruments.phone_connected",
    "instruments.phone_revoked",
}


def facts():
    names = "directory communities instruments gatherings agenda during imports closing"
    for domain in names.split():
        for thing in vars(import_module(f"tejido.{domain}.events")).values():
            if inspect.isclass(thing) and hasattr(thing, "NAME"):
                yield thing.NAME


def test_every_fact_that_changes_a_number_is_heard():
    heard = {
        name for name, handlers in REACTIONS.items() if any("tejido.insights." in path for path in handlers)
    }
    assert set(facts()) - heard <= CHANGES_NO_NUMBER
