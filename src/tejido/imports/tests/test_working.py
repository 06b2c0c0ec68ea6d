"""Long lists are worked on beside the pages; old ones are forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tejido.directory.models import Person
from tejido.foundation import jobs
from tejido.imports import services
from tejido.imports.models import ImportRun
from tejido.imports.services import applying
from tejido.imports.tests.samples import LIST, bring


@pytest.mark.django_db(transaction=True)
def test_a_long_list_waits_for_a_worker(cast, monkeypatch):
    monkeypatch.setattr(applying, "AT_ONCE", 1)
    run = bring(LIST, cast)
    assert (run.state, DBTaskResult.objects.count()) == ("matching", 1)
    jobs.work("worker")
    run.refresh_from_db()
    assert run.state == "review"
    services.apply_run(run, actor=cast.rosa)
    assert not Person.objects.filter(list_code="007").exists()
    jobs.work("worker")
    assert Person.objects.filter(list_code="007").exists()


@pytest.mark.django_db
def test_old_lists_are_forgotten_and_can_still_be_undone_and_recognised(cast):
    run = services.apply_run(bring(LIST, cast), actor=cast.rosa)
    left = bring(LIST, cast)
    long_ago = timezone.now() - timedelta(days=100)
    ImportRun.objects.update(created_at=long_ago)

    assert services.forget_old_lists() == 2
    assert services.forget_old_lists() == 0
    assert not ImportRun.objects.filter(pk=left.pk).exists()
    assert set(map(str, run.rows.values_list("cells", "values").first())) == {"[]", "{}"}
    assert {row.finding for row in bring(LIST, cast).rows.all()} == {"known"}
    services.undo_run(run, actor=cast.rosa)
    assert not Person.objects.filter(list_code="007").exists()


@pytest.mark.django_db
def test_a_recent_list_keeps_its_rows(cast):
    run = services.apply_run(bring(LIST, cast), actor=cast.rosa)
    assert services.forget_old_lists() == 0
    assert run.rows.first().cells
