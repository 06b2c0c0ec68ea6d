"""A whole import can be taken back, exactly, unless somebody has worked with it since."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from tejido.communities.models import Membership
from tejido.communities.tests.factories import MembershipFactory
from tejido.directory.models import ContactPoint, Person, Post, School
from tejido.directory.services import change_person, take_up_post
from tejido.directory.tests.factories import PersonFactory, SchoolFactory
from tejido.foundation.errors import Refusal
from tejido.foundation.journal import history
from tejido.gatherings.models import Attendance
from tejido.gatherings.tests.factories import GatheringFactory
from tejido.imports import services
from tejido.imports.models import ImportRun
from tejido.imports.services.working import holding
from tejido.imports.tests.samples import LIST, bring

pytestmark = pytest.mark.django_db
TABLES = (Person, School, ContactPoint, Post, Membership)


def everything() -> dict[str, list[tuple]]:
    """All that the directory and the communities hold, as plain rows."""
    return {model.__name__: sorted(model._base_manager.values_list(), key=repr) for model in TABLES}


def test_an_undone_import_leaves_everything_as_it_was(cast):
    known = PersonFactory(given_names="María", family_names="")
    MembershipFactory(community=cast.network, person=known)
    ContactPoint.objects.create(person=known, kind="email", value="maria@escuela.edu.co")
    before = everything()
    run = services.apply_run(bring(LIST, cast), actor=cast.rosa)
    assert everything() != before

    services.undo_run(run, actor=cast.rosa)
    run.refresh_from_db()
    assert run.state == ImportRun.State.UNDONE
    assert everything() == before
    facts = [entry.fact for entry in history(community_ids=[cast.network.pk])]
    assert {"imports.applied", "imports.undone"} <= set(facts)


def test_an_undone_import_can_be_brought_again(cast):
    run = services.apply_run(bring(LIST, cast), actor=cast.rosa)
    services.undo_run(run, actor=cast.rosa)
    again = bring(LIST, cast)
    assert {row.finding for row in again.rows.all()} == {"new"}


@pytest.mark.parametrize("deed", ["renamed", "another post", "attended"])
def test_undoing_is_refused_where_later_work_would_be_lost(cast, deed):
    run = services.apply_run(bring(LIST, cast), actor=cast.rosa)
    luz = Person.objects.get(given_names="Luz")
    if deed == "renamed":
        change_person(luz, {"given_names": "Lucía"}, actor=cast.rosa)
    elif deed == "another post":
        take_up_post(luz, SchoolFactory(), actor=cast.rosa)
    else:
        Attendance.objects.create(
            gathering=GatheringFactory(community=cast.network),
            person=luz,
            status="on_site",
            recorded_by=cast.rosa,
        )
    before = everything()

    with pytest.raises(Refusal) as refused:
        services.undo_run(run, actor=cast.rosa)
    assert refused.value.code == "later_changes"
    assert luz.family_names in refused.value.message
    assert everything() == before
    run.refresh_from_db()
    assert run.state == ImportRun.State.APPLIED


def test_a_school_that_others_use_meanwhile_stays(cast):
    run = services.apply_run(bring(LIST, cast), actor=cast.rosa)
    other = PersonFactory()
    MembershipFactory(community=cast.network, person=other)
    take_up_post(other, School.objects.get(name="Colegio Luna"), actor=cast.rosa)
    services.undo_run(run, actor=cast.rosa)
    assert list(School.objects.values_list("name", flat=True)) == ["Colegio Luna"]


def test_a_stopped_import_goes_on_or_goes_away(cast, monkeypatch):
    run = bring(LIST, cast)
    monkeypatch.setattr("tejido.imports.services.bringing.BATCH", 1)
    asked = []

    def ask_to_stop(people, **more):
        if not asked:
            asked.append(True)
            ImportRun.objects.filter(pk=run.pk).update(stop_asked=True)
        return real(people, **more)

    from tejido.imports.services import bringing

    real = bringing.bring_people
    monkeypatch.setattr(bringing, "bring_people", ask_to_stop)
    before = Person.objects.count()
    services.apply_run(run, actor=cast.rosa)
    run.refresh_from_db()
    assert run.state == ImportRun.State.STOPPED
    assert Person.objects.count() == before, "nothing of it is seen"

    services.resume_run(run, actor=cast.rosa)
    run.refresh_from_db()
    assert run.state == ImportRun.State.APPLIED
    assert Person.objects.count() == before + 3


def test_what_was_stopped_can_be_undone_without_a_trace(cast):
    before = everything()
    run = bring(LIST, cast)
    services.applying.move_to(run, ImportRun.State.APPLYING)
    services.applying.bring_schools_of(run)
    services.applying.bring_people_of(run)
    ImportRun.objects.filter(pk=run.pk).update(busy_until=None)  # the worker is gone
    services.stop_run(run, actor=cast.rosa)
    run.refresh_from_db()
    assert run.state == ImportRun.State.STOPPED, "nobody was working on it, so it stops at once"
    services.undo_run(run, actor=cast.rosa)
    assert everything() == before


def test_two_workers_never_have_one_import(cast):
    run = bring(LIST, cast)
    with holding(run), pytest.raises(Refusal) as refused:
        services.carry_on(run)
    assert refused.value.code == "busy"


def test_who_may_bring_decide_and_undo(cast):
    run = bring(LIST, cast)
    for who, may in [
        ("rosa", True),
        ("tomas", True),
        ("ana", False),
        ("ines", False),
        ("sole", False),
        ("ze", False),
    ]:
        actor = getattr(cast, who)
        with nullcontext() if may else pytest.raises(Refusal):
            services.stage_file(LIST.encode(), "x.csv", "people", actor=actor, community=cast.network)
        with nullcontext() if may else pytest.raises(Refusal):
            services.decide_all(run, "new", "new", actor=actor)


def test_a_facilitator_brings_attendance_but_no_people(cast):
    text = "Nombre;Fecha;Asistencia\nAna Rojas;01/03/2024;P\n"
    assert services.stage_file(text.encode(), "x.csv", "attendance", actor=cast.ines, community=cast.node)
    with pytest.raises(Refusal):
        services.stage_file(LIST.encode(), "x.csv", "people", actor=cast.ines, community=cast.node)
