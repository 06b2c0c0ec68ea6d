"""From a plan to a decision: what is locked, what is kept, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tejido.directory.tests.factories import SchoolFactory
from tejido.foundation.errors import NotAllowed, Refusal
from tejido.foundation.models import JournalEntry
from tejido.improvement import selectors, services
from tejido.improvement.models import Cycle, Entry, Outcome, StageMove
from tejido.improvement.selectors.cycles import stage_days
from tejido.improvement.services.holding import seal_of
from tejido.improvement.tests import factories as make
from tejido.improvement.values import Chore, Finding, Plan, Study

pytestmark = pytest.mark.django_db


def refusal(deed, *args, **more):
    with pytest.raises(Refusal) as raised:
        deed(*args, **more)
    return raised.value.code


def test_a_member_begins_a_cycle_leads_it_and_cycles_are_numbered(cast):
    first = services.start_cycle(cast.node, Plan("Lectura"), actor=cast.ana)
    second = services.start_cycle(cast.node, Plan("Juego"), actor=cast.rosa)
    zero = services.start_cycle(cast.node, Plan("Escuchar"), actor=cast.rosa, diagnostic=True)
    assert [first.number, second.number, zero.number] == [1, 2, 0]
    assert first.participants.get().person == cast.ana.person
    assert first.participants.get().leads
    again = refusal(services.start_cycle, cast.node, Plan("Otra"), actor=cast.rosa, diagnostic=True)
    assert again == "has_cycle_0"
    assert refusal(services.start_cycle, cast.node, Plan("  "), actor=cast.ana) == "no_title"
    assert Cycle.objects.count() == 3


@pytest.mark.parametrize("missing", ["what", "prediction", "measure"])
def test_doing_begins_only_with_a_whole_plan(cast, missing):
    cycle = make.planned(cast.node, cast.ana, replace(make.READY, **{missing: ""}))
    assert refusal(services.move_to, cycle, "do", actor=cast.ana) == "plan_incomplete"
    assert Cycle.objects.get().stage == "plan"


def test_the_diagnostic_stage_begins_without_a_prediction(cast):
    plan = Plan("Escuchar", what="Interviews with all principals")
    zero = services.start_cycle(cast.node, plan, actor=cast.rosa, diagnostic=True)
    services.add_entry(zero, date(2025, 1, 2), "seen", "Two cancelled", actor=cast.rosa)
    assert services.move_to(zero, "do", actor=cast.rosa).stage == "do"


def test_a_prediction_is_fixed_when_doing_begins_by_every_door(cast, client):
    cycle = make.doing(cast.node, cast.ana)
    other = replace(make.READY, prediction="Nine come")
    refused = refusal(services.write_plan, cycle, other, seen=cycle.edition, actor=cast.ana)
    assert refused == "prediction_locked"
    measured = replace(make.READY, measure="How many write back")
    assert refusal(services.write_plan, cycle, measured, seen=0, actor=cast.rosa) == "prediction_locked"
    client.force_login(cast.ana)
    sent = {"title": "Reuniones", "prediction": "Nine come", "measure": "Other", "seen": 0}
    client.post(f"/cycles/{cycle.pk}/plan/", sent)
    row = Cycle.objects.get()
    assert (row.title, row.prediction) == ("Reuniones", "Twelve of fifteen come")
    assert row.measure == "How many families come"
    for stage in ("plan", "do"):
        client.post(f"/cycles/{cycle.pk}/move/", {"stage": stage})
    assert Cycle.objects.get().stage == "do", "nothing leads back to planning"


def test_who_changes_a_fixed_prediction_in_the_database_is_found_by_its_seal(cast):
    cycle = make.doing(cast.node, cast.ana)
    moved = JournalEntry.objects.get(fact="improvement.stage_moved")
    assert moved.payload["seal"] == seal_of("Twelve of fifteen come") == cycle.seal
    assert "Twelve" not in str(moved.payload)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cycle.objects.update(stage="plan")
    with pytest.raises(IntegrityError), transaction.atomic():
        Cycle.objects.update(seal="")


def test_a_correction_stands_beside_the_prediction_which_stays(cast, client):
    cycle = make.planned(cast.node, cast.ana)
    assert refusal(services.correct_prediction, cycle, "Wrong", actor=cast.ana) == "still_planning"
    services.move_to(cycle, "do", actor=cast.ana)
    assert refusal(services.correct_prediction, cycle, "  ", actor=cast.ana) == "nothing_said"
    services.correct_prediction(cycle, "We meant families, not people", actor=cast.ana)
    client.force_login(cast.sole)
    page = client.get(f"/cycles/{cycle.pk}/").content.decode()
    assert "Twelve of fifteen come" in page
    assert "We meant families, not people" in page


def test_two_who_plan_at_once_lose_nothing(cast, client):
    cycle = make.planned(cast.node, cast.ana)
    services.write_plan(cycle, replace(make.READY, what="By letter"), seen=0, actor=cast.rosa)
    client.force_login(cast.ana)
    sent = {"title": "Reuniones", "what": "By telephone", "seen": 0}
    answer = client.post(f"/cycles/{cycle.pk}/plan/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "By letter" in page
    assert "By telephone" in page
    assert Cycle.objects.get().what == "By letter"
    both = client.post(f"/cycles/{cycle.pk}/plan/", sent | {"what": "By letter and telephone", "seen": 1})
    assert both.status_code == 302
    assert Cycle.objects.get().what == "By letter and telephone"


def test_the_log_keeps_days_and_what_is_taken_out_can_be_put_back(cast):
    cycle = make.planned(cast.node, cast.ana)
    assert (
        refusal(services.add_entry, cycle, date(2025, 1, 1), "done", "x", actor=cast.ana) == "still_planning"
    )
    services.move_to(cycle, "do", actor=cast.ana)
    tomorrow = selectors.today_in(cast.node) + timedelta(days=1)
    assert refusal(services.add_entry, cycle, tomorrow, "done", "x", actor=cast.ana) == "day_to_come"
    assert refusal(services.add_entry, cycle, date(2025, 1, 1), "done", " ", actor=cast.ana) == "nothing_said"
    entry = services.add_entry(cycle, date(2025, 1, 1), "hard", "It rained", actor=cast.ana)
    services.take_off_entry(entry, actor=cast.ana)
    assert selectors.on_page(cycle, cast.ana).entries == ()
    services.put_back_entry(entry, actor=cast.rosa)
    assert selectors.on_page(cycle, cast.ana).entries == (entry,)


def test_a_cycle_ends_by_a_decision_with_a_reason_and_the_next_goes_on_from_it(cast):
    cycle = make.studied(cast.node, cast.ana)
    assert refusal(services.decide, cycle, "adapt", "  ", actor=cast.ana) == "no_reason"
    assert refusal(services.decide, cycle, "burn", "Because", actor=cast.ana) == "no_such_decision"
    closed = services.decide(cycle, "adapt", "In the evening more would come", actor=cast.ana)
    assert (closed.stage, closed.decision) == ("closed", Outcome.ADAPT)
    assert refusal(services.write_plan, closed, make.READY, seen=closed.edition, actor=cast.ana) == "closed"
    entry = (closed, date(2025, 1, 1), "done", "Late")
    assert refusal(services.add_entry, *entry, actor=cast.rosa) == "closed"
    following = services.start_cycle(cast.node, Plan("En la tarde"), actor=cast.ana, after=closed)
    assert following.after == closed
    assert following.idea == closed.idea
    elsewhere = (cast.network, Plan("Mine"))
    assert refusal(services.start_cycle, *elsewhere, actor=cast.rosa, after=closed) == "elsewhere"


def test_an_idea_can_be_left_while_it_is_done_and_nothing_else_is_decided_early(cast):
    cycle = make.doing(cast.node, cast.ana)
    assert refusal(services.decide, cycle, "adopt", "Fine", actor=cast.ana) == "too_early"
    assert services.decide(cycle, "abandon", "Two educators fell ill", actor=cast.ana).stage == "closed"


def test_nothing_is_decided_before_something_was_learnt(cast):
    cycle = services.move_to(make.doing(cast.node, cast.ana), "study", actor=cast.ana)
    assert refusal(services.move_to, cycle, "act", actor=cast.ana) == "nothing_learnt"
    assert refusal(services.move_to, cycle, "closed", actor=cast.ana) == "no_such_move"
    services.write_study(cycle, Study(learnt="Evenings"), seen=cycle.edition, actor=cast.ana)
    assert services.move_to(cycle, "act", actor=cast.ana).stage == "act"


def test_tasks_wait_at_home_until_they_are_delivered(cast, client):
    cycle = make.doing(cast.node, cast.ana)
    chore = Chore("Write the invitation", cast.ana.person, None, date(2026, 1, 1))
    task = services.add_task(cycle, chore, actor=cast.rosa)
    client.force_login(cast.ana)
    assert "Write the invitation" in client.get("/").content.decode()
    services.settle_task(task, True, actor=cast.ana)
    assert "Write the invitation" not in client.get("/").content.decode()
    outside = Chore("Elsewhere", None, cast.sister)
    assert refusal(services.add_task, cycle, outside, actor=cast.ana) == "node_elsewhere"
    assert refusal(services.add_task, cycle, Chore("  "), actor=cast.ana) == "nothing_said"


def test_what_helped_or_hindered_says_what_it_is_known_from(cast):
    cycle = make.doing(cast.node, cast.ana)
    assert refusal(services.note_factor, cycle, Finding("barrier", "Rain"), actor=cast.ana) == "no_evidence"
    entry = services.add_entry(cycle, date(2025, 1, 1), "hard", "It rained", actor=cast.ana)
    factor = services.note_factor(cycle, Finding("barrier", "Rain", entry), actor=cast.ana)
    other = make.doing(cast.node, cast.rosa)
    stolen = Finding("barrier", "Rain", entry)
    assert refusal(services.note_factor, other, stolen, actor=cast.rosa) == "entry_elsewhere"
    assert selectors.on_page(cycle, cast.ana).factors == (factor,)


def test_what_was_learnt_stands_by_idea_over_all_nodes(cast):
    school = SchoolFactory()
    one = make.studied(cast.node, cast.ana, replace(make.READY, school=school))
    services.decide(one, "adopt", "Everybody asks for it", actor=cast.ana)
    make.doing(cast.network, cast.rosa, replace(make.READY, idea="families choose the day of the MEETING"))
    make.planned(cast.network, cast.rosa, replace(make.READY, idea="Not tried yet"))
    (found,) = selectors.learnt_in(cast.network, cast.rosa)
    assert (len(found.tests), found.schools, found.under_way) == (2, 1, 1)
    assert [(what, times) for what, _words, times in found.decisions] == [("adopt", 1)]
    assert selectors.learnt_in(cast.network, cast.rosa, words="abuelas") == []
    assert len(selectors.learnt_in(cast.network, cast.rosa, words="GRANDmothers")) == 1


def test_figures_follow_what_was_written(cast):
    closed = services.decide(make.studied(cast.node, cast.ana), "adopt", "Good", actor=cast.ana)
    Cycle.objects.filter(pk=closed.pk).update(started_at=timezone.now() - timedelta(days=40))
    quiet = make.doing(cast.node, cast.ana)
    Cycle.objects.filter(pk=quiet.pk).update(touched_at=timezone.now() - timedelta(days=31))
    make.doing(cast.node, cast.rosa)
    counts = selectors.counts_by_stage(cast.network)
    assert (counts["stage_closed"], counts["stage_do"], counts["decision_adopt"]) == (1, 2, 1)
    assert list(selectors.stalled_in(cast.network)) == [quiet]
    today = selectors.today_in(cast.node)
    measured = selectors.days_to_decision(cast.network, today - timedelta(days=5), today)
    assert (measured.value, measured.n) == (40.0, 1)
    before = selectors.days_to_decision(cast.network, date(2020, 1, 1), date(2020, 2, 1))
    assert (before.value, before.n) == (None, 0)
    services.add_entry(quiet, today, "done", "We are back", actor=cast.ana)
    assert list(selectors.stalled_in(cast.network)) == []


def test_days_in_a_stage_that_was_come_back_to_count_together():
    now = timezone.now()
    stages = [("plan", 10), ("do", 8), ("study", 5), ("do", 4)]
    moves = [StageMove(stage=stage, at=now - timedelta(days=days)) for stage, days in stages]
    assert stage_days(moves, now) == (("plan", 2), ("do", 7), ("study", 1))


def test_entries_are_written_by_nobody_else(cast):
    cycle = make.doing(cast.node, cast.ana)
    for actor in (cast.sole, cast.ze):
        with pytest.raises(NotAllowed):
            services.add_entry(cycle, date(2025, 1, 1), "done", "Mine", actor=actor)
    assert not Entry.objects.exists()
